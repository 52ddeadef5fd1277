package dev.flashsale.adapter.rest.http;

import io.helidon.common.media.type.MediaType;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a client asks, as routes and filters see it. */
public final class Request {

    private static final String ID = "id";

    private final ServerRequest http;
    private final ServerResponseHeaders ofEveryAnswer;
    private @Nullable String name;
    private boolean named;

    Request(ServerRequest http, ServerResponseHeaders ofEveryAnswer) {
        this.http = http;
        this.ofEveryAnswer = ofEveryAnswer;
    }

    /** From here on what is logged is known to be about this request, if it came with a name. */
    void begin() {
        name = TraceContext.idFrom(headers());
        named = TraceContext.traceFrom(headers()) || name != null;
    }

    /** What it is called; one that came without a name is given one, and has it in the log from now on. */
    String name() {
        String known = name;
        if (known == null) {
            known = TraceContext.newId();
            name = known;
            named = true;
        }
        return known;
    }

    void end() {
        if (named) {
            TraceContext.end();
        }
    }

    public Method method() {
        return http.prologue().method();
    }

    /** As it was written. */
    public String path() {
        return http.path().rawPath();
    }

    /** What stands in the path for {@code {id}}. */
    public String id() {
        return http.path().pathParameters().get(ID);
    }

    /** A parameter of the query; one that is empty is none. */
    public Optional<String> query(String name) {
        return http.query().first(name).asOptional().filter(Predicate.not(String::isEmpty));
    }

    /** All values of a parameter of the query, as they came. */
    public List<String> queries(String name) {
        return http.query().contains(name) ? http.query().all(name) : List.of();
    }

    /** {@link Refused} if the query has a parameter that is none of these. */
    void requireQueryOf(Set<String> taken) {
        for (String name : http.query().names()) {
            if (!taken.contains(name)) {
                throw Refused.unknown(name, "parameter", taken);
            }
        }
    }

    /** Whether it shares its connection with others that are served at the same time. */
    public boolean isOfHttp2() {
        return isOfHttp2(http);
    }

    /** There a body that nobody wants is in nobody's way, and Helidon does not say whether the client was told to go on. */
    static boolean isOfHttp2(ServerRequest http) {
        return http.prologue().protocolVersion().equals("2.0");
    }

    public Headers headers() {
        return http.headers();
    }

    /** Whether the client would rather have that than the usual. What it says of it is passed over where it is malformed. */
    public boolean prefers(MediaType that, MediaType usual) {
        try {
            return http.headers().bestAccepted(usual, that).filter(that::equals).isPresent();
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    /** Who is at the other end of the connection. */
    public SocketAddress peer() {
        return http.remotePeer().address();
    }

    /** The body as JSON, or {@link Refused}. */
    public JsonBody json(Set<String> wanted) {
        RequestBody.requireJson(headers());
        return JsonBody.parse(body(), wanted);
    }

    /** The same, where a field that would be ignored is refused instead. */
    public JsonBody onlyJson(Set<String> taken) {
        RequestBody.requireJson(headers());
        return JsonBody.parse(body(), null).onlyWith(taken);
    }

    /** The same of a body that was looked at before. */
    public JsonBody json(byte[] body, Set<String> wanted) {
        RequestBody.requireJson(headers());
        return JsonBody.parse(body, wanted);
    }

    /** The body as it came. */
    public byte[] body() {
        return RequestBody.bytes(http);
    }

    /** What the answer will have, whichever it is, and even if it is the server's own. */
    public ServerResponseHeaders ofEveryAnswer() {
        return ofEveryAnswer;
    }
}
