package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many holds of one product expire in the same moment; {@code -Dflashsale.expiring=100000} makes it that many. No buyer
 * is told to come back ({@code Busy} would fail the test) or kept waiting for long.
 */
@Timeout(300)
class BulkExpiryTest {

    private static final int EXPIRING = Integer.getInteger("flashsale.expiring", 20_000);
    private static final int BUYERS = 8;

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(BUYERS + 2);
    private final Ports ports = Ports.of(JdbcPorts.on(pool));
    private final Flashsale flashsale = Flashsale.on(ports, Settings.defaults());
    private final ProductId product = new ProductId(1);
    private final AtomicBoolean swept = new AtomicBoolean();

    private record Bought(int pieces, List<Duration> waits) {}

    @BeforeEach
    void open() {
        Schema.migrate(pool);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void allPiecesReturnWhileBuyersFindEnough() throws Exception {
        expireAtOnce(EXPIRING / 2);

        Bought bought = buyWhileSweeping(1);

        assertBooks(bought, EXPIRING + EXPIRING / 2);
    }

    /** Everything is in the holds that expired, so every buyer has to reclaim what it takes. */
    @Test
    void allPiecesReturnWhileBuyersHaveToReclaimThem() throws Exception {
        expireAtOnce(0);

        Bought bought = buyWhileSweeping(2);

        assertBooks(bought, EXPIRING);
    }

    private void assertBooks(Bought bought, int total) {
        Conservation books = ports.audits().audit().products().getFirst();
        assertThat(books.balanced()).isTrue();
        assertThat(books.total()).isEqualTo(total);
        assertThat(books.held()).as("what was answered is what is stored").isEqualTo(bought.pieces());
        assertThat(books.available()).isEqualTo(total - bought.pieces());
        assertThat(bought.waits()).as("buyers were served meanwhile").isNotEmpty();
    }

    private Bought buyWhileSweeping(int nodes) throws Exception {
        List<Duration> waits = new ArrayList<>();
        int pieces = 0;
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Bought>> buyers = Stream.generate(() -> crowd.submit(this::buyUntilSwept))
                    .limit(BUYERS)
                    .toList();
            List<Future<Integer>> sweepers = Stream.generate(() -> crowd.submit(this::sweep))
                    .limit(nodes)
                    .toList();
            for (Future<Integer> sweeper : sweepers) {
                assertThat(sweeper.get()).isPositive();
            }
            while (flashsale.housekeeping().expireHolds() > 0) {
                // What two sweepers kept from each other.
            }
            swept.set(true);
            for (Future<Bought> buyer : buyers) {
                waits.addAll(buyer.get().waits());
                pieces += buyer.get().pieces();
            }
        }
        return new Bought(pieces, waits);
    }

    private int sweep() {
        int ended = 0;
        int pass;
        do {
            pass = flashsale.housekeeping().expireHolds();
            ended += pass;
        } while (pass > 0);
        return ended;
    }

    private Bought buyUntilSwept() {
        List<Duration> waits = new ArrayList<>();
        int pieces = 0;
        do {
            long begin = System.nanoTime();
            HoldOutcome outcome =
                    flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), product, new Quantity(1)));
            waits.add(Duration.ofNanos(System.nanoTime() - begin));
            pieces += outcome instanceof HoldOutcome.Placed ? 1 : 0;
        } while (!swept.get());
        return new Bought(pieces, waits);
    }

    private void expireAtOnce(int left) {
        Instant moment = OnTestDatabase.now().minusMillis(1);
        assertThat(flashsale.products().put(Examples.product(product), EXPIRING + left))
                .isNotNull();
        for (int from = 0; from < EXPIRING; from += 1000) {
            List<ActiveHold> holds = Stream.generate(() -> new ActiveHold(
                            flashsale.holds().newId(), Lines.of(product, new Quantity(1)), moment, null, 0))
                    .limit(Math.min(1000, EXPIRING - from))
                    .toList();
            ports.holds().insert(holds);
        }
        ports.stocks().save(List.of(new Stock(product, EXPIRING + left, left)));
    }
}
