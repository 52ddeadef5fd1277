package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.admission.UseCases;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.value.IdempotencyKeys;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.NewProduct;
import java.util.Optional;
import java.util.function.BiFunction;

/** What operators do with {@code /api/products}. Every answer shows the product as it is afterwards. */
public final class ProductAdministration {

    private final UseCases useCases;
    private final OperatorToken operators;

    public ProductAdministration(UseCases useCases, OperatorToken operators) {
        this.useCases = useCases;
        this.operators = operators;
    }

    public Answer create(Request request) {
        JsonBody body = request.json(ProductFields.ALL);
        NewProduct product = ProductFields.created(body);
        Cause cause = operators.cause(request, body, "put on sale");
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        return key.isEmpty()
                ? ProductAnswers.created(useCases.createProduct().create(product, cause))
                : IdempotencyKeys.answer(
                        useCases.createProductOnce().create(product, cause, key.get()), ProductAnswers::created);
    }

    public Answer change(Request request) {
        JsonBody body = request.json(ProductFields.ALL);
        if (body.has(ProductFields.STOCK)) {
            throw Refused.invalid(ProductFields.STOCK, "The stock is changed by POST to /api/products/{id}/stock.");
        }
        ProductChange change = ProductFields.change(body);
        Cause cause = operators.cause(request, body);
        String ofWindow =
                body.has(ProductFields.SALE_ENDS_AT) ? ProductFields.SALE_ENDS_AT : ProductFields.SALE_STARTS_AT;
        return Ids.product(request.id())
                .map(id -> ProductAnswers.of(
                        useCases.changeProduct().change(id, change, cause), ofWindow, () -> shown(id)))
                .orElse(ProductAnswers.UNKNOWN);
    }

    public Answer adjust(Request request) {
        JsonBody body = request.json(ProductFields.ALL);
        int total = ProductFields.total(body);
        Cause cause = operators.cause(request, body);
        return Ids.product(request.id())
                .flatMap(id -> useCases.adjustStock()
                        .adjust(id, total, cause)
                        .map(outcome -> ProductAnswers.of(outcome, () -> shown(id))))
                .orElse(ProductAnswers.UNKNOWN);
    }

    public Answer open(Request request) {
        return setSale(request, useCases.openSale()::open);
    }

    public Answer close(Request request) {
        return setSale(request, useCases.closeSale()::close);
    }

    private Answer setSale(Request request, BiFunction<ProductId, Cause, Optional<SaleWindow>> useCase) {
        Cause cause = operators.cause(request, request.json(ProductFields.ALL));
        return Ids.product(request.id())
                .filter(id -> useCase.apply(id, cause).isPresent())
                .map(this::shown)
                .orElse(ProductAnswers.UNKNOWN);
    }

    private Answer shown(ProductId id) {
        return ProductAnswers.of(useCases.viewProduct().view(id));
    }
}
