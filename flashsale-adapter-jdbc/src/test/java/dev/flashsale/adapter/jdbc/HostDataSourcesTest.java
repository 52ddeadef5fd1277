package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.Trouble;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a host puts between its transaction manager, Flashsale and the database. */
@Timeout(180)
class HostDataSourcesTest {

    private static final Settings SETTINGS = Settings.defaults().withoutMemory();

    /** As HikariCP, Spring Boot and MySQL have them by default: autoCommit, REPEATABLE READ. */
    private static final HikariDataSource POOL = pool(true, TestDatabase.get());

    private final ProductId product = Examples.newProductId();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static HikariDataSource pool(boolean autoCommit, TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url() + "?allowPublicKeyRetrieval=true&sessionVariables=innodb_lock_wait_timeout=2");
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(1);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @BeforeEach
    void stock() {
        stock(POOL, 10);
    }

    private void stock(DataSource database, int total) {
        assertThat(Flashsale.on(JdbcPorts.on(database), SETTINGS).products().put(Examples.product(product), total))
                .isNotNull();
    }

    // Layers of DataSources.

    /** What the transaction manager has and what Flashsale has. */
    enum Layers {
        SAME,
        LIBRARY_ON_LAZY,
        MANAGER_ON_LAZY,
        LIBRARY_ON_PROXY,
        MANAGER_ON_PROXY,
        BOTH_ON_PROXIES,
        PROXY_AROUND_LAZY,
        LIBRARY_ON_TRANSACTION_AWARE;

        DataSource library() {
            return switch (this) {
                case SAME, MANAGER_ON_LAZY, MANAGER_ON_PROXY -> POOL;
                case LIBRARY_ON_LAZY -> new LazyConnectionDataSourceProxy(POOL);
                case LIBRARY_ON_PROXY, BOTH_ON_PROXIES -> proxy(POOL);
                case PROXY_AROUND_LAZY -> proxy(new LazyConnectionDataSourceProxy(POOL));
                case LIBRARY_ON_TRANSACTION_AWARE -> new TransactionAwareDataSourceProxy(POOL);
            };
        }

        DataSource manager() {
            return switch (this) {
                case SAME, LIBRARY_ON_LAZY, LIBRARY_ON_PROXY, PROXY_AROUND_LAZY, LIBRARY_ON_TRANSACTION_AWARE -> POOL;
                case MANAGER_ON_LAZY -> new LazyConnectionDataSourceProxy(POOL);
                case MANAGER_ON_PROXY, BOTH_ON_PROXIES -> proxy(POOL);
            };
        }
    }

