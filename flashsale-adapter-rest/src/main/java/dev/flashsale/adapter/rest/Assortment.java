package dev.flashsale.adapter.rest;

import dev.flashsale.application.ViewProduct;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What operators do with {@code /api/products}. Every answer shows the product as it is afterwards. */
final class Assortment {

    private static final String NAME = "name";
    private static final String PRICE = "price";
    private static final String CURRENCY = "currency";
    private static final String STOCK = "stock";
    private static final String MAX_PER_HOLD = "max_per_hold";
    private static final String MAX_PER_CUSTOMER = "max_per_customer";
    private static final String SALE_STARTS_AT = "sale_starts_at";
    private static final String SALE_ENDS_AT = "sale_ends_at";
    private static final Set<String> FIELDS = Set.of(
            NAME,
            PRICE,
            CURRENCY,
            STOCK,
            MAX_PER_HOLD,
            MAX_PER_CUSTOMER,
            SALE_STARTS_AT,
            SALE_ENDS_AT,
            OperatorToken.REASON,
            OperatorToken.OPERATOR);

    private final UseCases useCases;
    private final OperatorToken operatorToken;

    Assortment(UseCases useCases, OperatorToken operatorToken) {
        this.useCases = useCases;
        this.operatorToken = operatorToken;
    }

    void create(ServerRequest request, ServerResponse response) {
        JsonBody body = operatorsBody(request);
        NewProduct product = newProduct(body);
        Cause cause = operatorToken.cause(request, body, "put on sale");
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        if (key.isEmpty()) {
            created(request, response, useCases.createProduct().create(product, cause));
        } else {
            IdempotencyKeys.reply(
                    request,
                    response,
                    useCases.createProductOnce().create(product, cause, key.get()),
                    view -> created(request, response, view));
        }
    }

    private static void created(ServerRequest request, ServerResponse response, ViewProduct.View view) {
        response.header(HeaderNames.LOCATION, "/api/products/" + view.product().id());
        Reply.json(request, response, Status.CREATED_201, Representation.of(view));
    }

    void change(ServerRequest request, ServerResponse response) {
        JsonBody body = operatorsBody(request);
        if (body.has(STOCK)) {
            throw JsonBody.invalid(STOCK, "The stock is changed by POST to /api/products/{id}/stock.");
        }
        ProductChange change = productChange(body);
        Cause cause = operatorToken.cause(request, body);
        Optional<ProductId> id = Ids.product(request);
        if (id.isEmpty()) {
            Reply.problem(request, response, Products.unknown());
            return;
        }
        switch (useCases.changeProduct().change(id.get(), change, cause)) {
            case ChangeOutcome.Changed changed -> show(request, response, id.get());
            case ChangeOutcome.UnknownProduct unknown -> Reply.problem(request, response, Products.unknown());
            case ChangeOutcome.CurrencyIsFixed fixed ->
                throw JsonBody.invalid(CURRENCY, "The currency stays " + fixed.currency() + ".");
            case ChangeOutcome.InvalidPrice invalid -> throw JsonBody.invalid(PRICE, invalid.why() + ".");
            case ChangeOutcome.InvalidWindow invalid ->
                throw JsonBody.invalid(body.has(SALE_ENDS_AT) ? SALE_ENDS_AT : SALE_STARTS_AT, invalid.why() + ".");
        }
    }

    void adjust(ServerRequest request, ServerResponse response) {
        JsonBody body = operatorsBody(request);
        int total = total(body);
        Cause cause = operatorToken.cause(request, body);
        Optional<ProductId> id = Ids.product(request);
        Optional<AdjustOutcome> outcome =
                id.flatMap(known -> useCases.adjustStock().adjust(known, total, cause));
        if (id.isEmpty() || outcome.isEmpty()) {
            Reply.problem(request, response, Products.unknown());
            return;
        }
        switch (outcome.get()) {
            case AdjustOutcome.Adjusted adjusted -> show(request, response, id.get());
            case AdjustOutcome.BelowTaken taken ->
                Reply.problem(request, response, ProblemDocument.stockBelowTaken(taken.smallestTotal()));
        }
    }

    void open(ServerRequest request, ServerResponse response) {
        setSale(request, response, useCases.openSale()::open);
    }

