package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.value.IdempotencyKeys;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.application.Operator;
import dev.flashsale.application.Products;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.NewProduct;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What operators do with {@code /api/products}. Every answer shows the product as it is afterwards. */
public final class ProductAdministration {

    private final Function<Cause, Operator> operator;
    private final Products products;
    private final OperatorToken operators;

    public ProductAdministration(Function<Cause, Operator> operator, Products products, OperatorToken operators) {
        this.operator = operator;
        this.products = products;
        this.operators = operators;
    }

    public Answer create(Request request) {
        JsonBody body = request.onlyJson(ProductFields.OF_NEW);
        NewProduct product = ProductFields.created(body);
        Cause cause = operators.cause(request, body, "put on sale");
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        return key.isEmpty()
                ? ProductAnswers.created(operator.apply(cause).create(product))
                : IdempotencyKeys.answer(operator.apply(cause).create(product, key.get()), ProductAnswers::created);
    }

    public Answer change(Request request) {
        JsonBody body = request.onlyJson(ProductFields.OF_CHANGE);
        if (body.has(ProductFields.STOCK)) {
            throw Refused.invalid(ProductFields.STOCK, "The stock is changed by POST to /api/products/{id}/stock.");
        }
        ProductChange change = ProductFields.change(body);
        Cause cause = operators.cause(request, body);
        String ofWindow =
                body.has(ProductFields.SALE_ENDS_AT) ? ProductFields.SALE_ENDS_AT : ProductFields.SALE_STARTS_AT;
        return Ids.product(request.id())
                .map(id -> ProductAnswers.of(operator.apply(cause).change(id, change), ofWindow, () -> shown(id)))
                .orElse(ProductAnswers.UNKNOWN);
    }

    public Answer adjust(Request request) {
        JsonBody body = request.onlyJson(ProductFields.OF_STOCK);
        int total = ProductFields.total(body);
        Cause cause = operators.cause(request, body);
        return Ids.product(request.id())
                .map(id -> ProductAnswers.of(operator.apply(cause).adjust(id, total), () -> shown(id)))
                .orElse(ProductAnswers.UNKNOWN);
    }

    public Answer open(Request request) {
        return setSale(request, Operator::open);
    }

    public Answer close(Request request) {
        return setSale(request, Operator::close);
    }

    private Answer setSale(Request request, BiFunction<Operator, ProductId, WindowOutcome> useCase) {
        Cause cause = operators.cause(request, request.onlyJson(OperatorToken.CAUSE));
        return Ids.product(request.id())
                .map(id -> ProductAnswers.of(useCase.apply(operator.apply(cause), id), () -> shown(id)))
                .orElse(ProductAnswers.UNKNOWN);
    }

    private Answer shown(ProductId id) {
        return ProductAnswers.of(products.view(id));
    }
}
