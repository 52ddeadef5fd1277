package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void a_product_is_shown_with_its_stock() {
        available(9);

        Answer answer = service.get("/api/products/1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache");
        assertThat(answer.body())
                .isEqualTo("{\"id\":1,\"name\":\"Bärenhöhle \\\"XL\\\"\",\"price\":\"10.00\",\"currency\":\"EUR\","
                        + "\"stock\":10,\"available_stock\":9}");
    }

    @Test
    void the_rules_of_its_sale_are_shown_where_there_are_any() {
        ProductId id = new ProductId(1);
        SaleWindow window =
                new SaleWindow(Instant.parse("2026-11-27T08:00:00Z"), Instant.parse("2026-11-27T09:00:00.5Z"));
        Stock stock = new Stock(id, 10, 9, new SaleRules(2, 3, window));
        service.fakes.viewProduct = asked ->
                Optional.of(new ProductView(new Product(id, "x", Money.of("1", "EUR")), stock, SaleState.UPCOMING));

        assertThat(service.get("/api/products/1").body())
                .endsWith("\"available_stock\":9,\"max_per_hold\":2,\"max_per_customer\":3,"
                        + "\"sale_starts_at\":\"2026-11-27T08:00:00Z\","
                        + "\"sale_ends_at\":\"2026-11-27T09:00:00.500Z\",\"sale\":\"upcoming\"}");
    }

    @Test
    void a_retired_product_is_shown_as_such() {
        ProductId id = new ProductId(1);
        Stock stock = new Stock(id, 10, 9, new SaleRules(null, null, SaleWindow.ALWAYS, true));
        service.fakes.viewProduct = asked ->
                Optional.of(new ProductView(new Product(id, "x", Money.of("1", "EUR")), stock, SaleState.OVER));

        assertThat(service.get("/api/products/1").body())
                .endsWith("\"available_stock\":9,\"retired\":true,\"sale\":\"over\"}");
    }

    @Test
    void a_client_that_knows_the_answer_is_told_so_until_it_changes() {
        available(9);
        String etag = service.get("/api/products/1").header("etag");

        Answer same = service.get("/api/products/1", "If-None-Match", "\"other\", W/" + etag);
        available(8);
        Answer changed = service.get("/api/products/1", "If-None-Match", etag);

        assertThat(etag).matches("\"[^\"]+\"");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("etag")).isEqualTo(etag);
        assertThat(same.header("cache-control")).isEqualTo("no-cache");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("etag")).isNotEqualTo(etag);
    }

    @Test
    void head_answers_with_the_headers_alone() {
        available(9);
        Answer get = service.get("/api/products/1");

        Answer head = service.send("HEAD", "/api/products/1", null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
        assertThat(head.header("etag")).isEqualTo(get.header("etag"));
    }

    @Test
    void an_unknown_product_is_not_found() {
        service.fakes.viewProduct = id -> Optional.empty();

        Problems.assertProblem(service.get("/api/products/2"), 404, "unknown_product", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "0",
                "-1",
                "+1",
                "01",
                "1.0",
                "1e2",
                "9223372036854775808",
                "18446744073709551616",
                "%00",
                "%31%00",
                "1%20",
                "%D9%A1"
            })
    void an_id_that_cannot_exist_is_not_found(String id) {
        Problems.assertProblem(service.get("/api/products/" + id), 404, "unknown_product", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_long_id_is_not_found() {
        Problems.assertProblem(service.get("/api/products/" + "9".repeat(3000)), 404, "unknown_product", false);
    }

    private void available(int pieces) {
        ProductId id = new ProductId(1);
        Product product = new Product(id, "Bärenhöhle \"XL\"", Money.of("10", "EUR"));
        service.fakes.viewProduct = asked -> asked.equals(id)
                ? Optional.of(new ProductView(product, new Stock(id, 10, pieces), SaleState.OPEN))
                : Optional.empty();
    }
}