    void close(ServerRequest request, ServerResponse response) {
        setSale(request, response, useCases.closeSale()::close);
    }

    private void setSale(
            ServerRequest request,
            ServerResponse response,
            BiFunction<ProductId, Cause, Optional<SaleWindow>> useCase) {
        Cause cause = operatorToken.cause(request, operatorsBody(request));
        Optional<ProductId> id = Ids.product(request);
        if (id.isEmpty() || useCase.apply(id.get(), cause).isEmpty()) {
            Reply.problem(request, response, Products.unknown());
        } else {
            show(request, response, id.get());
        }
    }

    private JsonBody operatorsBody(ServerRequest request) {
        operatorToken.require(request);
        return RequestBody.json(request, FIELDS);
    }

    private void show(ServerRequest request, ServerResponse response, ProductId id) {
        Optional<ViewProduct.View> view = useCases.viewProduct().view(id);
        if (view.isPresent()) {
            Reply.json(request, response, Status.OK_200, Representation.of(view.get()));
        } else {
            Reply.problem(request, response, Products.unknown());
        }
    }

    private static NewProduct newProduct(JsonBody body) {
        String name = body.string(NAME, Product::validName);
        BigDecimal amount = body.string(PRICE, Assortment::price);
        Currency currency = body.string(CURRENCY, Payments::currency);
        int total = total(body);
        Integer maxPerHold =
                body.optionalInteger(MAX_PER_HOLD, Assortment::limit).orElse(null);
        Integer maxPerCustomer =
                body.optionalInteger(MAX_PER_CUSTOMER, Assortment::limit).orElse(null);
        Instant startsAt =
                body.optionalString(SALE_STARTS_AT, Assortment::moment).orElse(null);
        Instant endsAt = body.optionalString(SALE_ENDS_AT, Assortment::moment).orElse(null);
        Money price;
        try {
            price = Product.validPrice(new Money(amount, currency));
        } catch (IllegalArgumentException e) {
            throw JsonBody.invalid(PRICE, e.getMessage() + ".");
        }
        SaleWindow window;
        try {
            window = new SaleWindow(startsAt, endsAt);
        } catch (IllegalArgumentException e) {
            throw JsonBody.invalid(SALE_ENDS_AT, e.getMessage() + ".");
        }
        return new NewProduct(name, price, total, new SaleRules(maxPerHold, maxPerCustomer, window));
    }

    /** What is not there stays; a rule that is {@code null} is removed. */
    private static ProductChange productChange(JsonBody body) {
        return new ProductChange(
                body.has(NAME) ? body.string(NAME, Product::validName) : null,
                body.has(PRICE) ? body.string(PRICE, Assortment::price) : null,
                body.has(CURRENCY) ? body.string(CURRENCY, Payments::currency) : null,
                editLimit(body, MAX_PER_HOLD),
                editLimit(body, MAX_PER_CUSTOMER),
                editMoment(body, SALE_STARTS_AT),
                editMoment(body, SALE_ENDS_AT));
    }

    private static Edit<Integer> editLimit(JsonBody body, String field) {
        return body.has(field)
                ? new Edit.To<>(body.optionalInteger(field, Assortment::limit).orElse(null))
                : new Edit.Keep<>();
    }

    private static Edit<Instant> editMoment(JsonBody body, String field) {
        return body.has(field)
                ? new Edit.To<>(body.optionalString(field, Assortment::moment).orElse(null))
                : new Edit.Keep<>();
    }

    private static int total(JsonBody body) {
        return body.integer(STOCK, total -> Stock.validTotal(asInt(total)));
    }

    private static Integer limit(long value) {
        int limit = asInt(value);
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be 1 or more");
        }
        return limit;
    }

    /** What is beyond an int stays out of every bound. */
    private static int asInt(long value) {
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static BigDecimal price(String text) {
        if (!Payments.PLAIN_DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("price must be a plain decimal such as 10.00");
        }
        return new BigDecimal(text);
    }

    private static Instant moment(String text) {
        try {
            Instant moment = Instant.parse(text);
            SaleWindow possible = new SaleWindow(moment, null);
            return possible.startsAt() == null ? moment : possible.startsAt();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it must be a moment such as 2026-11-27T08:00:00Z", e);
        }
    }
}
