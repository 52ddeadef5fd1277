package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Revalidation;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.OperatorLogRoute;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.application.Lists;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Products;
import dev.flashsale.domain.stock.LedgerRow;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code /api/products}: looking at them, and for operators at how their totals came about. */
public final class ProductRoutes {

    private final Products products;
    private final Lists lists;
    private final Admission places;

    public ProductRoutes(Products products, Lists lists, Admission places) {
        this.products = products;
        this.lists = lists;
        this.places = places;
    }

    /** Clients may keep it as long as they ask whether it still holds. */
    public Answer view(Request request) {
        return Ids.product(request.id())
                .flatMap(id -> places.admit(() -> products.view(id)))
                .map(view -> Revalidation.answer(request, Answer.JSON, ProductJson.of(view)))
                .orElse(ProductAnswers.UNKNOWN);
    }

    public Answer list(Request request) {
        return Pages.answer(
                request,
                Cursor.PRODUCT,
                (after, size) -> places.admit(() ->
                        Pages.retired(request) ? lists.retiredProducts(after, size) : lists.products(after, size)),
                ProductJson::write);
    }

    public Answer ledger(Request request) {
        Optional<Long> after = Pages.after(request, Cursor.NUMBER);
        PageSize size = Pages.size(request);
        return Ids.product(request.id())
                .flatMap(id -> places.admit(() -> lists.stockLedger(id, after, size)))
                .map(page -> Pages.answer(page, Cursor.NUMBER, ProductRoutes::write))
                .orElse(ProductAnswers.UNKNOWN);
    }

    private static void write(JsonGenerator json, LedgerRow row) {
        OperatorLogRoute.write(json, row.change().at(), row.change().cause());
        json.writeNumberProperty("pieces", row.change().pieces());
    }
}
