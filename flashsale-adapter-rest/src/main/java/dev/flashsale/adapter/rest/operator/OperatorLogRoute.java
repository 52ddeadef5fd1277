package dev.flashsale.adapter.rest.operator;

import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.application.Lists;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code /api/operator-log}: what operators did, for operators. */
public final class OperatorLogRoute {

    public static final String ORDER_ID = "order_id";

    private final Lists lists;
    private final Admission places;

    public OperatorLogRoute(Lists lists, Admission places) {
        this.lists = lists;
        this.places = places;
    }

    public Answer list(Request request) {
        Optional<Subject> doneTo = doneTo(request);
        return Pages.answer(
                request,
                Cursor.NUMBER,
                (after, size) -> places.admit(() -> lists.operatorLog(doneTo, after, size)),
                OperatorLogRoute::write);
    }

    /** A product's or an order's; without either everything. */
    private static Optional<Subject> doneTo(Request request) {
        Optional<ProductId> product = Pages.product(request);
        Optional<OrderId> order = Pages.parameter(request, ORDER_ID, OperatorLogRoute::orderId);
        if (product.isPresent() && order.isPresent()) {
            throw Refused.invalid(ORDER_ID, "Nothing is done to a product and an order at once: ask for one of them.");
        }
        return product.map(id -> new Subject(Subject.Kind.PRODUCT, id.value()))
                .or(() -> order.map(id -> new Subject(Subject.Kind.ORDER, id.value())));
    }

    private static OrderId orderId(String text) {
        return Ids.order(text).orElseThrow(() -> new InvalidValue(ORDER_ID, "must be an order's number"));
    }

    private static void write(JsonGenerator json, LoggedEntry row) {
        LogEntry entry = row.entry();
        write(json, entry.at(), entry.cause());
        json.writeStringProperty("action", Json.word(entry.action()));
        switch (entry.doneTo().kind()) {
            case PRODUCT -> json.writeNumberProperty(Pages.PRODUCT_ID, entry.subject());
            case ORDER -> json.writeNumberProperty(ORDER_ID, entry.subject());
            case CONFLICT -> json.writeNumberProperty("conflict_id", entry.subject());
            case CUSTOMER -> {}
            case ENDPOINT -> json.writeNumberProperty("endpoint_id", entry.subject());
        }
        json.writeStringProperty("change", entry.change());
    }

    /** When, by whom and why something was done. */
    public static void write(JsonGenerator json, Instant at, Cause cause) {
        Json.moment(json, "at", at);
        json.writeStringProperty("operator", cause.operator());
        json.writeStringProperty("reason", cause.reason());
    }
}
