package dev.flashsale.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Probes.MetricsFormat;
import dev.flashsale.app.metrics.Metrics;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.webhook.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatcherTest {

    private static final ProductPieces SNEAKER = new ProductPieces(new ProductId(1), 10, 4, 3, 2);
    private static final ProductPieces SHIRT = new ProductPieces(new ProductId(2), 7, 7, 0, 0);

    private final Metrics metrics = new Metrics("node-1");
    private final AtomicLong nanos = new AtomicLong();
    private boolean ready = true;
    private List<ProductPieces> pieces = List.of(SNEAKER);
    private Map<EndpointId, Long> waiting = Map.of();
    private Duration takes = Duration.ZERO;
    private int readings;
    private final List<ProductId> expiringRead = new ArrayList<>();

    private final Watcher watcher =
            new Watcher(() -> ready, this::read, this::expiring, () -> waiting, metrics, true, nanos::get);

    private List<ProductPieces> read() {
        readings++;
        nanos.addAndGet(takes.toNanos());
        if (!ready) {
            throw new IllegalStateException("no database");
        }
        return pieces;
    }

    private List<ExpiringPieces> expiring(ProductId id) {
        expiringRead.add(id);
        return List.of(new ExpiringPieces(Duration.ZERO, 3, 2));
    }

    private String turn() {
        nanos.addAndGet(watcher.turn().toNanos());
        return metrics.scrape(MetricsFormat.TEXT);
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void tells_where_the_pieces_of_the_products_are_that_were_read_and_of_no_others() {
        assertThat(turn())
                .contains(
                        "flashsale_product_pieces{product=\"1\",state=\"available\"} 4.0",
                        "flashsale_product_pieces{product=\"1\",state=\"held\"} 3.0",
                        "flashsale_product_pieces{product=\"1\",state=\"pending\"} 2.0",
                        "flashsale_product_pieces{product=\"1\",state=\"paid\"} 1.0",
                        "flashsale_product_stock{product=\"1\"} 10.0",
                        "flashsale_ready 1.0");

        pieces = List.of(new ProductPieces(SNEAKER.productId(), 10, 3, 4, 2), SHIRT);
        assertThat(turn())
                .contains(
                        "flashsale_product_pieces{product=\"1\",state=\"held\"} 4.0",
                        "flashsale_product_stock{product=\"2\"} 7.0");

        pieces = List.of(SHIRT);
        assertThat(turn())
                .contains("flashsale_product_stock{product=\"2\"} 7.0")
                .doesNotContain("product=\"1\"");
    }

    @Test
    void tells_how_many_events_wait_for_the_endpoints_that_there_are() {
        assertThat(turn()).doesNotContain("flashsale_endpoint_waiting{");

        waiting = Map.of(new EndpointId(3), 17L);
        assertThat(turn()).contains("flashsale_endpoint_waiting{endpoint=\"3\"} 17.0");

        waiting = Map.of(new EndpointId(3), 2L);
        assertThat(turn()).contains("flashsale_endpoint_waiting{endpoint=\"3\"} 2.0");

        ready = false;
        assertThat(turn()).doesNotContain("flashsale_endpoint_waiting{");
    }

    /** The pieces that are shown are those of the stock that is shown, however often they are read meanwhile. */
    @Test
    void a_scrape_is_of_one_reading() throws Exception {
        metrics.showProducts(List.of(new ProductPieces(SNEAKER.productId(), 10, 10, 0, 0)));
        AtomicBoolean enough = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            for (long stock = 10; !enough.get(); stock = 1010 - stock) {
                metrics.showProducts(List.of(new ProductPieces(SNEAKER.productId(), stock, stock, 0, 0)));
            }
        });

        try {
            for (int i = 0; i < 200; i++) {
                String scrape = metrics.scrape(MetricsFormat.TEXT);
                assertThat(number("flashsale_product_pieces{product=\"1\",state=\"available\"}", scrape))
                        .isEqualTo(number("flashsale_product_stock{product=\"1\"}", scrape));
            }
        } finally {
            enough.set(true);
            reader.join();
        }
    }

    private static String number(String series, String scrape) {
        int at = scrape.indexOf(series) + series.length();
        return scrape.substring(at, scrape.indexOf('\n', at));
    }

    @Test
    void a_database_that_is_away_leaves_nothing_to_see_but_when_it_was_last_read() {
        assertThat(turn()).contains("flashsale_product_pieces{");
        ready = false;

        assertThat(turn())
                .contains("flashsale_ready 0.0")
                .doesNotContain("flashsale_product_pieces{", "flashsale_product_stock{")
                .containsPattern("flashsale_product_pieces_timestamp_seconds 1\\.\\d+E9");

        ready = true;
        assertThat(turn()).contains("flashsale_ready 1.0", "flashsale_product_pieces{");
    }

    @Test
    void reading_takes_a_twentieth_of_the_time_at_most() {
        takes = Duration.ofSeconds(1);

        for (int i = 0; i < 20; i++) {
            assertThat(turn()).contains("flashsale_product_pieces{");
        }

        assertThat(readings).isLessThanOrEqualTo(6);
    }

    @Test
    void while_somebody_looks_it_reads_more_often_and_what_expires_soon_of_what_is_looked_at() {
        Duration unseen = watcher.turn();
        assertThat(metrics.live().course()).hasSize(1);
        assertThat(metrics.live().expiring(SNEAKER.productId())).isEmpty();
        assertThat(expiringRead).isEmpty();

        Duration seen = watcher.turn();

        assertThat(seen).isLessThan(unseen);
        assertThat(expiringRead).containsExactly(SNEAKER.productId());
        assertThat(metrics.live().expiring(SNEAKER.productId()))
                .contains(List.of(new ExpiringPieces(Duration.ZERO, 3, 2)));
        assertThat(metrics.live().course())
                .hasSize(2)
                .last()
                .satisfies(reading -> assertThat(reading.pieces()).containsEntry(SNEAKER.productId(), SNEAKER));
    }

    @Test
    void a_database_that_is_away_leaves_a_reading_without_pieces() {
        ready = false;
        Duration unused = watcher.turn();

        assertThat(metrics.live().course())
                .singleElement()
                .satisfies(reading -> assertThat(reading.pieces()).isEmpty());
    }

    @Test
    void watches_until_it_is_stopped_and_not_where_nobody_can_see_it() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        Watcher running = new Watcher(
                () -> true,
                () -> {
                    read.countDown();
                    return List.of();
                },
                this::expiring,
                Map::of,
                metrics,
                true,
                System::nanoTime);
        Watcher unseen = new Watcher(() -> true, List::of, this::expiring, Map::of, metrics, false, System::nanoTime);

        running.start();
        unseen.start();
        read.await();

        assertThat(running.isRunning()).isTrue();
        assertThat(unseen.isRunning()).isFalse();
        running.stop();
        assertThat(running.isRunning()).isFalse();
    }
}
