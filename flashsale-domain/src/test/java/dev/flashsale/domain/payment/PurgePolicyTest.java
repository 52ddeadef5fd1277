package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgePolicyTest {

    private static final Duration AGE = Duration.ofDays(30);
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    private final PurgePolicy policy = new PurgePolicy(AGE);
    private final ActiveHold hold = Examples.hold(Examples.newProductId(), 1, Examples.NOW);
    private final Order order = Examples.order(1, Examples.newProductId(), 1);
    private final Instant longAfter = order.paymentDeadline().plus(AGE);

    @ParameterizedTest
    @EnumSource
    void aHoldThatEndedIsOverOnceItIsThatOld(HoldEnd how) {
        Instant over = hold.expiresAt().plus(AGE);

        assertThat(policy.isOver(hold.end(how), over)).isTrue();
        assertThat(policy.isOver(hold.end(how), over.minus(MICROSECOND))).isFalse();
    }

    @Test
    void anActiveHoldIsNeverOver() {
        assertThat(policy.isOver(hold, hold.expiresAt().plus(AGE.multipliedBy(10))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "EXPIRED", "CANCELLED"})
    void anOrderThatCameToNothingIsOverOnceItIsThatOld(OrderStatus status) {
        Order ended = order.with(status);

        assertThat(policy.isOver(ended, List.of(), Set.of(), longAfter)).isTrue();
        assertThat(policy.isOver(ended, List.of(), Set.of(), longAfter.minus(MICROSECOND)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "PAID", "REFUNDED", "RETURNED"})
    void anOrderThatIsUnderWayOrWasPaidIsNeverOver(OrderStatus status) {
        assertThat(policy.isOver(order.with(status), List.of(), Set.of(), longAfter))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLIED", "IGNORED"})
    void aSettledPaymentGoesWithItsOrder(PaymentEffect effect) {
        assertThat(policy.isOver(order.with(OrderStatus.FAILED), List.of(payment(effect)), Set.of(), longAfter))
                .isTrue();
    }

    @Test
    void moneyToGiveBackKeepsItsOrderUntilThatIsDone() {
        RecordedPayment owed = payment(PaymentEffect.REFUND_REQUIRED);
        List<RecordedPayment> payments = List.of(payment(PaymentEffect.APPLIED), owed);
        Order failed = order.with(OrderStatus.FAILED);

        assertThat(policy.isOver(failed, payments, Set.of(owed.payment().transactionId()), longAfter))
                .isFalse();
        assertThat(policy.isOver(failed, payments, Set.of(), longAfter)).isTrue();
    }

    @Test
    void aKeptPaymentKeepsItsOrder() {
        RecordedPayment kept = RecordedPayment.kept(Examples.success(order.id()));

        assertThat(policy.isOver(order.with(OrderStatus.EXPIRED), List.of(kept), Set.of(), longAfter))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-30D", "PT0S", "PT23H59M59.999S", "P36501D"})
    void anAgeOutOfBoundsIsRefused(Duration age) {
        assertThatThrownBy(() -> new PurgePolicy(age))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(age.toString());
    }

    private RecordedPayment payment(PaymentEffect effect) {
        return new RecordedPayment(Examples.failure(order.id()), effect, OrderStatus.FAILED);
    }
}
