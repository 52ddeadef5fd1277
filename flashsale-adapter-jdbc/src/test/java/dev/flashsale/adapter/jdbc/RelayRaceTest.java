package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.batch.AroundWork;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.webhook.EndpointOutcome;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Buyers hold and release, some in transactions that are rolled back, while relays send what is told, and die: between what
 * they send and what they write down. Each event that was committed arrives, those of a product in their order when they
 * arrive first, and no other does.
 */
@Timeout(120)
class RelayRaceTest {

    private static final int PRODUCTS = 3;
    private static final int BUYERS = 6;
    private static final int STEPS = 15;

    /** Buyers go on for as many steps at most until everybody has died who is to. */
    private static final int MAX_STEPS = 20 * STEPS;

    private static final int DEATHS = 20;

    private final TestDatabase database = TestDatabase.get().withNewSchema();
    private final long seed = ThreadLocalRandom.current().nextLong();

    @Test
    void whateverDiesWhenEachEventArrivesInItsOrder() throws Exception {
        assertThat(defect(false)).isEmpty();
    }

    /** The canary: what is written down before it is sent is lost with whoever dies between the two. */
    @Test
    void whatIsWrittenDownBeforeItIsSentIsLost() throws Exception {
        assertThat(defect(true)).contains("did not arrive");
    }

    /** What a relay and its process do until that dies. */
    private static final class Mortal extends AroundWork implements WebhookSender {

        private final List<KeptEvent> arrived;
        private final AtomicInteger deaths;
        private final SplittableRandom random;
        private final boolean lies;
        private final AtomicBoolean dead = new AtomicBoolean();

        Mortal(Transactions all, List<KeptEvent> arrived, AtomicInteger deaths, SplittableRandom random, boolean lies) {
            super(all);
            this.arrived = arrived;
            this.deaths = deaths;
            this.random = random;
            this.lies = lies;
        }

        @Override
        protected <T> Work<T> around(Work<T> work) {
            return tx -> {
                if (dead.get()) {
                    throw new IllegalStateException("dead");
                }
                return work.run(tx);
            };
        }

        @Override
        public Optional<String> refusal(URI url) {
            return Optional.empty();
        }

        @Override
        public synchronized Attempt send(URI url, List<EndpointSecret> secrets, KeptEvent event) {
            boolean dies = random.nextInt(4) == 0 && deaths.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!dead.get() && !(dies && lies)) {
                synchronized (arrived) {
                    arrived.add(event);
                }
            }
            if (dies && !lies) {
                dead.set(true);
            }
            return new Attempt(dead.get() ? 500 : 204, "", null, Duration.ZERO);
        }
    }

    private String defect(boolean lies) throws Exception {
        try (HikariDataSource pool = database.newPool(12)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            Schema.migrate(pool);
            Transactions all = JdbcPorts.on(pool, manager);
            Flashsale shop = Flashsale.on(all, Settings.defaults().withoutMemory());
            List<ProductId> products = new ArrayList<>();
            for (int i = 0; i < PRODUCTS; i++) {
                ProductId product = Examples.newProductId();
                assertThat(shop.products().put(Examples.product(product), 1000)).isNotNull();
                products.add(product);
            }
            EnumSet<EventKind> kinds = EnumSet.of(EventKind.HOLD_PLACED, EventKind.HOLD_RELEASED);
            assertThat(shop.operator(new Cause("ann", "test"))
                            .createEndpoint(URI.create("https://shop.example"), kinds))
                    .isInstanceOf(EndpointOutcome.Done.class);
            shop.events().refresh();
            List<KeptEvent> arrived = new ArrayList<>();
            AtomicInteger deaths = new AtomicInteger(DEATHS);
            AtomicBoolean over = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> relaying = threads.submit(() -> {
                    relay(all, arrived, deaths, over, lies);
                    return arrived;
                });
                List<Callable<Object>> buyers = new ArrayList<>();
                for (int i = 0; i < BUYERS; i++) {
                    SplittableRandom random = new SplittableRandom(seed + i);
                    buyers.add(() -> buy(shop, new TransactionTemplate(manager), products, random, deaths));
                }
                for (Future<Object> buyer : threads.invokeAll(buyers)) {
                    assertThat(buyer.get()).isNotNull();
                }
                over.set(true);
                relaying.get();
            }
            assertThat(deaths).hasValue(0);
            return wrong(shop, products, kinds, arrived);
        }
    }

    private static Object buy(
            Flashsale shop,
            TransactionTemplate transaction,
            List<ProductId> products,
            SplittableRandom random,
            AtomicInteger deaths) {
        for (int step = 0; step < STEPS || (deaths.get() > 0 && step < MAX_STEPS); step++) {
            HoldRequest request =
                    new HoldRequest(shop.holds().newId(), products.get(random.nextInt(PRODUCTS)), new Quantity(1));
            boolean rolledBack = random.nextInt(3) == 0;
            try {
                if (rolledBack) {
                    transaction.executeWithoutResult(status -> {
                        assertThat(shop.holds().place(request)).isNotNull();
                        status.setRollbackOnly();
                    });
                } else if (shop.holds().place(request) instanceof HoldOutcome.Placed && random.nextBoolean()) {
                    assertThat(shop.holds().release(request.holdId())).isNotNull();
                }
            } catch (Busy again) {
                // Another step does instead.
            }
        }
        return shop;
    }

    /** One relay after the other: a new one comes where one has died, and does not wait for its lease to be over. */
    private void relay(
            Transactions all, List<KeptEvent> arrived, AtomicInteger deaths, AtomicBoolean over, boolean lies)
            throws SQLException {
        boolean last;
        int node = 0;
        do {
            last = over.get();
            Mortal one = new Mortal(all, arrived, deaths, new SplittableRandom(seed - node), lies);
            Flashsale relay = Flashsale.on(one, Settings.defaults());
            int unused = relay.webhooks().sendNow(one, "node-" + node++);
            if (one.dead.get()) {
                execute("update flashsale_endpoint set relay_until = utc_timestamp(6)");
            }
            execute("update flashsale_endpoint_position set next_at = null");
        } while (!last);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String wrong(Flashsale shop, List<ProductId> products, EnumSet<EventKind> kinds, List<KeptEvent> arrived) {
        List<String> wrong = new ArrayList<>();
        for (ProductId product : products) {
            TreeMap<Long, KeptEvent> expected = new TreeMap<>();
            shop.events().after(product.value(), 0, 10_000).stream()
                    .filter(event -> kinds.contains(event.kind()))
                    .forEach(event -> expected.put(event.number(), event));
            long highest = 0;
            for (KeptEvent event : arrived) {
                if (event.product() == product.value()) {
                    if (!event.equals(expected.get(event.number()))) {
                        wrong.add(event + " was never committed");
                    } else if (event.number() > highest
                            && !Optional.ofNullable(expected.lowerKey(event.number()))
                                    .orElse(0L)
                                    .equals(highest)) {
                        wrong.add(
                                event.number() + " arrived before those in front of it, " + highest + " was the last");
                    }
                    highest = Math.max(highest, event.number());
                }
            }
            List<Long> numbers = arrived.stream()
                    .filter(event -> event.product() == product.value())
                    .map(KeptEvent::number)
                    .toList();
            expected.keySet().stream()
                    .filter(number -> !numbers.contains(number))
                    .forEach(number -> wrong.add(number + " of product " + product + " did not arrive"));
            if (expected.size() < STEPS) {
                wrong.add("too few to say something: " + expected.size());
            }
        }
        return wrong.isEmpty() ? "" : "seed " + seed + ": " + wrong;
    }
}
