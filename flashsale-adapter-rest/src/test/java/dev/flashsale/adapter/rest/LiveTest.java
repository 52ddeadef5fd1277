package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.LiveSale.Answers;
import dev.flashsale.adapter.rest.LiveSale.Counts;
import dev.flashsale.adapter.rest.LiveSale.Reading;
import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console is told. */
class LiveTest {

    private static final String[] OPERATOR = {"Authorization", "Bearer " + Service.TOKEN};
    private static final ProductId SNEAKER = new ProductId(1);
    private static final ProductId SHIRT = new ProductId(2);
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @ValueSource(strings = {"/api/live", "/api/products/1/live", "/api/audit"})
    void only_operators_are_told(String path) {
        Problems.assertProblem(service.get(path), 401, "operator_token_required", false);
        Problems.assertProblem(
                service.get(path, "Authorization", "Bearer wrong"), 401, "operator_token_required", false);
        Problems.assertProblem(service.get(path + "?unknown=1", OPERATOR), 422, "invalid_field", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void the_last_reading_is_told_of_all_products_without_asking_the_database() {
        service.live.course = List.of(reading(AT, 10, 0), reading(AT.plusSeconds(2), 8, 2));

        Answer answer = service.get("/api/live", OPERATOR);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.json().toString())
                .isEqualTo(
                        "{\"node\":\"node-1\",\"at\":\"2026-11-22T10:00:02Z\",\"seconds\":2.0,\"holds\":9,\"orders\":1,"
                                + "\"refused\":[{\"code\":\"all_held\",\"count\":1},{\"code\":\"sold_out\",\"count\":5}],"
                                + "\"answers\":15,\"p50_ms\":1.5,\"p99_ms\":20.0,\"products\":["
                                + "{\"product_id\":1,\"stock\":10,\"available\":8,\"held\":2,\"pending\":0,\"paid\":0},"
                                + "{\"product_id\":2,\"stock\":5,\"available\":1,\"held\":1,\"pending\":1,\"paid\":2}]}");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void before_the_first_reading_nothing_is_told_but_the_node() {
        assertThat(service.get("/api/live", OPERATOR).body()).isEqualTo("{\"node\":\"node-1\",\"products\":[]}");
    }

    @Test
    void of_a_product_its_course_is_told_and_what_expires_soon() {
        service.live.course = List.of(reading(AT, 10, 0), reading(AT.plusSeconds(2), 8, 2));
        service.live.expiring = Optional.of(List.of(new ExpiringPieces(Duration.ofSeconds(30), 2, 1)));

        Answer all = service.get("/api/products/1/live", OPERATOR);
        Answer rest = service.get("/api/products/1/live?after=2026-11-22T10:00:00Z", OPERATOR);

        assertThat(all.json().get("readings")).hasSize(2);
        assertThat(rest.json().get("readings").valueStream()).singleElement().satisfies(reading -> {
            assertThat(reading.get("available").asInt()).isEqualTo(8);
            assertThat(reading.get("held").asInt()).isEqualTo(2);
            assertThat(reading.get("holds").asInt()).isEqualTo(9);
            assertThat(reading.get("refused").toString()).isEqualTo("[{\"code\":\"sold_out\",\"count\":5}]");
        });
        assertThat(rest.json().get("expiring").toString())
                .isEqualTo("[{\"from_seconds\":30,\"held\":2,\"pending\":1}]");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_product_that_there_is_not_is_unknown_and_one_that_is_not_read_has_no_pieces() {
        service.live.course = List.of(reading(AT, 10, 0));
        service.fakes.viewProduct = id -> id.value() == 3
                ? Optional.of(new ProductView(Examples.product(id), new Stock(id, 5, 5), SaleState.OPEN))
                : Optional.empty();

        assertThat(service.get("/api/products/3/live", OPERATOR)
                        .json()
                        .get("readings")
                        .valueStream())
                .singleElement()
                .satisfies(reading -> assertThat(reading.has("stock")).isFalse());
        Problems.assertProblem(service.get("/api/products/4/live", OPERATOR), 404, "unknown_product", false);
        Problems.assertProblem(service.get("/api/products/x/live", OPERATOR), 404, "unknown_product", false);
        Problems.assertProblemWithField(
                service.get("/api/products/1/live?after=yesterday", OPERATOR), 422, "invalid_field", "after");
    }

    @Test
    void the_books_are_checked_once_for_all_who_ask_within_ten_seconds() {
        AtomicInteger checks = new AtomicInteger();
        service.fakes.checkConservation = () -> {
            checks.incrementAndGet();
            return List.of(new Conservation(SNEAKER, 10, 8, 1, 0, 0), new Conservation(SHIRT, 5, 0, 3, 2, 1));
        };

        Answer first = service.get("/api/audit", OPERATOR);
        Answer second = service.get("/api/audit", OPERATOR);
        service.now = service.now.plusSeconds(10);
        service.fakes.checkConservation = List::of;
        Answer third = service.get("/api/audit", OPERATOR);

        assertThat(checks).hasValue(1);
        assertThat(first.json().get("ok").asBoolean()).isFalse();
        assertThat(first.json()
                        .get("products")
                        .valueStream()
                        .map(row -> row.get("to_do").asString()))
                .containsExactly("repair", "raise_stock_or_give_back");
        assertThat(first.json()
                        .get("products")
                        .valueStream()
                        .map(row -> row.get("due").asInt()))
                .containsExactly(9, -1);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(third.body()).isEqualTo("{\"at\":\"2026-11-22T10:00:10Z\",\"ok\":true,\"products\":[]}");
    }

    private static Reading reading(Instant at, int available, int held) {
        return new Reading(
                at,
                Duration.ofSeconds(2),
                Map.of(
                        SNEAKER, new ProductPieces(SNEAKER, 10, available, held, 0),
                        SHIRT, new ProductPieces(SHIRT, 5, 1, 1, 1)),
                Map.of(
                        SNEAKER, new Counts(9, 0, Map.of("sold_out", 5L)),
                        SHIRT, new Counts(0, 1, Map.of("all_held", 1L))),
                Optional.of(new Answers(15, 1.5, 20)));
    }
}
