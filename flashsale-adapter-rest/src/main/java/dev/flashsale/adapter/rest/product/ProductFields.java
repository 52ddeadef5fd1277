package dev.flashsale.adapter.rest.product;

import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.value.MomentText;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.Set;

/** What an operator writes of a product. */
final class ProductFields {

    private static final String NAME = "name";
    static final String PRICE = "price";
    static final String CURRENCY = "currency";
    static final String STOCK = "stock";
    private static final String MAX_PER_HOLD = "max_per_hold";
    private static final String MAX_PER_CUSTOMER = "max_per_customer";
    static final String SALE_STARTS_AT = "sale_starts_at";
    static final String SALE_ENDS_AT = "sale_ends_at";
    private static final String RETIRED = "retired";
    static final Set<String> OF_NEW = Set.of(
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

    static final Set<String> OF_CHANGE = with(OF_NEW, RETIRED);

    /** Of a change of the stock. */
    static final Set<String> OF_STOCK = Set.of(STOCK, OperatorToken.REASON, OperatorToken.OPERATOR);

    private ProductFields() {}

    private static Set<String> with(Set<String> fields, String more) {
        Set<String> all = new HashSet<>(fields);
        all.add(more);
        return Set.copyOf(all);
    }

    static NewProduct created(JsonBody body) {
        String name = body.string(NAME, Product::validName);
        BigDecimal amount = body.string(PRICE, MoneyText::decimal);
        Currency currency = body.string(CURRENCY, MoneyText::currency);
        int total = total(body);
        Integer maxPerHold =
                body.optionalInteger(MAX_PER_HOLD, ProductFields::limit).orElse(null);
        Integer maxPerCustomer =
                body.optionalInteger(MAX_PER_CUSTOMER, ProductFields::limit).orElse(null);
        Instant startsAt =
                body.optionalString(SALE_STARTS_AT, MomentText::moment).orElse(null);
        Instant endsAt = body.optionalString(SALE_ENDS_AT, MomentText::moment).orElse(null);
        Money price = Refused.unlessValid(PRICE, () -> Product.validPrice(new Money(amount, currency)));
        SaleWindow window = Refused.unlessValid(SALE_ENDS_AT, () -> new SaleWindow(startsAt, endsAt));
        return new NewProduct(name, price, total, new SaleRules(maxPerHold, maxPerCustomer, window));
    }

    /** What is not there stays; a rule that is {@code null} is removed. */
    static ProductChange change(JsonBody body) {
        return new ProductChange(
                body.has(NAME) ? body.string(NAME, Product::validName) : null,
                body.has(PRICE) ? body.string(PRICE, MoneyText::decimal) : null,
                body.has(CURRENCY) ? body.string(CURRENCY, MoneyText::currency) : null,
                editLimit(body, MAX_PER_HOLD),
                editLimit(body, MAX_PER_CUSTOMER),
                editMoment(body, SALE_STARTS_AT),
                editMoment(body, SALE_ENDS_AT),
                body.has(RETIRED) ? body.optionalFlag(RETIRED).orElse(false) : null);
    }

    private static Edit<Integer> editLimit(JsonBody body, String field) {
        return body.has(field)
                ? new Edit.To<>(
                        body.optionalInteger(field, ProductFields::limit).orElse(null))
                : new Edit.Keep<>();
    }

    private static Edit<Instant> editMoment(JsonBody body, String field) {
        return body.has(field)
                ? new Edit.To<>(body.optionalString(field, MomentText::moment).orElse(null))
                : new Edit.Keep<>();
    }

    static int total(JsonBody body) {
        return body.integer(STOCK, total -> Stock.validTotal(asInt(total)));
    }

    private static Integer limit(long value) {
        int limit = asInt(value);
        if (limit < 1) {
            throw new InvalidValue("limit", "must be 1 or more");
        }
        return limit;
    }

    /** What is beyond an int stays out of every bound. */
    private static int asInt(long value) {
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
