package dev.flashsale.adapter.rest.order;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.domain.order.Order;
import tools.jackson.core.JsonGenerator;

/** An order. */
public final class OrderJson {

    private OrderJson() {}

    static byte[] of(Order order) {
        return Json.object(json -> write(json, order));
    }

    /** Its members. */
    public static void write(JsonGenerator json, Order order) {
        json.writeNumberProperty("order_id", order.id().value());
        json.writeStringProperty("hold_id", order.holdId().toString());
        ItemsJson.write(json, order.lines());
        MoneyText.write(json, "amount", order.amount());
        json.writeStringProperty("status", Json.word(order.status()));
        Json.moment(json, "payment_deadline", order.paymentDeadline());
    }
}
