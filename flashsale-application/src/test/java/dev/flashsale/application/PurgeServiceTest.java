package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Purge.Removed;
import dev.flashsale.application.Purge.Step;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PurgeServiceTest {

    private static final Duration AGE = Duration.ofDays(30);

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(100);

    @Test
    void whatCameToNothingLongAgoGoesAndTheRestStays() {
        HoldId released = sale.held(product, 1);
        assertThat(sale.releaseHold.one(released)).isNotNull();
        Order failed = failed();
        sale.expired(product, 1);
        HoldId expired = sale.held(product, 1);
        Order paid = sale.paid(product, 4);
        sale.database.advance(sale.settings.holdTtl());
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        sale.database.advance(AGE);
        HoldId active = sale.held(product, 8);
        HoldId recent = sale.held(product, 1);
        assertThat(sale.releaseHold.one(recent)).isNotNull();

        Step step = purge(1000);

        assertThat(step.removed()).isEqualTo(new Removed(4, 2, 1));
        assertThat(step.next()).isEmpty();
        assertThat(holds())
                .containsExactlyInAnyOrder(paid.holdId(), active, recent)
                .doesNotContain(expired);
        assertThat(sale.database.orders()).containsExactly(paid);
        assertThat(sale.payments())
                .hasSize(1)
                .noneMatch(row -> row.payment().orderId().equals(failed.id()));
        assertThat(sale.available(product)).isEqualTo(88);
        assertThat(sale.addsUp()).isTrue();
        assertThat(purge(1000).removed()).isEqualTo(Removed.NOTHING);
    }

    @Test
    void anOrderWithMoneyToGiveBackStaysWithItsHoldAndItsPayments() {
        Order expired = sale.expired(product, 100);
        HoldId others = sale.held(product, 100);
        assertThat(sale.recordPayment.one(Examples.success(expired.id()))).isNotNull();
        assertThat(sale.payments()).extracting(row -> row.effect()).containsExactly(PaymentEffect.REFUND_REQUIRED);
        sale.database.advance(AGE.multipliedBy(2));
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);

        assertThat(purge(1000).removed()).isEqualTo(new Removed(1, 0, 0));

        assertThat(holds()).containsExactly(expired.holdId()).doesNotContain(others);
        assertThat(sale.payments()).hasSize(1);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void anOrderWhoseMoneyWasGivenBackGoes() {
        Order expired = sale.expired(product, 100);
        sale.held(product, 100);
        Payment late = Examples.success(expired.id());
        assertThat(sale.recordPayment.one(late)).isNotNull();
        assertThat(sale.flashsale.operator(new Cause("ann", "sent back")).refundDone(late.transactionId()))
                .isNotNull();
        sale.database.advance(AGE.multipliedBy(2));
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);

        assertThat(purge(1000).removed()).isEqualTo(new Removed(2, 1, 2));
        assertThat(sale.addsUp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 1000})
    void pagesOfAnySizeSeeAllHoldsInTheEnd(int size) {
        Stream.generate(() -> sale.held(product, 1))
                .limit(10)
                .forEach(id -> assertThat(sale.releaseHold.one(id)).isNotNull());
        sale.held(product, 1);
        sale.database.advance(AGE.plus(sale.settings.holdTtl()));

        int seen = 0;
        int removed = 0;
        Optional<HoldId> next = Optional.empty();
        do {
            Step step = sale.flashsale.housekeeping().purge(new Purge(AGE, size, next, false));
            assertThat(step.seen()).isLessThanOrEqualTo(size);
            seen += step.seen();
            removed += step.removed().holds();
            next = step.next();
        } while (next.isPresent());

        assertThat(seen).isEqualTo(11);
        assertThat(removed).isEqualTo(10);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aDryRunTellsWhatWouldGoAndRemovesNothing() {
        failed();
        sale.database.advance(AGE.multipliedBy(2));
        List<Hold> before = sale.database.holds();

        Step step = sale.flashsale.housekeeping().purge(new Purge(AGE, 10, Optional.empty(), true));

        assertThat(step.removed()).isEqualTo(new Removed(1, 1, 1));
        assertThat(sale.database.holds()).isEqualTo(before);
        assertThat(sale.database.orders()).hasSize(1);
        assertThat(sale.payments()).hasSize(1);
    }

    @Test
    void aStepThatIsRunTwiceRemovesOnce() {
        failed();
        sale.database.advance(AGE.multipliedBy(2));
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);

        assertThat(purge(10).removed()).isEqualTo(Removed.NOTHING);

        assertThat(sale.database.holds()).isEmpty();
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aSuccessForAnOrderThatIsGoneIsNotLostButKeptWhereTheAuditShowsIt() {
        Order gone = failed();
        sale.database.advance(AGE.multipliedBy(2));
        assertThat(purge(10).removed().orders()).isEqualTo(1);
        Payment late = Examples.success(gone.id());

        PaymentOutcome outcome = sale.recordPayment.one(late);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PaymentOutcome.Recorded.class,
                        recorded -> assertThat(recorded.payment().effect()).isEqualTo(PaymentEffect.KEPT));
        OrderId next = sale.ordered(product, 1).id();
        assertThat(next).isNotEqualTo(gone.id());
        assertThat(sale.flashsale.audits().audit().kept())
                .extracting(KeptPayment::orderId)
                .containsExactly(gone.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Purge.MAX_SIZE + 1})
    void aPageOutOfBoundsIsRefused(int size) {
        assertThatThrownBy(() -> new Purge(AGE, size, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Order failed() {
        Order order = sale.ordered(product, 1);
        assertThat(sale.recordPayment.one(Examples.failure(order.id()))).isNotNull();
        return order;
    }

    private Step purge(int size) {
        return sale.flashsale.housekeeping().purge(new Purge(AGE, size, Optional.empty(), false));
    }

    private List<HoldId> holds() {
        List<HoldId> ids = new ArrayList<>();
        sale.database.holds().forEach(hold -> ids.add(hold.id()));
        return ids;
    }
}
