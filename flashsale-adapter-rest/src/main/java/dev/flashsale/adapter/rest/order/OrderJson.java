package dev.flashsale.adapter.rest.order;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.payment.PaymentJson;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.application.OrderView;
import dev.flashsale.domain.order.Order;
import tools.jackson.core.JsonGenerator;

/** An order. */
public final class OrderJson {

    private OrderJson() {}

    static byte[] of(Order order) {
        return Json.object(json -> write(json, order));
    }

    static byte[] of(OrderView view) {
        return Json.object(json -> write(json, view));
    }

    /** With all that is known of it. */
    static void write(JsonGenerator json, OrderView view) {
        write(json, view.order());
        if (view.customerId() != null) {
            json.writeStringProperty("customer_id", view.customerId().value());
        }
        view.waitsFor().ifPresent(what -> json.writeStringProperty("waits_for", Json.word(what)));
        view.paidAt().ifPresent(at -> Json.moment(json, "paid_at", at));
        Json.array(json, "transactions", view.payments(), PaymentJson::write);
    }

    /** Its members. */
    public static void write(JsonGenerator json, Order order) {
        json.writeNumberProperty("order_id", order.id().value());
        json.writeStringProperty("reference", order.holdId().toString());
        json.writeStringProperty("hold_id", order.holdId().toString());
        ItemsJson.write(json, order.lines());
        MoneyText.write(json, "amount", order.amount());
        json.writeStringProperty("status", Json.word(order.status()));
        Json.moment(json, "placed_at", order.placedAt());
        Json.moment(json, "payment_deadline", order.paymentDeadline());
    }
}