    /** As p6spy and datasource-proxy do it: known by what it unwraps to. */
    private static DataSource proxy(DataSource inside) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, called, given) -> {
                    try {
                        return switch (called.getName()) {
                            case "equals" -> proxy == given[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> called.invoke(inside, given);
                        };
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionIsJoinedThroughWhateverIsBetween(Layers layers) {
        PlatformTransactionManager manager = new JdbcTransactionManager(layers.manager());
        DataSource library = layers.library();
        for (Transactions ports : List.of(JdbcPorts.on(library), JdbcPorts.on(library, manager))) {
            Flashsale flashsale = Flashsale.on(ports, SETTINGS);
            HoldRequest undone = request(flashsale);
            HoldRequest done = request(flashsale);

            new TransactionTemplate(manager).executeWithoutResult(status -> {
                placed(flashsale, undone);
                status.setRollbackOnly();
            });
            new TransactionTemplate(manager).executeWithoutResult(status -> placed(flashsale, done));

            assertThat(isThere(undone)).isFalse();
            assertThat(isThere(done)).isTrue();
        }
    }

    @Test
    void aTransactionOnTheOtherSideOfARoutingDataSourceIsRefused() {
        DataSource routing = routing(() -> null, Map.of("only", POOL), POOL);
        Flashsale flashsale = Flashsale.on(JdbcPorts.on(POOL), SETTINGS);

        assertThatThrownBy(() -> new TransactionTemplate(new JdbcTransactionManager(routing))
                        .execute(status -> flashsale.holds().place(request(flashsale))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("routing");
    }

    @Test
    void aRoutingDataSourceOnBothSidesIsJoined() {
        DataSource routing = routing(() -> null, Map.of("only", POOL), POOL);
        PlatformTransactionManager manager = new JdbcTransactionManager(routing);
        Flashsale flashsale = Flashsale.on(
                JdbcPorts.builder(routing)
                        .transactionManager(manager)
                        .tenants(() -> null)
                        .build(),
                SETTINGS);
        HoldRequest undone = request(flashsale);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            placed(flashsale, undone);
            status.setRollbackOnly();
        });

        assertThat(isThere(undone)).isFalse();
    }

    @Test
    void whatCannotBeRightIsRefusedAtTheStart() {
        assertThatThrownBy(() -> JdbcPorts.on(routing(() -> null, Map.of("only", POOL), POOL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenants");
        assertThatThrownBy(() -> JdbcPorts.on(new DelegatingDataSource(new TransactionAwareDataSourceProxy(POOL))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TransactionAwareDataSourceProxy");
        assertThatThrownBy(() -> JdbcPorts.on(new SingleConnectionDataSource()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pool");
    }

    // Transactions of other managers.

    @Test
    void aTransactionOfAnotherDatabaseIsNotOurs() {
        try (HikariDataSource ours = pool(false, TestDatabase.get());
                HikariDataSource theirs = pool(true, TestDatabase.get().withNewSchema())) {
            Flashsale flashsale = Flashsale.on(JdbcPorts.on(ours), SETTINGS);
            HoldRequest first = request(flashsale);
            HoldRequest second = request(flashsale);
            placed(flashsale, first);

            new TransactionTemplate(new JdbcTransactionManager(theirs)).executeWithoutResult(status -> {
                // What Spring binds for the length of their transaction looks like one of ours.
                assertThat(new JdbcTemplate(ours).queryForObject("select 1", Integer.class))
                        .isEqualTo(1);
                assertThat(flashsale.products().view(product)).isPresent();
                assertThat(flashsale.holds().release(first.holdId())).isInstanceOf(ReleaseOutcome.Released.class);
                placed(flashsale, second);
                assertThat(isThere(second)).as("committed when it returns").isTrue();
                status.setRollbackOnly();
            });

            assertThat(isThere(second)).isTrue();
            assertThat(new JdbcTemplate(POOL)
                            .queryForObject(
                                    "select available from flashsale_stock where product_id = " + product,
                                    Integer.class))
                    .isEqualTo(9);
        }
    }

    /** Where a pool commits nothing by itself, what is written on a connection whose transaction is over is lost. */
    @Test
    void whatIsCalledAfterACommitIsCommittedByItself() {
        try (HikariDataSource pool = pool(false, TestDatabase.get())) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            Flashsale flashsale = Flashsale.on(JdbcPorts.on(pool, manager), SETTINGS);
            HoldRequest afterwards = request(flashsale);

            new TransactionTemplate(manager)
                    .executeWithoutResult(status ->
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void afterCommit() {
                                    placed(flashsale, afterwards);
                                }
                            }));

            assertThat(isThere(afterwards)).isTrue();
        }
    }

    /** Binds a connection as a JpaTransactionManager does: without saying that a transaction is on it. */
    private static final class JpaLike extends AbstractPlatformTransactionManager {

        private final DataSource dataSource;

        JpaLike(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            try {
                Connection connection = dataSource.getConnection();
                connection.setAutoCommit(false);
                TransactionSynchronizationManager.bindResource(
                        dataSource, new ConnectionHolder((ConnectionHandle) () -> connection));
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        private Connection connection() {
            return ((ConnectionHolder) TransactionSynchronizationManager.getResource(dataSource)).getConnection();
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            try {
                connection().commit();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                connection().rollback();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        protected void doCleanupAfterCompletion(Object transaction) {
            try (Connection connection = connection()) {
                TransactionSynchronizationManager.unbindResource(dataSource);
                connection.setAutoCommit(true);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @Test
    void aManagerThatMarksNothingIsJoinedAndCannotCommitHalfOfIt() {
        JpaLike manager = new JpaLike(POOL);
        Transactions ports = JdbcPorts.on(POOL, manager);
        Flashsale flashsale = Flashsale.on(ports, SETTINGS);
        HoldRequest undone = request(flashsale);
        HoldRequest done = request(flashsale);
        HoldRequest lost = request(flashsale);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            placed(flashsale, undone);
            status.setRollbackOnly();
        });
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            placed(flashsale, done);
            assertThatThrownBy(() -> ports.run(tx -> {
                        tx.holds().expire(tx.holds().lockExpired(product, 1));
                        throw new SqlFailure(new SQLException("Lock wait timeout exceeded", "40001", 1205));
                    }))
                    .isInstanceOf(Busy.class);
        });
        assertThatThrownBy(() -> new TransactionTemplate(manager).executeWithoutResult(status -> {
                    placed(flashsale, lost);
                    assertThatThrownBy(() -> ports.run(tx -> {
                                try {
                                    manager.connection().createStatement().execute("rollback");
                                } catch (SQLException failed) {
                                    throw new IllegalStateException(failed);
                                }
                                throw new SqlFailure(new SQLException("Deadlock found", "40001", 1213));
                            }))
                            .isInstanceOf(Busy.class);
                    new JdbcTemplate(POOL).update("update flashsale_product set name = 'half' where id = " + product);
                }))
                .isInstanceOf(Busy.class);

        assertThat(isThere(undone)).isFalse();
        assertThat(isThere(done)).isTrue();
        assertThat(isThere(lost)).isFalse();
        assertThat(new JdbcTemplate(POOL)
                        .queryForObject("select name from flashsale_product where id = " + product, String.class))
                .isNotEqualTo("half");
    }

    // Strangers.

    /** Buyers come while hosts of the same library roll back; on a DataSource that takes part in whatever the thread has. */
    @Test
    void aBatchTakesPartInNobodysTransaction() throws Exception {
        assertThat(strangersLost(JdbcPorts.on(new TransactionAwareDataSourceProxy(POOL))))
                .isZero();
    }

    @Test
    void onADataSourceThatTakesPartStrangersAreLost() throws Exception {
        DataSource aware = new TransactionAwareDataSourceProxy(POOL);

        // As it would be if nothing looked at what it is given.
        Transactions careless = new JdbcTransactions(aware, new CallersTransactions(aware, null, false), () -> null);

        assertThat(strangersLost(careless)).isPositive();
    }

    private long strangersLost(Transactions ports) throws Exception {
        stock(POOL, 1_000_000);
        Flashsale flashsale = Flashsale.on(ports, SETTINGS);
        TransactionTemplate host = new TransactionTemplate(new JdbcTransactionManager(POOL));
        Set<HoldId> told = ConcurrentHashMap.newKeySet();
        Set<HoldId> undone = ConcurrentHashMap.newKeySet();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        List<Callable<Object>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(until(end, () -> {
                HoldRequest request = request(flashsale);
                if (flashsale.holds().place(request) instanceof HoldOutcome.Placed) {
                    told.add(request.holdId());
                }
            }));
            all.add(until(
                    end,
                    () -> host.executeWithoutResult(status -> {
                        status.setRollbackOnly();
                        HoldRequest request = request(flashsale);
                        if (flashsale.holds().place(request) instanceof HoldOutcome.Placed) {
                            undone.add(request.holdId());
                        }
                    })));
        }
        runAll(all, Executors.newFixedThreadPool(all.size()));
        assertThat(told).isNotEmpty();
        Set<String> there = stored();
        return told.stream().filter(id -> !there.contains(hex(id))).count()
                + undone.stream().filter(id -> there.contains(hex(id))).count();
    }

    // Isolation and locks.

    /** Hosts at MySQL's default, each with a product of its own: nothing that they look up may lock the others out. */
    @Test
    void hostsAtRepeatableReadDoNotDeadlock() throws Exception {
        AtomicInteger busy = new AtomicInteger();
        TransactionTemplate host = new TransactionTemplate(new JdbcTransactionManager(POOL));
        Flashsale flashsale = Flashsale.on(JdbcPorts.on(POOL), SETTINGS);
        List<Callable<Object>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ProductId own = Examples.newProductId();
            assertThat(flashsale.products().put(Examples.product(own), 1000)).isNotNull();
            all.add(() -> {
                for (int round = 0; round < 40; round++) {
                    HoldRequest request = new HoldRequest(flashsale.holds().newId(), own, new Quantity(1));
                    try {
                        host.executeWithoutResult(status -> {
                            placed(flashsale, request);
                            placed(flashsale, request);
                            assertThat(flashsale
                                            .holds()
                                            .place(
                                                    new HoldRequest(
                                                            flashsale.holds().newId(), own, new Quantity(1)),
                                                    Examples.newIdempotencyKey()))
                                    .isNotNull();
                        });
                    } catch (Busy contended) {
                        busy.incrementAndGet();
                    }
                }
                return own;
            });
        }
        runAll(all, Executors.newFixedThreadPool(all.size()));

        assertThat(busy).as("of 320").hasValueLessThan(4);
    }

    // Tenants.

    private static final ThreadLocal<@Nullable String> TENANT = new ThreadLocal<>();

    @Test
    void requestsOfTwoTenantsNeverShareATransaction() throws Exception {
        assertThat(holdsInTheWrongDatabase(true)).isZero();
    }

    @Test
    void withoutSayingWhatTellsThemApartTheyDo() throws Exception {
        assertThat(holdsInTheWrongDatabase(false)).isPositive();
    }

    private long holdsInTheWrongDatabase(boolean toldApart) throws Exception {
        List<TestDatabase> databases =
                List.of(TestDatabase.get().withNewSchema(), TestDatabase.get().withNewSchema());
        try (HikariDataSource a = databases.get(0).newPool(8);
                HikariDataSource b = databases.get(1).newPool(8)) {
            Map<String, DataSource> pools = Map.of("a", a, "b", b);
            for (DataSource pool : pools.values()) {
                Schema.migrate(pool);
                stock(pool, 1_000_000);
            }
            Flashsale flashsale = Flashsale.on(
                    JdbcPorts.builder(routing(TENANT::get, pools, null))
                            .tenants(toldApart ? TENANT::get : () -> null)
                            .build(),
                    SETTINGS);
            Map<String, Set<HoldId>> told =
                    Map.of("a", ConcurrentHashMap.newKeySet(), "b", ConcurrentHashMap.newKeySet());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String tenant = i % 2 == 0 ? "a" : "b";
                all.add(() -> {
                    TENANT.set(tenant);
                    return until(end, () -> {
                                HoldRequest request = request(flashsale);
                                if (flashsale.holds().place(request) instanceof HoldOutcome.Placed) {
                                    told.get(tenant).add(request.holdId());
                                }
                            })
                            .call();
                });
            }
            runAll(all, Executors.newFixedThreadPool(all.size()));
            long wrong = 0;
            for (Map.Entry<String, Set<HoldId>> of : told.entrySet()) {
                assertThat(of.getValue()).isNotEmpty();
                Set<String> there = stored(pools.get(of.getKey()));
                wrong += of.getValue().stream()
                        .filter(id -> !there.contains(hex(id)))
                        .count();
            }
            return wrong;
        }
    }

    private static DataSource routing(
            Supplier<@Nullable Object> key, Map<?, DataSource> targets, @Nullable DataSource otherwise) {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected @Nullable Object determineCurrentLookupKey() {
                return key.get();
            }
        };
        routing.setTargetDataSources(Map.copyOf(targets));
        if (otherwise != null) {
            routing.setDefaultTargetDataSource(otherwise);
        }
        routing.afterPropertiesSet();
        return routing;
    }

    // Interrupts.

    /** As HikariCP, which keeps the thread's flag, and as a pool that clears it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsInterruptedWhileWaitingForThePoolWaitsOn(boolean keepsFlag) {
        AtomicInteger interrupts = new AtomicInteger(3);
        Flashsale flashsale = Flashsale.on(JdbcPorts.on(interrupted(interrupts, keepsFlag)), SETTINGS);

        placed(flashsale, request(flashsale));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupts).hasNegativeValue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsInterruptedWithoutEndIsToldToComeBack(boolean keepsFlag) {
        Flashsale flashsale =
                Flashsale.on(JdbcPorts.on(interrupted(new AtomicInteger(Integer.MAX_VALUE), keepsFlag)), SETTINGS);

        assertThatThrownBy(() -> flashsale.holds().place(request(flashsale)))
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.trouble()).isEqualTo(Trouble.NO_CONNECTION));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static DataSource interrupted(AtomicInteger interrupts, boolean keepsFlag) {
        return new DelegatingDataSource(POOL) {
            @Override
            public Connection getConnection() throws SQLException {
                if (interrupts.getAndDecrement() > 0) {
                    if (keepsFlag) {
                        Thread.currentThread().interrupt();
                    }
                    throw new SQLException("interrupted while waiting for a connection", new InterruptedException());
                }
                return super.getConnection();
            }
        };
    }

    /** On a virtual thread an interrupt closes the connection in the middle of a statement, and the leader's is for many. */
    @ParameterizedTest
    @EnumSource
    void anInterruptHarmsNobodyElse(Threads threads) throws Exception {
        stock(POOL, 1_000_000);
        long seed = System.nanoTime();
        System.out.println("interrupts, seed " + seed);
        Flashsale flashsale = Flashsale.on(JdbcPorts.on(POOL), SETTINGS);
        Set<HoldId> told = ConcurrentHashMap.newKeySet();
        AtomicInteger harmed = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        // One call is interrupted this often and no more: a statement that takes longer than the pauses between two
        // interrupts would never end on a slow machine.
        int interruptsOfOneCall = 100;
        Map<Thread, Integer> interruptible = new ConcurrentHashMap<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        List<Callable<Object>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            boolean meets = i % 4 == 0;
            all.add(until(end, () -> {
                HoldRequest request = request(flashsale);
                if (meets) {
                    interruptible.put(Thread.currentThread(), interruptsOfOneCall);
                }
                try {
                    if (flashsale.holds().place(request) instanceof HoldOutcome.Placed) {
                        told.add(request.holdId());
                    }
                } catch (Busy busy) {
                    (meets ? interrupted : harmed).incrementAndGet();
                } finally {
                    if (meets) {
                        interruptible.remove(Thread.currentThread());
                        boolean unused = Thread.interrupted();
                    }
                }
            }));
        }
        SplittableRandom random = new SplittableRandom(seed);
        all.add(until(end, () -> {
            for (Thread thread : interruptible.keySet()) {
                thread.interrupt();
                interruptible.computeIfPresent(thread, (unused, left) -> left == 1 ? null : left - 1);
            }
            Thread.sleep(random.nextInt(1, 4));
        }));
        runAll(all, threads.executor());

        assertThat(harmed).as("who were not interrupted and got Busy").hasValue(0);
        Set<String> there = stored();
        assertThat(told).isNotEmpty().allMatch(id -> there.contains(hex(id)));
    }

    enum Threads {
        PLATFORM,
        VIRTUAL;

        ExecutorService executor() {
            return this == VIRTUAL ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newCachedThreadPool();
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    private static Callable<Object> until(long end, Step step) {
        return () -> {
            while (System.nanoTime() < end) {
                step.take();
            }
            return end;
        };
    }

    private static void runAll(List<Callable<Object>> all, ExecutorService threads) throws Exception {
        try (threads) {
            for (Future<Object> done : threads.invokeAll(all)) {
                assertThat(done.get()).isNotNull();
            }
        }
    }

    private HoldRequest request(Flashsale flashsale) {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(1));
    }

    private static void placed(Flashsale flashsale, HoldRequest request) {
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
    }

    private static boolean isThere(HoldRequest request) {
        return Flashsale.on(
                        JdbcPorts.builder(POOL)
                                .callersTransaction(JdbcPorts.CallersTransaction.OWN)
                                .build(),
                        SETTINGS)
                .holds()
                .view(request.holdId())
                .isPresent();
    }

    private Set<String> stored() {
        return stored(POOL);
    }

    private Set<String> stored(DataSource database) {
        return Set.copyOf(new JdbcTemplate(database)
                .queryForList("select hex(id) from flashsale_hold where product_id = " + product, String.class));
    }

    private static String hex(HoldId id) {
        return id.toString().replace("-", "").toUpperCase(Locale.ROOT);
    }
}
