package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.LiveSale;
import dev.flashsale.adapter.rest.LiveSale.Counts;
import dev.flashsale.adapter.rest.LiveSale.Reading;
import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.adapter.rest.value.MomentText;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.Products;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** {@code /api/live}: how the sale goes, for operators, from readings that are in memory. */
public final class LiveRoutes {

    private static final Counts NONE = new Counts(0, 0, Map.of());
    private static final double NANOS = 1e9;

    private final LiveSale live;
    private final Products products;
    private final Admission places;

    public LiveRoutes(LiveSale live, Products products, Admission places) {
        this.live = live;
        this.products = products;
        this.places = places;
    }

    /** The last reading, of all products. */
    public Answer all(Request request) {
        List<Reading> course = live.course();
        return Answer.ok(Json.object(json -> {
            json.writeStringProperty("node", live.node());
            if (!course.isEmpty()) {
                Reading last = course.getLast();
                Json.moment(json, "at", last.at());
                json.writeNumberProperty("seconds", last.over().toNanos() / NANOS);
                write(json, sum(last));
                writeAnswers(json, last);
            }
            List<ProductPieces> pieces = course.isEmpty()
                    ? List.of()
                    : course.getLast().pieces().values().stream()
                            .sorted(Comparator.comparing(ProductPieces::productId))
                            .toList();
            Json.array(json, "products", pieces, (item, of) -> {
                item.writeNumberProperty("product_id", of.productId().value());
                write(item, of);
            });
        }));
    }

    /** The course of one product, or what is new of it. */
    public Answer ofProduct(Request request) {
        Optional<Instant> after = Pages.parameter(request, Pages.AFTER, MomentText::moment);
        List<Reading> course = live.course();
        return Ids.product(request.id())
                .filter(id -> isRead(id, course)
                        || places.admit(() -> products.view(id)).isPresent())
                .map(id -> Answer.ok(json(
                        id,
                        course.stream()
                                .filter(reading ->
                                        after.isEmpty() || reading.at().isAfter(after.get()))
                                .toList())))
                .orElse(ProductAnswers.UNKNOWN);
    }

    private static boolean isRead(ProductId id, List<Reading> course) {
        return !course.isEmpty() && course.getLast().pieces().containsKey(id);
    }

    private byte[] json(ProductId id, List<Reading> course) {
        Optional<List<ExpiringPieces>> expiring = live.expiring(id);
        return Json.object(json -> {
            json.writeStringProperty("node", live.node());
            json.writeNumberProperty("product_id", id.value());
            Json.array(json, "readings", course, (item, reading) -> {
                Json.moment(item, "at", reading.at());
                item.writeNumberProperty("seconds", reading.over().toNanos() / NANOS);
                ProductPieces pieces = reading.pieces().get(id);
                if (pieces != null) {
                    write(item, pieces);
                }
                write(item, reading.counts().getOrDefault(id, NONE));
                writeAnswers(item, reading);
            });
            expiring.ifPresent(steps -> Json.array(json, "expiring", steps, (item, step) -> {
                item.writeNumberProperty("from_seconds", step.from().toSeconds());
                item.writeNumberProperty("held", step.held());
                item.writeNumberProperty("pending", step.pending());
            }));
        });
    }

    private static Counts sum(Reading reading) {
        long holds = 0;
        long orders = 0;
        Map<String, Long> refused = new HashMap<>();
        for (Counts counts : reading.counts().values()) {
            holds += counts.holds();
            orders += counts.orders();
            counts.refused().forEach((code, count) -> refused.merge(code, count, Long::sum));
        }
        return new Counts(holds, orders, refused);
    }

    private static void write(JsonGenerator json, ProductPieces pieces) {
        json.writeNumberProperty("stock", pieces.total());
        json.writeNumberProperty("available", pieces.available());
        json.writeNumberProperty("held", pieces.held());
        json.writeNumberProperty("pending", pieces.pending());
        json.writeNumberProperty("paid", pieces.paid());
    }

    private static void write(JsonGenerator json, Counts counts) {
        json.writeNumberProperty("holds", counts.holds());
        json.writeNumberProperty("orders", counts.orders());
        Json.array(json, "refused", List.copyOf(new TreeMap<>(counts.refused()).entrySet()), (item, of) -> {
            item.writeStringProperty("code", of.getKey());
            item.writeNumberProperty("count", of.getValue());
        });
    }

    private static void writeAnswers(JsonGenerator json, Reading reading) {
        reading.answers().ifPresent(answers -> {
            json.writeNumberProperty("answers", answers.count());
            json.writeNumberProperty("p50_ms", answers.p50Millis());
            json.writeNumberProperty("p99_ms", answers.p99Millis());
        });
    }
}
