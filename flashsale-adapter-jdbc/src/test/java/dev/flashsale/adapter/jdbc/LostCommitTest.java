package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.FaultyNetwork;
import dev.flashsale.adapter.jdbc.testing.FaultyNetwork.Fault;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.Trouble;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection is lost during COMMIT: before the server saw it or after it committed. Each thing happens once. */
@Timeout(60)
class LostCommitTest {

    private final ProductId product = Examples.newProductId();
    private final Flashsale reliable = Flashsale.on(PORTS, Settings.defaults().withoutMemory());
    private FaultyNetwork network;
    private HikariDataSource pool;
    private Flashsale faulty;

    @BeforeEach
    void stockOfTen() throws Exception {
        assertThat(reliable.products().put(Examples.product(product), 10)).isNotNull();
        network = new FaultyNetwork(TestDatabase.get());
        pool = TestDatabase.get().newPoolThrough(network.port(), 4);
        faulty = Flashsale.on(JdbcPorts.on(pool), Settings.defaults().withoutMemory());
    }

    @AfterEach
    void close() throws Exception {
        assertThat(network.injected()).as("a connection was cut").isNotEmpty();
        pool.close();
        network.close();
    }

    @ParameterizedTest
    @EnumSource
    void aHoldIsPlacedOnce(Fault fault) {
        HoldId id = reliable.holds().newId();
        network.inject(fault);

        HoldOutcome outcome = faulty.holds().place(new HoldRequest(id, product, new Quantity(3)));

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aHoldIsPlacedOnceThoughTheConnectionIsLostTwice(Fault fault) {
        HoldId id = reliable.holds().newId();
        network.inject(fault, Fault.BEFORE_COMMIT);

        HoldOutcome outcome = faulty.holds().place(new HoldRequest(id, product, new Quantity(3)));

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aHoldUnderAKeyIsPlacedOnce(Fault fault) {
        IdempotencyKey key = Examples.newIdempotencyKey();
        network.inject(fault);

        HoldOutcome outcome = outcome(faulty.holds().place(request(), key));

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(reliable.holds().place(request(), key)).isEqualTo(new KeyedOutcome.Replayed<>(outcome));
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aHoldIsReleasedOnce(Fault fault) {
        HoldId id = held();
        network.inject(fault);

        assertThat(faulty.holds().release(id)).isInstanceOf(ReleaseOutcome.Released.class);
        assertThat(available()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void aHoldBecomesOneOrder(Fault fault) {
        HoldId id = held();
        network.inject(fault);

        Order order = order(faulty.orders().place(id));

        assertThat(order(reliable.orders().place(id)).id()).isEqualTo(order.id());
        assertThat(reliable.holds().view(id))
                .hasValueSatisfying(view -> assertThat(view.status()).isEqualTo(HoldStatus.ORDERED));
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedPaymentReturnsTheStockOnce(Fault fault) {
        Order order = order(reliable.orders().place(held()));
        Payment failure = Examples.failure(order.id());
        network.inject(fault);

        assertThat(faulty.payments().record(failure))
                .extracting(LostCommitTest::effect)
                .isEqualTo(PaymentEffect.APPLIED);

        assertThat(available()).isEqualTo(10);
        assertThat(reliable.orders().view(order.id()))
                .hasValueSatisfying(found -> assertThat(found.order().status()).isEqualTo(OrderStatus.FAILED));
    }

    @ParameterizedTest
    @EnumSource
    void whoLosesEachCommitIsToldThatItMayBeDoneAndTheSameAgainTells(Fault fault) {
        HoldRequest request = request();
        network.inject(fault, fault, fault);

        assertThatThrownBy(() -> faulty.holds().place(request)).isInstanceOfSatisfying(Busy.class, busy -> {
            assertThat(busy.mayBeDone()).isTrue();
            assertThat(busy.trouble()).isEqualTo(Trouble.CONNECTION_LOST);
        });

        assertThat(reliable.holds().view(request.holdId()).isPresent()).isEqualTo(fault == Fault.AFTER_COMMIT);
        assertThat(faulty.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void aPaymentThatMayBeRecordedIsRecordedOnce(Fault fault) {
        Order order = order(reliable.orders().place(held()));
        Payment failure = Examples.failure(order.id());
        network.inject(fault, fault, fault);

        assertThatThrownBy(() -> faulty.payments().record(failure))
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.mayBeDone()).isTrue());

        assertThat(faulty.payments().record(failure))
                .extracting(LostCommitTest::effect)
                .isEqualTo(PaymentEffect.APPLIED);
        assertThat(available()).isEqualTo(10);
    }

    private HoldRequest request() {
        return new HoldRequest(reliable.holds().newId(), product, new Quantity(3));
    }

    private static HoldOutcome outcome(KeyedOutcome<HoldOutcome> keyed) {
        return switch (keyed) {
            case KeyedOutcome.First<HoldOutcome> first -> first.outcome();
            case KeyedOutcome.Replayed<HoldOutcome> again -> again.outcome();
            case KeyedOutcome.KeyReused<HoldOutcome> reused -> throw new AssertionError(reused);
        };
    }

    private HoldId held() {
        HoldId id = reliable.holds().newId();
        assertThat(reliable.holds().place(new HoldRequest(id, product, new Quantity(3))))
                .isInstanceOf(HoldOutcome.Placed.class);
        return id;
    }

    private int available() {
        return reliable.products().view(product).orElseThrow().stock().available();
    }

    private static Order order(OrderOutcome outcome) {
        return switch (outcome) {
            case OrderOutcome.Placed placed -> placed.order();
            case OrderOutcome.AlreadyPlaced placed -> placed.order();
            case OrderOutcome.UnknownHold ignored -> throw new AssertionError(outcome);
            case OrderOutcome.HoldExpired ignored -> throw new AssertionError(outcome);
            case OrderOutcome.HoldReleased ignored -> throw new AssertionError(outcome);
            case OrderOutcome.MixedCurrencies ignored -> throw new AssertionError(outcome);
        };
    }

    private static PaymentEffect effect(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Recorded recorded -> recorded.payment().effect();
            case PaymentOutcome.AlreadyRecorded recorded -> recorded.payment().effect();
            case PaymentOutcome.Conflict ignored -> throw new AssertionError(outcome);
            case PaymentOutcome.NothingToRefund ignored -> throw new AssertionError(outcome);
            case PaymentOutcome.NoSuchPieces ignored -> throw new AssertionError(outcome);
        };
    }
}
