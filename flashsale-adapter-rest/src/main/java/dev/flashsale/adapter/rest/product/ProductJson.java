package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import tools.jackson.core.JsonGenerator;

/** A product, with what can be held of it. */
final class ProductJson {

    private ProductJson() {}

    static byte[] of(ProductView view) {
        return Json.object(json -> write(json, view));
    }

    static void write(JsonGenerator json, ProductView view) {
        json.writeNumberProperty("id", view.product().id().value());
        json.writeStringProperty("name", view.product().name());
        MoneyText.write(json, "price", view.product().price());
        json.writeNumberProperty("stock", view.stock().total());
        json.writeNumberProperty("available_stock", view.stock().available());
        write(json, view.stock().rules(), view.sale());
    }

    /** What is not set is not shown. */
    private static void write(JsonGenerator json, SaleRules rules, SaleState sale) {
        if (rules.maxPerHold() != null) {
            json.writeNumberProperty("max_per_hold", rules.maxPerHold());
        }
        if (rules.maxPerCustomer() != null) {
            json.writeNumberProperty("max_per_customer", rules.maxPerCustomer());
        }
        SaleWindow window = rules.window();
        if (window.startsAt() != null) {
            Json.moment(json, "sale_starts_at", window.startsAt());
        }
        if (window.endsAt() != null) {
            Json.moment(json, "sale_ends_at", window.endsAt());
        }
        if (rules.retired()) {
            json.writeBooleanProperty("retired", true);
        }
        if (rules.retired() || !window.equals(SaleWindow.ALWAYS)) {
            json.writeStringProperty("sale", Json.word(sale));
        }
    }
}
