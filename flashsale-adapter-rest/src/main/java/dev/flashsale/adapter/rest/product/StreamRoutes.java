package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.stream.LiveProducts;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.application.Products;
import dev.flashsale.domain.product.ProductId;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Products as they change, as server-sent events: of one, or of several that a page shows. */
public final class StreamRoutes {

    /** Of a stream at most; a page that shows more has several. */
    static final int MAX_IDS = 20;

    /** As long as the connection. On one of HTTP/2 whatever is served for long is given up. */
    private static final Duration ALWAYS = Duration.ofDays(10_000);

    private static final String ID = "id";
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final List<Header> EVENTS = List.of(
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream"),
            Answer.NO_STORE,
            // nginx passes on at once what comes, and keeps nothing of it.
            HeaderValues.createCached(HeaderNames.create("X-Accel-Buffering"), "no"));

    private final LiveProducts live;
    private final Admission places;
    private final Duration longestOfHttp2;

    public StreamRoutes(LiveProducts live, Admission places, RestSettings settings) {
        this.live = live;
        this.places = places;
        this.longestOfHttp2 = settings.readTimeout();
    }

    /** What its listeners are sent, and who they are. */
    public static LiveProducts live(Products products, RestSettings settings) {
        return new LiveProducts(products, ProductJson::of, settings.streams(), settings.maxConnections() / 2);
    }

    public Answer ofOne(Request request) {
        return Ids.product(request.id()).map(id -> answer(request, List.of(id))).orElse(ProductAnswers.UNKNOWN);
    }

    public Answer ofSeveral(Request request) {
        Set<ProductId> ids = new LinkedHashSet<>();
        List<String> asked = request.queries(ID);
        if (asked.isEmpty() || asked.size() > MAX_IDS) {
            throw Refused.invalid(
                    ID, "id must be there 1 to " + MAX_IDS + " times, once for each product: ?id=1&id=2.");
        }
        for (String text : asked) {
            ids.add(Ids.product(text).orElseThrow(() -> Refused.invalid(ID, "id must be a product's id.")));
        }
        return answer(request, List.copyOf(ids));
    }

    private Answer answer(Request request, List<ProductId> ids) {
        String known = request.headers().first(LAST_EVENT_ID).orElse("");
        Duration longest = request.isOfHttp2() ? longestOfHttp2 : ALWAYS;
        return live.join(ids, known, longest, places)
                .map(listener -> Answer.streamed(EVENTS, listener))
                .orElse(ProductAnswers.UNKNOWN);
    }
}
