package dev.flashsale.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flashsale.adapter.rest.LiveSale.Counts;
import dev.flashsale.adapter.rest.LiveSale.Reading;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.SaleListener;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveReadingsTest {

    private static final ProductId SNEAKER = new ProductId(1);
    private static final ProductId SHIRT = new ProductId(2);
    private static final SaleListener.Batch BATCH =
            new SaleListener.Batch(SaleListener.Kind.HOLD, 1, Duration.ofMillis(1));

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpMetrics http = new HttpMetrics(registry);
    private final ProductCounts counts = new ProductCounts();
    private final LiveReadings live = new LiveReadings("node-1", counts, new AnswerTimes(registry), () -> now);

    private Reading read(Duration later) {
        now = now.plus(later);
        live.add(List.of(new ProductPieces(SNEAKER, 10, 4, 3, 2)));
        return live.course().getLast();
    }

    @Test
    void a_reading_has_what_was_decided_for_each_product_since_the_one_before() {
        counts.refusedFromMemory(new HoldOutcome.SoldOut(SNEAKER));
        Reading first = read(Duration.ZERO);

        HoldId hold = Examples.newHoldId();
        Lines both = new Lines(List.of(new Item(SNEAKER, new Quantity(2)), new Item(SHIRT, new Quantity(1))));
        counts.holds(
                BATCH,
                List.of(
                        new HoldOutcome.Placed(hold, both, now),
                        new HoldOutcome.AlreadyHeld(hold, both, now),
                        new HoldOutcome.UnknownProduct(new ProductId(99)),
                        new HoldOutcome.AllHeld(SNEAKER, Duration.ofSeconds(1)),
                        new HoldOutcome.LinesShort(List.of(
                                new HoldOutcome.SoldOut(SNEAKER), new HoldOutcome.InsufficientStock(SHIRT, 1)))));
        counts.orders(BATCH, List.of(new OrderOutcome.UnknownHold(hold)));
        Reading second = read(Duration.ofSeconds(2));
        Reading third = read(Duration.ofSeconds(5));

        assertThat(first.over()).isZero();
        assertThat(second.over()).isEqualTo(Duration.ofSeconds(2));
        assertThat(second.counts())
                .isEqualTo(Map.of(
                        SNEAKER, new Counts(1, 0, Map.of("all_held", 1L, "sold_out", 1L)),
                        SHIRT, new Counts(1, 0, Map.of("insufficient_stock", 1L))));
        assertThat(second.counts().get(SNEAKER).refusals()).isEqualTo(2);
        assertThat(third.counts()).isEmpty();
        assertThat(third.over()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void how_long_new_holds_took_is_told_of_those_since_the_reading_before() {
        for (int i = 0; i < 98; i++) {
            http.of("POST", "/api/holds").answered(201, TimeUnit.MILLISECONDS.toNanos(7));
        }
        http.of("POST", "/api/holds").answered(409, TimeUnit.MILLISECONDS.toNanos(80));
        http.of("POST", "/api/holds").answered(503, TimeUnit.MILLISECONDS.toNanos(80));
        http.of("GET", "/api/products/{id}").answered(200, TimeUnit.SECONDS.toNanos(3));
        Reading slow = read(Duration.ZERO);
        http.of("POST", "/api/holds").answered(201, TimeUnit.SECONDS.toNanos(30));
        Reading slower = read(Duration.ofSeconds(2));
        Reading none = read(Duration.ofSeconds(2));

        assertThat(slow.answers()).hasValueSatisfying(answers -> {
            assertThat(answers.count()).isEqualTo(100);
            assertThat(answers.p50Millis()).isBetween(5.0, 10.0);
            assertThat(answers.p99Millis()).isEqualTo(75, within(1e-6));
        });
        assertThat(slower.answers()).hasValueSatisfying(answers -> {
            assertThat(answers.count()).isEqualTo(1);
            assertThat(answers.p50Millis()).as("no more than the last bound").isEqualTo(5000);
        });
        assertThat(none.answers()).isEmpty();
    }

    @Test
    void it_keeps_as_many_readings_as_it_says() {
        for (int i = 0; i < LiveReadings.MOST_READINGS + 5; i++) {
            read(Duration.ofSeconds(1));
        }
        assertThat(live.course()).hasSize(LiveReadings.MOST_READINGS);

        Reading last = read(LiveReadings.KEPT_FOR.plusSeconds(1));
        assertThat(live.course()).containsExactly(last);
    }

    @Test
    void it_counts_for_as_many_products_as_it_says() {
        for (int id = 1; id <= ProductCounts.MOST + 5; id++) {
            counts.refusedFromMemory(new HoldOutcome.SoldOut(new ProductId(id)));
        }
        counts.refusedFromMemory(new HoldOutcome.SoldOut(SNEAKER));

        Map<ProductId, Counts> taken = counts.take();
        assertThat(taken).hasSize(ProductCounts.MOST);
        assertThat(taken.get(SNEAKER).refusals()).isEqualTo(2);
    }

    @Test
    void it_knows_who_looks_until_nobody_has_for_a_while() {
        assertThat(live.isLookedAt()).isFalse();
        assertThat(live.course()).isEmpty();
        assertThat(live.isLookedAt()).isTrue();
        assertThat(live.expiring(SNEAKER)).isEmpty();
        live.showExpiring(Map.of(SNEAKER, List.of(new ExpiringPieces(Duration.ZERO, 3, 2))));
        for (int id = 1; id <= LiveReadings.MOST_LOOKED_AT + 5; id++) {
            assertThat(live.expiring(new ProductId(id)).isPresent()).isEqualTo(id == 1);
        }
        assertThat(live.productsLookedAt()).contains(SNEAKER).hasSize(LiveReadings.MOST_LOOKED_AT);

        now = now.plus(LiveReadings.LOOKED_AT_FOR);
        assertThat(live.isLookedAt()).isFalse();
        assertThat(live.productsLookedAt()).isEmpty();
    }
}
