package dev.flashsale.adapter.rest.value;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a hold or an order is of: one product and its quantity, or an array of these. */
public final class ItemsJson {

    private ItemsJson() {}

    /** Writes the first, or it and the others. */
    public static void write(JsonGenerator json, ProductId productId, Quantity quantity, List<Item> others) {
        if (others.isEmpty()) {
            write(json, productId, quantity);
        } else {
            Json.array(
                    json,
                    "items",
                    Item.all(productId, quantity, others),
                    (one, item) -> write(one, item.productId(), item.quantity()));
        }
    }

    private static void write(JsonGenerator json, ProductId productId, Quantity quantity) {
        json.writeNumberProperty("product_id", productId.value());
        json.writeNumberProperty("quantity", quantity.value());
    }
}
