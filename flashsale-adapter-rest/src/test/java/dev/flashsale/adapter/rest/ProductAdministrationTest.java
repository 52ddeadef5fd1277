package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductAdministrationTest {

    private static final String[] OPERATOR = {
        "Authorization", "Bearer " + Service.TOKEN, "Content-Type", "application/json"
    };
    /** Of the token's SHA-256: what {@code printf %s correct-horse | sha256sum} begins with. */
    private static final String TOKEN = "token 9dca666e";

    private static final ProductId ID = new ProductId(7);
    private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
    private static final Instant END = Instant.parse("2026-11-28T08:00:00Z");
    private static final SaleRules RULES = new SaleRules(5, 2, new SaleWindow(START, END));
    private static final Product PRODUCT = new Product(ID, "Console", Money.of("10.00", "EUR"));
    private static final ProductView VIEW =
            new ProductView(PRODUCT, Stock.untouched(ID, 50).with(RULES), SaleState.OPEN);
    private static final String SHOWN = "{\"id\":7,\"name\":\"Console\",\"price\":\"10.00\",\"currency\":\"EUR\","
            + "\"stock\":50,\"available_stock\":50,\"max_per_hold\":5,\"max_per_customer\":2,"
            + "\"sale_starts_at\":\"2026-11-27T08:00:00Z\",\"sale_ends_at\":\"2026-11-28T08:00:00Z\",\"sale\":\"open\"}";

    @RegisterExtension
    private final Service service = new Service();

    private Cause cause;

    @BeforeEach
    void show() {
        service.fakes.viewProduct = id -> Optional.of(VIEW);
    }

    @Test
    void a_product_is_created_once_under_a_key() {
        String body = "{\"name\":\"Console\",\"price\":\"10.00\",\"currency\":\"EUR\",\"stock\":50}";
        String[] headers = {
            "Authorization", "Bearer " + Service.TOKEN, "Content-Type", "application/json", "Idempotency-Key", "once"
        };
        service.fakes.createProductOnce = (product, why, key) -> {
            assertThat(key).isEqualTo(new IdempotencyKey("once"));
            return new KeyedOutcome.First<>(VIEW);
        };
        Answer first = service.send("POST", "/api/products", body, headers);
        service.fakes.createProductOnce = (product, why, key) -> new KeyedOutcome.Replayed<>(VIEW);
        Answer again = service.send("POST", "/api/products", body, headers);
        service.fakes.createProductOnce = (product, why, key) -> new KeyedOutcome.KeyReused<>(key);
        Answer other = service.send("POST", "/api/products", body, headers);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("idempotent-replayed")).isNull();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("location")).isEqualTo("/api/products/7");
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
        Problems.assertProblemWithField(other, 422, "idempotency_key_reused", "idempotency-key");
    }

    @Test
    void a_product_is_created_with_its_location() {
        service.fakes.createProduct = (product, why) -> {
            assertThat(product).isEqualTo(new NewProduct("Console", Money.of("10.00", "EUR"), 50, RULES));
            cause = why;
            return VIEW;
        };

        Answer answer = send(
                "POST",
                "/api/products",
                "{\"name\":\"Console\",\"price\":\"10.00\",\"currency\":\"EUR\",\"stock\":50,\"max_per_hold\":5,"
                        + "\"max_per_customer\":2,\"sale_starts_at\":\"2026-11-27T08:00:00Z\","
                        + "\"sale_ends_at\":\"2026-11-28T09:00:00+01:00\"}");

        assertThat(answer.body()).isEqualTo(SHOWN);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo("/api/products/7");
        assertThat(cause).isEqualTo(new Cause(TOKEN, "put on sale"));
    }

    @Test
    void a_product_needs_no_rules() {
        service.fakes.createProduct = (product, why) -> {
            assertThat(product.rules()).isEqualTo(SaleRules.NONE);
            cause = why;
            return VIEW;
        };

        Answer answer = send(
                "POST",
                "/api/products",
                "{\"name\":\"Console\",\"price\":\"10\",\"currency\":\"EUR\",\"stock\":0,\"max_per_hold\":null,"
                        + "\"operator\":\"ann\",\"reason\":\"Black Friday\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(cause).isEqualTo(new Cause("ann (" + TOKEN + ")", "Black Friday"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name           | null",
                "name           | ''",
                "name           | 1",
                "price          | 10",
                "price          | '-1'",
                "price          | '10.001'",
                "price          | '1e3'",
                "price          | '1000000000'",
                "currency       | 'EURO'",
                "currency       | null",
                "stock          | -1",
                "stock          | 1000000001",
                "stock          | 9999999999",
                "stock          | '1'",
                "max_per_hold   | 0",
                "max_per_hold   | '1'",
                "max_per_customer | 0",
                "max_per_customer | 4294967297.5",
                "sale_starts_at | 'tomorrow'",
                "sale_starts_at | '1969-01-01T00:00:00Z'",
                "sale_ends_at   | '2026-11-27T08:00:00Z'",
                "sale_ends_at   | 5",
                "reason         | ''",
                "operator       | 7"
            })
    void a_field_without_a_valid_value_is_named(String field, String value) {
        String valid = "{\"name\":\"Console\",\"price\":\"10.00\",\"currency\":\"EUR\",\"stock\":50,"
                + "\"max_per_hold\":1,\"max_per_customer\":1,\"sale_starts_at\":\"2026-11-27T08:00:00Z\","
                + "\"sale_ends_at\":\"2026-11-28T08:00:00Z\",\"reason\":\"r\",\"operator\":\"o\"}";
        String spoilt = valid.replaceFirst(
                "\"" + field + "\":(\"[^\"]*\"|[0-9]+)", "\"" + field + "\":" + value.replace('\'', '"'));

        Problems.assertProblemWithField(send("POST", "/api/products", spoilt), 422, "invalid_field", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void what_is_named_is_changed_and_null_removes_a_rule() {
        service.fakes.changeProduct = (id, change, why) -> {
            assertThat(id).isEqualTo(ID);
            assertThat(change)
                    .isEqualTo(new ProductChange(
                            null,
                            new BigDecimal("9.90"),
                            null,
                            new Edit.To<>(null),
                            new Edit.Keep<>(),
                            new Edit.To<>(START),
                            new Edit.To<>(null),
                            null));
            cause = why;
            return new ChangeOutcome.Changed(PRODUCT, RULES);
        };

        Answer answer = send(
                "PATCH",
                "/api/products/7",
                "{\"price\":\"9.90\",\"max_per_hold\":null,\"sale_starts_at\":\"2026-11-27T08:00:00Z\","
                        + "\"sale_ends_at\":null,\"reason\":\"cheaper\"}");

        assertThat(answer.body()).isEqualTo(SHOWN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(cause).isEqualTo(new Cause(TOKEN, "cheaper"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"true | true", "false | false", "null | false"})
    void a_product_is_retired_and_comes_back(String sent, boolean retired) {
        service.fakes.changeProduct = (id, change, why) -> {
            assertThat(change.retired()).isEqualTo(retired);
            return new ChangeOutcome.Changed(PRODUCT, RULES);
        };

        assertThat(send("PATCH", "/api/products/7", "{\"retired\":" + sent + ",\"reason\":\"r\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_is_not_a_word_for_it_is_refused() {
        Problems.assertProblemWithField(
                send("PATCH", "/api/products/7", "{\"retired\":\"yes\",\"reason\":\"r\"}"),
                422,
                "invalid_field",
                "retired");
        Problems.assertProblemWithField(
                send(
                        "POST",
                        "/api/products",
                        "{\"name\":\"Shoe\",\"price\":\"1\",\"currency\":\"EUR\",\"stock\":1,\"retired\":true}"),
                422,
                "invalid_field",
                "retired");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_change_of_the_currency_says_what_to_do_instead() {
        service.fakes.changeProduct =
                (id, change, why) -> new ChangeOutcome.CurrencyIsFixed(Currency.getInstance("EUR"));

        assertThat(send("PATCH", "/api/products/7", "{\"currency\":\"USD\",\"reason\":\"r\"}")
                        .json()
                        .get("detail")
                        .asString())
                .isEqualTo(
                        "currency stays EUR, in which its orders are: for another put a new product on sale with POST to"
                                + " /api/products, and retire this one with \"retired\": true.");
    }

    @Test
    void a_change_that_is_not_possible_names_its_field() {
        String body = "{\"price\":\"9.90\",\"currency\":\"USD\",\"sale_ends_at\":null,\"reason\":\"r\"}";

        service.fakes.changeProduct =
                (id, change, why) -> new ChangeOutcome.CurrencyIsFixed(Currency.getInstance("EUR"));
        Problems.assertProblemWithField(send("PATCH", "/api/products/7", body), 422, "invalid_field", "currency");
        service.fakes.changeProduct = (id, change, why) -> new ChangeOutcome.InvalidPrice("too precise");
        Problems.assertProblemWithField(send("PATCH", "/api/products/7", body), 422, "invalid_field", "price");
        service.fakes.changeProduct = (id, change, why) -> new ChangeOutcome.InvalidWindow();
        Problems.assertProblemWithField(send("PATCH", "/api/products/7", body), 422, "invalid_field", "sale_ends_at");
        service.fakes.changeProduct = (id, change, why) -> new ChangeOutcome.UnknownProduct(id);
        Problems.assertProblem(send("PATCH", "/api/products/7", body), 404, "unknown_product", false);
        Problems.assertProblem(send("PATCH", "/api/products/x", body), 404, "unknown_product", false);
    }

    @Test
    void a_change_says_why_and_is_not_of_the_stock() {
        Problems.assertProblemWithField(
                send("PATCH", "/api/products/7", "{\"name\":\"Box\"}"), 422, "invalid_field", "reason");
        Problems.assertProblemWithField(
                send("PATCH", "/api/products/7", "{\"stock\":5,\"reason\":\"r\"}"), 422, "invalid_field", "stock");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void the_stock_is_adjusted() {
        service.fakes.adjustStock = (id, total, why) -> {
            assertThat(total).isEqualTo(60);
            cause = why;
            return new AdjustOutcome.Adjusted(Stock.untouched(id, total));
        };

        Answer answer = send("POST", "/api/products/7/stock", "{\"stock\":60,\"reason\":\"a pallet more\"}");

        assertThat(answer.body()).isEqualTo(SHOWN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(cause).isEqualTo(new Cause(TOKEN, "a pallet more"));
    }

    @Test
    void a_stock_below_what_is_taken_is_refused_with_the_smallest() {
        service.fakes.adjustStock = (id, total, why) -> new AdjustOutcome.BelowTaken(12);

        Answer answer = send("POST", "/api/products/7/stock", "{\"stock\":5,\"reason\":\"lost\"}");

        Problems.assertProblemWithField(answer, 409, "stock_below_taken", "stock");
        assertThat(answer.json().get("smallest_stock").asInt()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"open", "close"})
    void a_sale_is_opened_and_closed(String what) {
        service.fakes.openSale = (id, why) -> window(id, what.equals("open"));
        service.fakes.closeSale = (id, why) -> window(id, what.equals("close"));

        Answer answer = send("POST", "/api/products/7/" + what, "{\"reason\":\"now\"}");

        assertThat(answer.body()).isEqualTo(SHOWN);
        assertThat(answer.status()).isEqualTo(200);
        Problems.assertProblemWithField(send("POST", "/api/products/7/" + what, "{}"), 422, "invalid_field", "reason");
    }

    @ParameterizedTest
    @CsvSource({"stock", "open", "close"})
    void there_is_nothing_to_do_with_a_product_that_does_not_exist(String what) {
        service.fakes.adjustStock = (id, total, why) -> new AdjustOutcome.UnknownProduct(id);
        service.fakes.openSale = (id, why) -> new WindowOutcome.UnknownProduct(id);
        service.fakes.closeSale = (id, why) -> new WindowOutcome.UnknownProduct(id);
        String body = what.equals("stock") ? "{\"stock\":1,\"reason\":\"r\"}" : "{\"reason\":\"r\"}";

        Problems.assertProblem(send("POST", "/api/products/8/" + what, body), 404, "unknown_product", false);
        Problems.assertProblem(send("POST", "/api/products/x/" + what, body), 404, "unknown_product", false);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,  /api/products",
        "PATCH, /api/products/7",
        "POST,  /api/products/7/stock",
        "POST,  /api/products/7/open",
        "POST,  /api/products/7/close",
        "POST,  /api/orders/1/cancel",
        "POST,  /api/orders/1/extend",
        "POST,  /api/orders/1/accept"
    })
    void only_an_operator_is_heard(String method, String path) {
        Problems.assertProblem(
                service.send(method, path, "{", "Content-Type", "application/json"),
                401,
                "operator_token_required",
                false);
        Problems.assertProblem(
                service.send(method, path, "{", "Content-Type", "application/json", "Authorization", "Bearer wrong"),
                401,
                "operator_token_required",
                false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    private Answer send(String method, String path, String body) {
        return service.send(method, path, body, OPERATOR);
    }

    private static WindowOutcome window(ProductId id, boolean known) {
        return known ? new WindowOutcome.Set(RULES.window()) : new WindowOutcome.UnknownProduct(id);
    }
}
