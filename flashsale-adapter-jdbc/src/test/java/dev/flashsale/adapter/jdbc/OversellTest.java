package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many buyers on the last pieces, through two nodes on one database; and the same without the lock. */
@Timeout(120)
class OversellTest {

    private static final int PIECES = 10;
    private static final int BUYERS = 60;
    private static final int CANARY_ROUNDS = 100;

    /** Every buyer a transaction, a node for nearly each: what the lock alone has to stand. */
    private static final int MANY_NODES = 32;

    private static final Settings ONE_BY_ONE = Settings.builder()
            .holdTtl(Duration.ofMinutes(2))
            .paymentDeadline(Duration.ofMinutes(15))
            .expiryBatch(500)
            .groupCommit(new GroupCommitBounds(1, 1, 4096, Duration.ofSeconds(20)))
            .readMemory(Duration.ZERO)
            .soldOutMemory(Duration.ZERO)
            .paymentKeep(Duration.ofDays(7))
            .build();

    private final HikariDataSource firstPool = TestDatabase.get().newPool(16);
    private final HikariDataSource secondPool = TestDatabase.get().newPool(16);

    @AfterEach
    void close() {
        firstPool.close();
        secondPool.close();
    }

    @RepeatedTest(5)
    void exactlyWhatThereIsIsHeldInBatches() throws Exception {
        assertExact(
                sellOut(2, Settings.defaults(), Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool))));
    }

    /** Many batches of several nodes that take the same row from one another, and insert before they lock it. */
    @RepeatedTest(3)
    void exactlyWhatThereIsIsHeldByNodesThatContend() throws Exception {
        Conservation books = sellOut(
                4,
                1_000,
                1_500,
                Settings.defaults(),
                Ports.of(JdbcPorts.on(firstPool)),
                Ports.of(JdbcPorts.on(secondPool)));

        assertThat(books.held()).isEqualTo(1_000);
        assertThat(books.available()).isZero();
        assertThat(books.balanced()).isTrue();
    }

    @RepeatedTest(5)
    void exactlyWhatThereIsIsHeldOneByOne() throws Exception {
        assertExact(
                sellOut(MANY_NODES, ONE_BY_ONE, Ports.of(JdbcPorts.on(firstPool)), Ports.of(JdbcPorts.on(secondPool))));
    }

    /** The canary: this very test must see what happens without the lock, or it proves nothing. */
    @Test
    void withoutTheLockMoreIsHeldThanThereIs() throws Exception {
        Ports first = Unlocked.stocks(Ports.of(JdbcPorts.on(firstPool)));
        Ports second = Unlocked.stocks(Ports.of(JdbcPorts.on(secondPool)));
        for (int round = 0; round < CANARY_ROUNDS; round++) {
            Conservation books = sellOut(MANY_NODES, ONE_BY_ONE, first, second);
            if (!books.balanced() && books.held() > PIECES) {
                return;
            }
        }
        throw new AssertionError("nothing was oversold in " + CANARY_ROUNDS + " rounds without the lock");
    }

    private static void assertExact(Conservation books) {
        assertThat(books.held()).isEqualTo(PIECES);
        assertThat(books.available()).isZero();
        assertThat(books.balanced()).isTrue();
    }

    private Conservation sellOut(int nodeCount, Settings settings, Ports first, Ports second) throws Exception {
        return sellOut(nodeCount, PIECES, BUYERS, settings, first, second);
    }

    private Conservation sellOut(
            int nodeCount, int pieces, int buyerCount, Settings settings, Ports first, Ports second) throws Exception {
        ProductId product = Examples.newProductId();
        List<Flashsale> nodes = IntStream.range(0, nodeCount)
                .mapToObj(node -> Flashsale.on(node % 2 == 0 ? first : second, settings))
                .toList();
        assertThat(nodes.get(0).products().put(Examples.product(product), pieces))
                .isNotNull();
        CyclicBarrier start = new CyclicBarrier(buyerCount);
        List<Callable<Boolean>> buyers = new ArrayList<>();
        for (int i = 0; i < buyerCount; i++) {
            Flashsale node = nodes.get(i % nodes.size());
            buyers.add(() -> {
                start.await();
                return buyUntilAnswered(node, product);
            });
        }
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            int placed = 0;
            for (Future<Boolean> answer : crowd.invokeAll(buyers)) {
                placed += answer.get() ? 1 : 0;
            }
            Conservation books = PORTS.audits().audit().products().stream()
                    .filter(row -> row.productId().equals(product))
                    .findFirst()
                    .orElseThrow();
            assertThat(books.held()).as("what was answered is what is stored").isEqualTo(placed);
            return books;
        }
    }

    private static boolean buyUntilAnswered(Flashsale node, ProductId product) {
        while (true) {
            try {
                HoldOutcome outcome =
                        node.holds().place(new HoldRequest(node.holds().newId(), product, new Quantity(1)));
                return outcome instanceof HoldOutcome.Placed;
            } catch (Busy busy) {
                Thread.onSpinWait();
            }
        }
    }
}
