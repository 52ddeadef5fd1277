package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.EventStream.Event;
import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Stock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products as they change, of one and of several, as a client sees them. */
@Timeout(60)
class ProductStreamTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMinutes(10);

    @RegisterExtension
    private final Service service = new Service(TestSettings.builder()
            .streams(new StreamSettings(10, SOON, LATE))
            .corsOrigins(List.of("https://shop.example"))
            .build());

    private final Map<ProductId, ProductView> products = new ConcurrentHashMap<>();

    @BeforeEach
    void threeProducts() {
        service.fakes.viewProduct = id -> Optional.ofNullable(products.get(id));
        available(1, 9);
        available(2, 5);
        available(3, 3);
    }

    @Test
    void a_product_is_sent_as_it_is_and_again_when_it_has_changed() throws Exception {
        String before = service.get("/api/products/1").body();

        try (EventStream stream = EventStream.open(service, "/api/products/1/stream")) {
            assertThat(stream.answer().status()).isEqualTo(200);
            assertThat(stream.answer().header("content-type")).isEqualTo("text/event-stream");
            assertThat(stream.answer().header("cache-control")).isEqualTo("no-store");
            assertThat(stream.answer().header("x-accel-buffering")).isEqualTo("no");
            assertThat(stream.next().retry().orElseThrow()).isBetween(2000, 5000);
            Event first = stream.next();
            assertThat(first.name()).isEqualTo("product");
            assertThat(first.data()).isEqualTo(before);

            available(1, 8);
            Event second = stream.next();

            assertThat(second.data()).isEqualTo(service.get("/api/products/1").body());
            assertThat(second.id()).isNotEmpty().isNotEqualTo(first.id());
        }
    }

    @Test
    void who_comes_back_is_sent_what_is_new_to_it() throws Exception {
        String known;
        try (EventStream stream = EventStream.open(service, "/api/products/1/stream")) {
            known = stream.product().id();
        }

        try (EventStream stream = EventStream.open(service, "/api/products/1/stream", "Last-Event-ID", known)) {
            assertThat(stream.next().retry()).as("it begins at once").isPresent();
            available(1, 7);
            assertThat(stream.product().data()).contains("\"available_stock\":7");
        }
        try (EventStream stream = EventStream.open(service, "/api/products/1/stream", "Last-Event-ID", known)) {
            assertThat(stream.product().data()).contains("\"available_stock\":7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "....", "\"quoted\""})
    void whatever_id_is_no_event_of_it_is_taken_for_none(String id) throws Exception {
        try (EventStream stream = EventStream.open(service, "/api/products/1/stream", "Last-Event-ID", id)) {
            assertThat(stream.product().data()).contains("\"id\":1");
        }
    }

    @Test
    void of_several_each_is_an_event_and_the_id_tells_of_all() throws Exception {
        String path = "/api/products/stream?id=1&id=2&id=1&id=3";
        String known;
        try (EventStream stream = EventStream.open(service, path)) {
            assertThat(stream.product().data()).contains("\"id\":1,");
            assertThat(stream.product().data()).contains("\"id\":2,");
            assertThat(stream.product().data()).contains("\"id\":3,");

            available(2, 4);
            Event changed = stream.product();

            assertThat(changed.data()).contains("\"id\":2,").contains("\"available_stock\":4");
            known = changed.id();
        }
        available(3, 2);
        try (EventStream stream = EventStream.open(service, path, "Last-Event-ID", known)) {
            assertThat(stream.product().data()).contains("\"id\":3,").contains("\"available_stock\":2");
            available(1, 1);
            assertThat(stream.product().data()).contains("\"id\":1,").contains("\"available_stock\":1");
        }
    }

    @Test
    void what_changes_beside_the_stock_is_told_too() throws Exception {
        ProductId id = new ProductId(1);
        try (EventStream stream = EventStream.open(service, "/api/products/1/stream")) {
            assertThat(stream.product().data()).contains("\"price\":\"10.00\"");

            products.put(
                    id,
                    new ProductView(new Product(id, "x", Money.of("12", "EUR")), new Stock(id, 10, 9), SaleState.OPEN));
            assertThat(stream.product().data()).contains("\"price\":\"12.00\"");

            SaleRules retired = new SaleRules(null, null, SaleWindow.ALWAYS, true);
            products.put(
                    id,
                    new ProductView(
                            new Product(id, "x", Money.of("12", "EUR")),
                            new Stock(id, 10, 9, retired),
                            SaleState.OVER));
            assertThat(stream.product().data()).endsWith("\"retired\":true,\"sale\":\"over\"}");
        }
    }

    @Test
    void a_product_that_is_gone_ends_its_streams() throws Exception {
        try (EventStream stream = EventStream.open(service, "/api/products/stream?id=1&id=2")) {
            stream.product();
            stream.product();

            products.remove(new ProductId(2));

            assertThatThrownBy(stream::product).isInstanceOf(IOException.class);
        }
        Problems.assertProblem(service.get("/api/products/stream?id=1&id=2"), 404, "unknown_product", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "abc", "0", "-1", "01", "9223372036854775808"})
    void an_unknown_product_is_not_found(String id) throws Exception {
        Problems.assertProblem(service.get("/api/products/" + id + "/stream"), 404, "unknown_product", false);
        // What was served is over a moment after its client has it.
        ListenersTest.await(() -> streams().inUse() == 0);
    }

    @Test
    void one_that_is_unknown_among_several_is_not_found() {
        Problems.assertProblem(service.get("/api/products/stream?id=1&id=4"), 404, "unknown_product", false);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 to 20 times",
        "?other=1, 1 to 20 times",
        "?id=, a product's id",
        "?id=abc, a product's id",
        "?id=1&id=-2, a product's id",
        "?id=1%2C2, a product's id"
    })
    void ids_that_cannot_be_are_refused(String query, String told) {
        Answer answer = service.get("/api/products/stream" + query);

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo("id");
        assertThat(answer.json().get("detail").asString()).contains(told);
    }

    @Test
    void more_than_twenty_are_refused() {
        String ids = "?id=1".concat("&id=1".repeat(20));

        Problems.assertProblem(service.get("/api/products/stream" + ids), 422, "invalid_field", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/products/1/stream", "/api/products/stream?id=1"})
    void head_answers_with_the_headers_alone(String path) throws Exception {
        Answer head = service.send("HEAD", path, null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo("text/event-stream");
        assertThat(head.header("content-length")).isNull();
        assertThat(head.body()).isEmpty();
        // What was served is over a moment after its client has it.
        ListenersTest.await(() -> streams().inUse() == 0);
        Problems.assertProblem(service.get("/api/products/4/stream"), 404, "unknown_product", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/products/1/stream", "/api/products/stream"})
    void another_method_is_told_what_there_is(String path) {
        Answer options = service.send("OPTIONS", path, null);
        Answer post = service.send("POST", path, "{}", "Content-Type", "application/json");

        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
        Problems.assertProblem(post, 405, "method_not_allowed", false);
        assertThat(post.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void a_page_of_another_origin_may_listen_if_it_is_named() throws Exception {
        String page = "https://shop.example";
        try (EventStream stream = EventStream.openUnchecked(
                service.client, service.request("GET", "/api/products/1/stream", null, "Origin", page))) {
            assertThat(stream.answer().header("access-control-allow-origin")).isEqualTo(page);
        }
    }

    @Test
    void a_listener_is_told_of_once_when_it_begins() throws Exception {
        try (EventStream stream = EventStream.open(service, "/api/products/1/stream")) {
            stream.product();

            assertThat(service.answered).containsExactly("GET /api/products/{id}/stream 200");
            assertThat(streams()).isEqualTo(new PlaceUse("streams", 10, 1, 0));
        }
    }

    private PlaceUse streams() {
        return service.streams();
    }

    private void available(long number, int pieces) {
        ProductId id = new ProductId(number);
        Product product = new Product(id, "Bärenhöhle \"XL\"", Money.of("10", "EUR"));
        products.put(id, new ProductView(product, new Stock(id, 10, pieces), SaleState.OPEN));
    }
}
