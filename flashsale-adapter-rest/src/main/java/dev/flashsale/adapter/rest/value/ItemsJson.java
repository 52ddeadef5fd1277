package dev.flashsale.adapter.rest.value;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import tools.jackson.core.JsonGenerator;

/** What a hold or an order is of: one product and its quantity, or an array of these. */
public final class ItemsJson {

    private ItemsJson() {}

    /** Writes the only line, or all of them. */
    public static void write(JsonGenerator json, Lines lines) {
        if (lines.count() == 1) {
            write(json, lines.first());
        } else {
            Json.array(json, "items", lines.items(), ItemsJson::write);
        }
    }

    private static void write(JsonGenerator json, Item item) {
        json.writeNumberProperty("product_id", item.productId().value());
        json.writeNumberProperty("quantity", item.quantity().value());
    }
}
