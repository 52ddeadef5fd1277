package dev.flashsale.application.testing;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static dev.flashsale.domain.testing.HoldRequestBuilder.aHoldOf;
import static dev.flashsale.domain.testing.PaymentBuilder.aPaymentOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Busy;
import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.PaymentBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryFlashsaleTest {

    private final InMemoryFlashsale flashsale = Flashsale.inMemory();
    private final Given given = Given.in(flashsale);

    @Test
    void aSaleFromItsBeginningToItsEnd() {
        ProductId console = given.productOnSale(10);
        given.held(console, 1);
        given.ordered(console, 2);
        Order paid = given.paid(console, 3);

        assertThat(flashsale)
                .hasAvailable(console, 4)
                .hasHeld(console, 1)
                .hasPending(console, 2)
                .hasPaid(console, 3)
                .hasOrder(paid.id(), OrderStatus.PAID)
                .booksAddUp();
    }

    @Test
    void nothingExpiresUntilTheClockIsMoved() {
        ProductId console = given.productOnSale(5);
        HoldId hold = given.held(console, 5);

        flashsale.clock().advance(Settings.defaults().holdTtl().minusNanos(1_000));
        assertThat(flashsale)
                .hasHold(hold, HoldStatus.ACTIVE)
                .hasHeld(console, 5)
                .hasAvailable(console, 0);

        flashsale.clock().advance(Duration.ofNanos(1_000));
        assertThat(flashsale)
                .hasHold(hold, HoldStatus.EXPIRED)
                .hasHeld(console, 0)
                .hasAvailable(console, 5);
        assertThat(flashsale.holds().place(aHoldOf(console, 5).build())).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void whatIsSettableIsSet() {
        InMemoryFlashsale quick = Flashsale.inMemory(
                Settings.builder().holdTtl(Duration.ofSeconds(1)).build());
        ProductId console = Given.in(quick).productOnSale(1);
        HoldId hold = Given.in(quick).held(console, 1);

        quick.clock().advance(Duration.ofSeconds(1));

        assertThat(quick).hasHold(hold, HoldStatus.EXPIRED);
    }

    @Test
    void aListenerIsTold() {
        AtomicInteger holds = new AtomicInteger();
        SaleListener counting = new SaleListener() {
            @Override
            public void holds(Batch batch, List<HoldOutcome> outcomes) {
                holds.addAndGet(outcomes.size());
            }
        };
        InMemoryFlashsale told = Flashsale.inMemory(Settings.defaults(), counting, EventListener.NONE);

        Given.in(told).held(Given.in(told).productOnSale(1), 1);

        assertThat(holds).hasValue(1);
    }

    @Test
    void twoHaveNothingInCommon() {
        ProductId console = given.productOnSale(1);

        assertThat(Flashsale.inMemory().products().view(console)).isEmpty();
    }

    @Test
    void isBusyForAsLongAsItIsTold() {
        ProductId console = given.productOnSale(1);
        HoldRequest request = aHoldOf(console, 1).build();

        flashsale.busy(true);
        assertThatThrownBy(() -> flashsale.holds().place(request)).isInstanceOf(Busy.class);
        assertThatThrownBy(() -> flashsale.products().view(console)).isInstanceOf(Busy.class);

        flashsale.busy(false);
        assertThat(flashsale).hasAvailable(console, 1);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void forgetsEverything() {
        Instant beginning = flashsale.clock().instant();
        ProductId console = given.productOnSale(1);
        flashsale.clock().advance(Duration.ofDays(1));
        flashsale.busy(true);

        flashsale.forgetEverything();

        assertThat(flashsale.products().view(console)).isEmpty();
        assertThat(flashsale.clock().instant()).isEqualTo(beginning);
        assertThat(flashsale).booksAddUp();
    }

    @Test
    void manyThreadsSellWhatThereIsAndTheBooksAddUpAllTheWhile() throws Exception {
        ProductId console = given.productOnSale(50);
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tries = new ArrayList<>(IntStream.range(0, 200)
                    .<Callable<Boolean>>mapToObj(i -> () -> buys(console))
                    .toList());
            tries.add(() -> IntStream.range(0, 50)
                    .allMatch(i -> flashsale.audits().checkConservation().isEmpty()));

            int yes = 0;
            for (Future<Boolean> done : buyers.invokeAll(tries)) {
                yes += done.get() ? 1 : 0;
            }

            assertThat(yes).isEqualTo(50 + 1);
        }
        assertThat(flashsale).hasAvailable(console, 0).hasPaid(console, 50).booksAddUp();
    }

    private boolean buys(ProductId product) {
        if (flashsale.holds().place(aHoldOf(product, 1).build()) instanceof HoldOutcome.Placed hold) {
            Order paid = given.paid(given.ordered(hold.holdId()));
            return paid.status() == OrderStatus.PAID;
        }
        return false;
    }

    @Test
    void theClockIsOneThatOthersCanGoBy() {
        Clock clock = flashsale.clock();
        Clock inParis = clock.withZone(ZoneId.of("Europe/Paris"));
        Instant then = clock.instant();

        flashsale.clock().advance(Duration.ofDays(1));
        assertThat(inParis.instant()).isEqualTo(then.plus(Duration.ofDays(1)));
        assertThat(inParis.getZone()).isEqualTo(ZoneId.of("Europe/Paris"));

        flashsale.clock().set(Instant.parse("2027-01-01T00:00:00.1234567Z"));
        assertThat(clock.instant()).isEqualTo("2027-01-01T00:00:00.123456Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flashsale.clock().advance(Duration.ofSeconds(-1)))
                .withMessageContaining("set the clock");
    }

    @Test
    void buildersSayWhatIsNotTheDefault() {
        Instant opens = flashsale.clock().instant().plusSeconds(60);
        ProductId console = given.product()
                .named("Phone")
                .pieces(7)
                .atMostPerHold(2)
                .atMostPerCustomer(3)
                .from(opens)
                .until(opens.plusSeconds(60))
                .onSale();
        ProductId cable = given.product().withId(1).pieces(1).onSale();
        HoldRequest request =
                aHoldOf(console, 2).and(cable, 1).by("alice").reusing().build();

        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.NotOnSale.class);
        flashsale.clock().set(opens);
        HoldId hold = given.held(request);
        Order order = given.ordered(hold);
        Payment success = aPaymentOf(order).withTransaction("tx-1").build();
        Order paid = given.paid(order);

        assertThat(success.amount()).isEqualByComparingTo(order.amount().amount());
        assertThat(success.reference()).isEqualTo(hold);
        assertThat(flashsale).hasPaid(console, 2).hasPaid(cable, 1).hasAvailable(cable, 0);
        assertThat(flashsale
                        .payments()
                        .record(PaymentBuilder.aRefundOf(flashsale
                                        .orders()
                                        .view(paid.id())
                                        .orElseThrow()
                                        .payments()
                                        .getFirst()
                                        .payment()
                                        .payment())
                                .restocking()
                                .build()))
                .isNotNull();
        assertThat(flashsale).hasAvailable(console, 7).hasAvailable(cable, 1).booksAddUp();
    }

    @Test
    void whatCannotBeGivenSaysWhy() {
        ProductId console = given.productOnSale(1);

        assertThatThrownBy(() -> given.held(console, 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("InsufficientStock");
    }
}
