package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts.CallersTransaction;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.NotSetUp;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What hosts do in transactions of theirs that the README's host does not: each is right, or refused with what to do. */
@Timeout(120)
class HostTransactionsTest {

    private static final HikariDataSource OTHER_POOL = TestDatabase.get().newPool(4);
    private static final Settings SETTINGS = Settings.defaults().withoutMemory();

    private final ProductId product = Examples.newProductId();
    private final JdbcTransactionManager manager = new JdbcTransactionManager(POOL);
    private final Transactions transactions = JdbcPorts.on(POOL, manager);
    private final Flashsale flashsale = Flashsale.on(transactions, SETTINGS);

    /** A buyer elsewhere, with connections of his own. */
    private final Flashsale stranger = Flashsale.on(
            JdbcPorts.builder(OTHER_POOL)
                    .callersTransaction(CallersTransaction.OWN)
                    .build(),
            SETTINGS);

    /** Of a host's transaction: MySQL's default, and the one that is recommended. */
    enum Isolation {
        REPEATABLE_READ(TransactionDefinition.ISOLATION_REPEATABLE_READ),
        READ_COMMITTED(TransactionDefinition.ISOLATION_READ_COMMITTED),
        SERIALIZABLE(TransactionDefinition.ISOLATION_SERIALIZABLE);

        final int level;

        Isolation(int level) {
            this.level = level;
        }
    }

    @AfterAll
    static void close() {
        OTHER_POOL.close();
    }

    @BeforeEach
    void stockOfTen() {
        put(10, SaleRules.NONE);
    }

    private void put(int total, SaleRules rules) {
        assertThat(stranger.products().put(Examples.product(product), total, rules))
                .isNotNull();
    }

    private TransactionTemplate host(Isolation isolation) {
        TransactionTemplate host = new TransactionTemplate(manager);
        host.setIsolationLevel(isolation.level);
        return host;
    }

    /** A transaction that has begun to read before the others did what they do meanwhile. */
    private <T> T afterItsSnapshot(Isolation isolation, Runnable meanwhile, Supplier<T> work) {
        return Objects.requireNonNull(host(isolation).execute(status -> {
            look();
            meanwhile.run();
            return work.get();
        }));
    }

    private static void look() {
        assertThat(new JdbcTemplate(POOL).queryForObject("select count(*) from flashsale_schema_history", Long.class))
                .isNotNull();
    }

    // What a decision rests on is what is committed now.

