package dev.flashsale.adapter.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lets pages of other origins read the answers, refusals too, and ask what they may send (the Fetch standard's CORS
 * protocol). A browser sends no cookie along: who somebody is stands in a header, which a page has to know.
 */
public final class Cors {

    /** Any origin. */
    public static final String ANY = "*";

    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");
    private static final Header EXPOSED = HeaderValues.createCached(
            HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
            "ETag, Idempotency-Key, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id");
    private static final Header MAY_BE_SENT = HeaderValues.createCached(
            HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, idempotency-key, if-none-match, last-event-id");
    /** Two hours, the most that Chromium keeps it. */
    private static final Header KEPT = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "7200");

    private static final Map<String, String> USUAL_PORTS = Map.of("http", ":80", "https", ":443");
    private static final HeaderName ALLOWED_ORIGIN = HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN;

    private final Set<String> origins;
    private final boolean any;

    /** @param origins as browsers write them, or {@link #ANY}; none for no other than the server's own */
    public Cors(List<String> origins) {
        this.origins = Set.copyOf(origins);
        this.any = origins.contains(ANY);
    }

    /** Whether each is an origin, or one is {@link #ANY} and alone. */
    public static boolean areOrigins(List<String> origins) {
        return origins.equals(List.of(ANY)) || origins.stream().allMatch(Cors::isOrigin);
    }

    /** Whether a browser would write an origin so: scheme and host in lower case, no path, no port that is the usual. */
    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null
                    && text.equals((uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT))
                    && !text.endsWith(USUAL_PORTS.getOrDefault(uri.getScheme(), ":"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Costs nothing where there are no origins. */
    public Filter filter() {
        return origins.isEmpty() ? Filter.NONE : this::answer;
    }

    private Answer answer(Request request, Route route) {
        boolean allowed = on(request.headers(), request.ofEveryAnswer());
        Answer answer = route.answer(request);
        return allowed && isPreflight(request)
                ? answer.headers().stream()
                        .filter(header -> header.headerName().equals(HeaderNames.ALLOW))
                        .findFirst()
                        .map(methods -> answer.with(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods.get())
                                .with(MAY_BE_SENT)
                                .with(KEPT))
                        .orElse(answer)
                : answer;
    }

    /** Marks an answer to this request; returns whether the page that asked may read it. */
    boolean on(Headers request, ServerResponseHeaders answer) {
        if (origins.isEmpty()) {
            return false;
        }
        if (any) {
            answer.set(ALLOWED_ORIGIN, ANY).set(EXPOSED);
            return true;
        }
        answer.add(VARY);
        if (!request.contains(HeaderNames.ORIGIN)) {
            return false;
        }
        String origin = request.get(HeaderNames.ORIGIN).get();
        if (!origins.contains(origin)) {
            return false;
        }
        answer.set(ALLOWED_ORIGIN, origin).set(EXPOSED);
        return true;
    }

    private static boolean isPreflight(Request request) {
        return request.method().equals(Method.OPTIONS)
                && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
