package dev.flashsale.adapter.rest.value;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a hold or an order is of: one product and its quantity, or an array of these. */
public final class ItemsJson {

    public static final String LINES = "lines";
    public static final String PRODUCT_ID = "product_id";
    public static final String QUANTITY = "quantity";

    private ItemsJson() {}

    /** A product and its quantity. */
    public static Item item(JsonBody body) {
        return new Item(body.integer(PRODUCT_ID, ProductId::new), quantity(body));
    }

    /** A quantity alone. */
    public static Quantity quantity(JsonBody body) {
        return body.integer(QUANTITY, value -> new Quantity(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE)));
    }

    /** Those of which a refund is; none if it says none. */
    public static List<Item> lines(JsonBody body) {
        List<JsonBody> lines = body.optionalObjects(LINES).orElse(List.of());
        return lines.isEmpty()
                ? List.of()
                : Refused.unlessValid(
                        LINES,
                        () -> Lines.of(lines.stream().map(ItemsJson::item).toList())
                                .items());
    }

    /** Writes the only line, or all of them. */
    public static void write(JsonGenerator json, Lines lines) {
        if (lines.count() == 1) {
            write(json, lines.first());
        } else {
            Json.array(json, "items", lines.items(), ItemsJson::write);
        }
    }

    public static void write(JsonGenerator json, Item item) {
        json.writeNumberProperty(PRODUCT_ID, item.productId().value());
        json.writeNumberProperty(QUANTITY, item.quantity().value());
    }
}