    @ParameterizedTest
    @EnumSource
    void aCustomersLimitHolds(Isolation isolation) {
        put(10, new SaleRules(null, 1, SaleWindow.ALWAYS));

        HoldOutcome second = afterItsSnapshot(
                isolation,
                () -> placed(stranger, ofCustomer("alice")),
                () -> flashsale.holds().place(ofCustomer("alice")));

        assertThat(second).isInstanceOf(HoldOutcome.LimitReached.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatACustomerHasOrderedCounts(Isolation isolation) {
        put(10, new SaleRules(null, 1, SaleWindow.ALWAYS));

        HoldOutcome second = afterItsSnapshot(
                isolation,
                () -> ordered(stranger, placed(stranger, ofCustomer("alice"))),
                () -> flashsale.holds().place(ofCustomer("alice")));

        assertThat(second).isInstanceOf(HoldOutcome.LimitReached.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatACustomerHasReleasedDoesNot(Isolation isolation) {
        put(10, new SaleRules(null, 1, SaleWindow.ALWAYS));
        HoldId first = placed(stranger, ofCustomer("alice"));

        HoldOutcome second = afterItsSnapshot(
                isolation,
                () -> assertThat(stranger.holds().release(first)).isInstanceOf(ReleaseOutcome.Released.class),
                () -> flashsale.holds().place(ofCustomer("alice")));

        assertThat(second).isInstanceOf(HoldOutcome.Placed.class);
    }

    @ParameterizedTest
    @EnumSource
    void anOrderThatExistsIsFound(Isolation isolation) {
        HoldId hold = placed(stranger, request(1));
        AtomicReference<@Nullable Order> first = new AtomicReference<>();

        OrderOutcome again = afterItsSnapshot(
                isolation,
                () -> first.set(ordered(stranger, hold)),
                () -> flashsale.orders().place(hold));

        assertThat(again).isEqualTo(new OrderOutcome.AlreadyPlaced(Objects.requireNonNull(first.get())));
    }

    @ParameterizedTest
    @EnumSource
    void anOrderThatExistsIsKeptUnderItsKeyAsThat(Isolation isolation) {
        HoldId hold = placed(stranger, request(1));
        IdempotencyKey key = Examples.newIdempotencyKey();

        KeyedOutcome<OrderOutcome> again = afterItsSnapshot(
                isolation,
                () -> ordered(stranger, hold),
                () -> flashsale.orders().place(hold, key));

        assertThat(again)
                .isInstanceOfSatisfying(
                        KeyedOutcome.First.class,
                        first -> assertThat(first.outcome()).isInstanceOf(OrderOutcome.AlreadyPlaced.class));
        assertThat(stranger.orders().place(hold, key))
                .isInstanceOfSatisfying(
                        KeyedOutcome.Replayed.class,
                        replayed -> assertThat(replayed.outcome()).isInstanceOf(OrderOutcome.AlreadyPlaced.class));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverHoldsTheLastPieceHasIt(Isolation isolation) {
        HoldRequest all = request(10);
        AtomicReference<@Nullable HoldOutcome> first = new AtomicReference<>();

        HoldOutcome again = afterItsSnapshot(
                isolation,
                () -> first.set(stranger.holds().place(all)),
                () -> flashsale.holds().place(all));

        assertThat(again).isEqualTo(first.get()).isInstanceOf(HoldOutcome.Placed.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatOthersHoldMayComeBackAndIsNotSoldOut(Isolation isolation) {
        HoldOutcome late = afterItsSnapshot(
                isolation,
                () -> placed(stranger, request(10)),
                () -> flashsale.holds().place(request(1)));

        assertThat(late).isInstanceOf(HoldOutcome.AllHeld.class);
    }

    @ParameterizedTest
    @EnumSource
    void anOrderOwesThePriceThatIsInForce(Isolation isolation) {
        HoldId hold = placed(stranger, request(1));
        var dearer = Money.of("99.00", "EUR");

        OrderOutcome order = afterItsSnapshot(
                isolation,
                () -> assertThat(stranger.products().put(new Product(product, "dearer", dearer), 10))
                        .isNotNull(),
                () -> flashsale.orders().place(hold));

        assertThat(order)
                .isInstanceOfSatisfying(
                        OrderOutcome.Placed.class,
                        placed -> assertThat(placed.order().amount()).isEqualTo(dearer));
    }

    // Repetitions give the first outcome.

    @ParameterizedTest
    @EnumSource
    void aHoldIdThatIsRepeatedGivesTheFirstHold(Isolation isolation) {
        HoldRequest request = request(3);
        AtomicReference<@Nullable HoldOutcome> first = new AtomicReference<>();

        HoldOutcome again = afterItsSnapshot(
                isolation,
                () -> first.set(stranger.holds().place(request)),
                () -> flashsale.holds().place(request));
        HoldOutcome inOneTransaction = host(isolation).execute(status -> {
            HoldRequest twice = request(1);
            HoldOutcome once = flashsale.holds().place(twice);
            return once.equals(flashsale.holds().place(twice)) ? once : null;
        });

        assertThat(again).isEqualTo(first.get());
        assertThat(inOneTransaction).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsRepeatedGivesTheFirstOutcome(Isolation isolation) {
        IdempotencyKey key = Examples.newIdempotencyKey();
        AtomicReference<@Nullable KeyedOutcome<HoldOutcome>> first = new AtomicReference<>();

        KeyedOutcome<HoldOutcome> again = afterItsSnapshot(
                isolation,
                () -> first.set(stranger.holds().place(request(3), key)),
                () -> flashsale.holds().place(request(3), key));

        assertThat(first.get()).isInstanceOf(KeyedOutcome.First.class);
        assertThat(again).isInstanceOf(KeyedOutcome.Replayed.class);
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsFoundThoughNothingIsLeft(Isolation isolation) {
        IdempotencyKey key = Examples.newIdempotencyKey();

        KeyedOutcome<HoldOutcome> again = afterItsSnapshot(
                isolation,
                () -> assertThat(stranger.holds().place(request(10), key)).isInstanceOf(KeyedOutcome.First.class),
                () -> flashsale.holds().place(request(10), key));

        assertThat(again)
                .isInstanceOfSatisfying(
                        KeyedOutcome.Replayed.class,
                        replayed -> assertThat(replayed.outcome()).isInstanceOf(HoldOutcome.Placed.class));
    }

    @ParameterizedTest
    @EnumSource
    void aPaymentThatIsRepeatedIsRecordedOnce(Isolation isolation) {
        Order order = ordered(stranger, placed(stranger, request(1)));
        Payment payment = Examples.success(order.id());

        PaymentOutcome again = afterItsSnapshot(
                isolation,
                () -> assertThat(stranger.payments().record(payment)).isInstanceOf(PaymentOutcome.Recorded.class),
                () -> flashsale.payments().record(payment));

        assertThat(again).isInstanceOf(PaymentOutcome.AlreadyRecorded.class);
    }

    @ParameterizedTest
    @EnumSource
    void aRefundThatIsRepeatedIsRecordedOnce(Isolation isolation) {
        Order order = ordered(stranger, placed(stranger, request(1)));
        assertThat(stranger.payments().record(Examples.success(order.id()))).isNotNull();
        Payment refund = Examples.refund(order.id(), true);

        PaymentOutcome again = afterItsSnapshot(
                isolation,
                () -> assertThat(stranger.payments().record(refund)).isInstanceOf(PaymentOutcome.Recorded.class),
                () -> flashsale.payments().record(refund));

        assertThat(again).isInstanceOf(PaymentOutcome.AlreadyRecorded.class);
        assertThat(available()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void aProductThatIsNewGetsANumberThatNobodyHas(Isolation isolation) {
        var fresh = new NewProduct("new", Examples.PRICE, 1, SaleRules.NONE);
        var cause = Cause.PROGRAM;
        AtomicReference<@Nullable ProductId> theirs = new AtomicReference<>();

        ProductId ours = afterItsSnapshot(
                isolation,
                () -> theirs.set(
                        stranger.operator(cause).create(fresh).product().id()),
                () -> flashsale.operator(cause).create(fresh).product().id());

        assertThat(ours).isNotEqualTo(theirs.get());
    }

    /** The canary: with the reads of a host's transaction as they are, at MySQL's default, all of it goes wrong. */
    @Test
    void readingWhatTheHostSeesIsWrong() {
        put(10, new SaleRules(null, 1, SaleWindow.ALWAYS));
        Flashsale careless = Flashsale.on(new PlainReads(transactions), SETTINGS);
        HoldId hold = placed(stranger, ofCustomer("bob"));

        HoldOutcome second = afterItsSnapshot(
                Isolation.REPEATABLE_READ,
                () -> placed(stranger, ofCustomer("alice")),
                () -> careless.holds().place(ofCustomer("alice")));
        OrderOutcome again = afterItsSnapshot(
                Isolation.REPEATABLE_READ,
                () -> ordered(stranger, hold),
                () -> careless.orders().place(hold));

        assertThat(second).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(again).isInstanceOf(OrderOutcome.UnknownHold.class);
    }

    private record PlainReads(Transactions all) implements Transactions {

        @Override
        public <T> T run(Work<T> work) {
            return all.run((Transaction tx) -> {
                Connection connection = DataSourceUtils.getConnection(POOL);
                return work.run(new JdbcTransaction(new Sql(connection, false, tx.mayRepeat(), 0), new Hooks()));
            });
        }

        @Override
        public <T> T runAlone(Work<T> work) {
            return all.runAlone(work);
        }

        @Override
        public <T> T read(Work<T> reads) {
            return all.read(reads);
        }

        @Override
        public <T> T snapshot(Work<T> reads) {
            return all.snapshot(reads);
        }

        @Override
        public boolean joins() {
            return all.joins();
        }

        @Override
        public @Nullable Object tenant() {
            return all.tenant();
        }
    }

    // What cannot be right is refused, and nothing was written.

    @Test
    void aReadOnlyTransactionIsRefusedAndSaysWhatToSet() {
        TransactionTemplate readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);
        HoldRequest request = request(1);

        assertThatThrownBy(() -> readOnly.execute(status -> flashsale.holds().place(request)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only")
                .hasMessageContaining("readOnly");

        assertThat(flashsale.holds().view(request.holdId())).isEmpty();
        assertThat(Boolean.TRUE.equals(readOnly.execute(
                        status -> flashsale.products().view(product).isPresent())))
                .as("reading is right")
                .isTrue();
    }

    @Test
    void aTransactionThatReadsWhatIsNotCommittedIsRefused() {
        TransactionTemplate dirty = new TransactionTemplate(manager);
        dirty.setIsolationLevel(TransactionDefinition.ISOLATION_READ_UNCOMMITTED);

        assertThatThrownBy(() -> dirty.execute(status -> flashsale.holds().place(request(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("READ COMMITTED");
    }

    @Test
    void aManagerThatDoesNotSayWhenItCommitsIsRefused() {
        JdbcTransactionManager silent = new JdbcTransactionManager(POOL);
        silent.setTransactionSynchronization(JdbcTransactionManager.SYNCHRONIZATION_NEVER);

        assertThatThrownBy(() -> new TransactionTemplate(silent)
                        .execute(status -> flashsale.holds().place(request(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SYNCHRONIZATION_ALWAYS");
    }

    // Time-outs, and what is left of what failed.

    @Test
    void aHostsTimeOutIsKept() throws Exception {
        TransactionTemplate hurried = new TransactionTemplate(manager);
        hurried.setTimeout(1);
        try (Connection patient = OTHER_POOL.getConnection()) {
            patient.setAutoCommit(false);
            lockStock(patient);

            assertThatThrownBy(() -> hurried.execute(status -> flashsale.holds().place(request(1))))
                    .isInstanceOf(QueryTimeoutException.class);
            patient.rollback();
        }

        assertThat(available()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitedTooLongIsUndoneAndTheHostGoesOn(Isolation isolation) throws Exception {
        ProductId other = Examples.newProductId();
        assertThat(stranger.products().put(Examples.product(other), 10)).isNotNull();
        HoldId expired = expiredHold(other);
        HoldRequest kept = new HoldRequest(flashsale.holds().newId(), other, new Quantity(1));
        try (Connection patient = OTHER_POOL.getConnection()) {
            patient.setAutoCommit(false);
            lockStock(patient);

            host(isolation).executeWithoutResult(status -> {
                assertThat(flashsale.holds().place(kept)).isInstanceOf(HoldOutcome.Placed.class);
                // It reclaims what is expired of the one, and then waits for the other.
                assertThatThrownBy(() -> transactions.run(tx -> {
                            var over = tx.holds().lockExpired(other, 1).getFirst();
                            tx.holds().expire(List.of(over));
                            return tx.stocks().lock(Set.of(product));
                        }))
                        .isInstanceOfSatisfying(
                                Busy.class, busy -> assertThat(busy.repeat()).isEqualTo(Busy.Repeat.REQUEST));
            });
            patient.rollback();
        }

        assertThat(flashsale.holds().view(kept.holdId())).isPresent();
        assertThat(new JdbcTemplate(POOL)
                        .queryForObject(
                                "select status from flashsale_hold where id = x'"
                                        + expired.toString().replace("-", "") + "'",
                                String.class))
                .as("what failed is undone")
                .isEqualTo("active");
        assertThat(balanced(other)).isTrue();
    }

    @Test
    void aDeadlockIsTheEndOfTheHostsTransactionWhateverItCatches() throws Exception {
        HoldRequest lost = request(1);
        AtomicReference<@Nullable Busy> caught = new AtomicReference<>();
        try (Connection other = OTHER_POOL.getConnection()) {
            other.setAutoCommit(false);

            assertThatThrownBy(() -> new TransactionTemplate(manager).executeWithoutResult(status -> {
                        assertThat(flashsale.holds().place(lost)).isInstanceOf(HoldOutcome.Placed.class);
                        try {
                            transactions.run(tx -> deadlock());
                        } catch (Busy busy) {
                            caught.set(busy);
                        }
                        assertThatThrownBy(() -> flashsale.holds().place(request(1)))
                                .isInstanceOf(Busy.class);
                    }))
                    .isInstanceOfAny(Busy.class, UnexpectedRollbackException.class);
        }

        assertThat(Objects.requireNonNull(caught.get()).repeat()).isEqualTo(Busy.Repeat.TRANSACTION);
        assertThat(flashsale.holds().view(lost.holdId())).isEmpty();
        assertThat(available()).isEqualTo(10);
    }

    /** As the server does it: it rolls the transaction back and says 1213. */
    private static <T> T deadlock() {
        Connection connection = DataSourceUtils.getConnection(POOL);
        try {
            connection.createStatement().execute("rollback");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        throw new SqlFailure(new SQLException("Deadlock found when trying to get lock", "40001", 1213));
    }

    // What is called after a commit is committed by itself, or refused.

    @Test
    void whatIsCalledAfterACommitIsCommitted() {
        HoldRequest afterCommit = request(1);
        HoldRequest afterCompletion = request(1);
        HoldRequest joined = request(1);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            assertThat(flashsale.holds().place(joined)).isInstanceOf(HoldOutcome.Placed.class);
            inTheEnd(flashsale, afterCommit, afterCompletion);
        });

        assertThat(committed(joined, afterCommit, afterCompletion)).isEqualTo(3);
    }

    @Test
    void whatIsCalledAfterTheCommitOfATransactionThatDidNothingElseIsCommitted() {
        HoldRequest afterCommit = request(1);
        HoldRequest afterCompletion = request(1);

        new TransactionTemplate(manager)
                .executeWithoutResult(status -> inTheEnd(flashsale, afterCommit, afterCompletion));

        assertThat(committed(afterCommit, afterCompletion)).isEqualTo(2);
    }

    @Test
    void whoeverDoesNotKnowTheManagerRefusesToBeCalledAfterItsCommit() {
        Flashsale unaware = Flashsale.on(JdbcPorts.on(POOL), SETTINGS);
        HoldRequest request = request(1);

        assertThatThrownBy(() -> new TransactionTemplate(new JdbcTransactionManager(POOL))
                        .executeWithoutResult(status -> TransactionSynchronizationManager.registerSynchronization(
                                new TransactionSynchronization() {
                                    @Override
                                    public void afterCommit() {
                                        HoldOutcome unused = unaware.holds().place(request);
                                    }
                                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("JdbcPorts.on(dataSource, transactionManager)");

        assertThat(committed(request)).isZero();
    }

    @Test
    void aTransactionThatIsBegunAfterACommitIsJoined() {
        HoldRequest inner = request(1);
        TransactionTemplate fresh = new TransactionTemplate(manager);
        fresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        new TransactionTemplate(manager)
                .executeWithoutResult(status ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                fresh.executeWithoutResult(again -> {
                                    assertThat(flashsale.holds().place(inner)).isInstanceOf(HoldOutcome.Placed.class);
                                    again.setRollbackOnly();
                                });
                            }
                        }));

        assertThat(committed(inner)).isZero();
    }

    private static void inTheEnd(Flashsale flashsale, HoldRequest afterCommit, HoldRequest afterCompletion) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                assertThat(flashsale.holds().place(afterCommit)).isInstanceOf(HoldOutcome.Placed.class);
            }

            @Override
            public void afterCompletion(int status) {
                assertThat(flashsale.holds().place(afterCompletion)).isInstanceOf(HoldOutcome.Placed.class);
            }
        });
    }

    private long committed(HoldRequest... requests) {
        return Stream.of(requests)
                .filter(request -> stranger.holds().view(request.holdId()).isPresent())
                .count();
    }

    // Suspended and nested transactions.

    @Test
    void aSuspendedTransactionIsNotTakenForTheInnerOne() {
        HoldRequest outer = request(1);
        HoldRequest inner = request(1);
        TransactionTemplate fresh = new TransactionTemplate(manager);
        fresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        TransactionTemplate without = new TransactionTemplate(manager);
        without.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        HoldRequest alone = request(1);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            fresh.executeWithoutResult(again -> placed(flashsale, inner));
            without.executeWithoutResult(none -> placed(flashsale, alone));
            placed(flashsale, outer);
            status.setRollbackOnly();
        });

        assertThat(committed(inner, alone)).isEqualTo(2);
        assertThat(committed(outer)).isZero();
    }

    @Test
    void whatIsRolledBackToAHostsSavepointIsGone() {
        HoldRequest kept = request(1);
        HoldRequest undone = request(1);
        TransactionTemplate nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            placed(flashsale, kept);
            nested.executeWithoutResult(inner -> {
                placed(flashsale, undone);
                inner.setRollbackOnly();
            });
        });

        assertThat(committed(kept)).isEqualTo(1);
        assertThat(committed(undone)).isZero();
        assertThat(available()).isEqualTo(9);
    }

    @Test
    void whoeverChoseItsOwnIsCommittedWhateverTheHostDoes() {
        Flashsale own = Flashsale.on(
                JdbcPorts.builder(POOL)
                        .transactionManager(manager)
                        .callersTransaction(CallersTransaction.OWN)
                        .build(),
                SETTINGS);
        HoldRequest request = request(1);

        new TransactionTemplate(manager).executeWithoutResult(status -> {
            placed(own, request);
            status.setRollbackOnly();
        });

        assertThat(committed(request)).isEqualTo(1);
    }

    // Memory.

    @ParameterizedTest
    @EnumSource
    void whatIsNotCommittedIsShownToNobodyElse(Isolation isolation) {
        Flashsale remembering = Flashsale.on(transactions, Settings.defaults());
        List<Integer> seen = new ArrayList<>();
        look(remembering);

        host(isolation).executeWithoutResult(status -> {
            placed(remembering, request(4));
            for (int i = 0; i < 3; i++) {
                assertThat(look(remembering)).isEqualTo(6);
            }
            seen.add(elsewhere(() -> look(remembering)));
            status.setRollbackOnly();
        });
        seen.add(look(remembering));
        host(isolation).executeWithoutResult(status -> placed(remembering, request(3)));
        seen.add(look(remembering));

        assertThat(seen).containsExactly(10, 10, 7);
    }

    private int look(Flashsale which) {
        return which.products().view(product).orElseThrow().stock().available();
    }

    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }

    // Other settings of the driver, and listeners.

    @Test
    void aDriverThatCountsOnlyWhatChangesIsRight() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(TestDatabase.get().url() + "?useAffectedRows=true&allowPublicKeyRetrieval=true");
            pool.setUsername(TestDatabase.get().username());
            pool.setPassword(TestDatabase.get().password());
            pool.setMaximumPoolSize(2);
            Flashsale counting = Flashsale.on(JdbcPorts.on(pool), SETTINGS);

            assertThat(counting.products().put(Examples.product(product), 10)).isNotNull();
            assertThat(counting.products().put(Examples.product(product), 10)).isNotNull();
            HoldId hold = placed(counting, request(1));
            assertThat(counting.holds().extend(hold)).isNotNull();
            assertThat(counting.holds().extend(hold)).isNotNull();
            Order order = ordered(counting, hold);
            Payment payment = Examples.failure(order.id());
            assertThat(counting.payments().record(payment)).isInstanceOf(PaymentOutcome.Recorded.class);
            assertThat(counting.payments().record(payment)).isInstanceOf(PaymentOutcome.AlreadyRecorded.class);
            assertThat(counting.payments().record(Examples.success(order.id())))
                    .isInstanceOf(PaymentOutcome.Recorded.class);
            assertThat(look(counting)).isEqualTo(9);
        }
    }

    @Test
    void aListenersErrorIsNobodysAnswer() {
        Flashsale told = Flashsale.on(transactions, SETTINGS, new SaleListener() {
            @Override
            public void holds(Batch batch, List<HoldOutcome> outcomes) {
                throw new AssertionError("a listener's own");
            }
        });

        assertThat(told.holds().place(request(1))).isInstanceOf(HoldOutcome.Placed.class);
        host(Isolation.READ_COMMITTED).executeWithoutResult(status -> placed(told, request(1)));
        assertThat(available()).isEqualTo(8);
    }

    @Test
    void whatIsDoneInAHostsTransactionIsToldOnceItIsCommitted() {
        List<Integer> told = new ArrayList<>();
        Flashsale telling = Flashsale.on(transactions, SETTINGS, new SaleListener() {
            @Override
            public void holds(Batch batch, List<HoldOutcome> outcomes) {
                told.add(batch.size());
            }
        });

        host(Isolation.READ_COMMITTED).executeWithoutResult(status -> {
            placed(telling, request(1));
            assertThat(told).isEmpty();
        });
        host(Isolation.READ_COMMITTED).executeWithoutResult(status -> {
            placed(telling, request(1));
            status.setRollbackOnly();
        });

        assertThat(told).containsExactly(1);
    }

    @Test
    void missingTablesAreNamedAndNoExceptionOfJooqLeaves() {
        try (HikariDataSource empty = TestDatabase.get().withNewSchema().newPool(1)) {
            Flashsale without = Flashsale.on(JdbcPorts.on(empty), SETTINGS);

            assertThatThrownBy(() -> without.holds().place(request(1)))
                    .isInstanceOf(NotSetUp.class)
                    .hasMessageContaining("flashsale_stock")
                    .hasMessageContaining("Schema.migrate");
        }
    }

    @Test
    void busyIsWhereSpringsUsersLook() {
        assertThat(new BusyTranslator().translateExceptionIfPossible(new Busy("busy", Duration.ofSeconds(1), null)))
                .isInstanceOf(TransientDataAccessException.class);
        assertThat(new BusyTranslator().translateExceptionIfPossible(new IllegalStateException("other")))
                .isNull();
    }

    private HoldRequest request(int pieces) {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(pieces));
    }

    private HoldRequest ofCustomer(String customer) {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(1), new CustomerId(customer));
    }

    private static HoldId placed(Flashsale flashsale, HoldRequest request) {
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private static Order ordered(Flashsale flashsale, HoldId hold) {
        if (flashsale.orders().place(hold) instanceof OrderOutcome.Placed placed) {
            return placed.order();
        }
        throw new AssertionError("not ordered: " + hold);
    }

    private HoldId expiredHold(ProductId of) throws SQLException {
        HoldId id = placed(stranger, new HoldRequest(flashsale.holds().newId(), of, new Quantity(1)));
        new JdbcTemplate(OTHER_POOL)
                .update("update flashsale_hold set expires_at = utc_timestamp(6) - interval 1 second where id = x'"
                        + id.toString().replace("-", "") + "'");
        assertThat(stranger.holds().view(id))
                .hasValueSatisfying(view -> assertThat(view.status()).isEqualTo(HoldStatus.EXPIRED));
        return id;
    }

    private void lockStock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select * from flashsale_stock where product_id = " + product + " for update");
        }
    }

    private boolean balanced(ProductId id) {
        return stranger.audits().audit().products().stream()
                .filter(found -> found.productId().equals(id))
                .allMatch(Conservation::balanced);
    }

    private int available() {
        return look(stranger);
    }
}
