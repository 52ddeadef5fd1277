package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A buyer who finds too little does not wait for the sweeper. */
final class ReclaimTest {

    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    @Test
    void aBuyerGetsThePiecesOfExpiredHolds() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(3);
        HoldId expired = sale.held(product, 2);
        HoldId alsoExpired = sale.held(product, 1);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.placeHold.one(Examples.request(product, 3))).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.stored(expired)).isNotInstanceOf(ActiveHold.class);
        assertThat(sale.stored(alsoExpired).statusAt(sale.database.now())).isEqualTo(HoldStatus.EXPIRED);
        assertThat(sale.available(product)).isZero();
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aBuyerGetsThePiecesOfOverdueOrders() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(2);
        Order overdue = sale.ordered(product, 2);
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(sale.placeHold.one(Examples.request(product, 1))).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.stored(overdue.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(sale.available(product)).isEqualTo(1);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void theBoundIsExclusive() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(1);
        sale.held(product, 1);

        sale.database.advance(sale.settings.holdTtl().minus(MICROSECOND));
        assertThat(sale.placeHold.one(Examples.request(product, 1)))
                .isEqualTo(new HoldOutcome.AllHeld(product, MICROSECOND));

        sale.database.advance(MICROSECOND);
        assertThat(sale.placeHold.one(Examples.request(product, 1))).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void aBuyerWhoFindsEnoughReclaimsNothing() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(3);
        HoldId expired = sale.held(product, 2);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.placeHold.one(Examples.request(product, 1))).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.stored(expired)).isInstanceOf(ActiveHold.class);
    }

    @Test
    void whatIsReclaimedForARefusedBuyerIsAvailableToTheNext() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(3);
        sale.held(product, 2);
        sale.held(product, 1);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.placeHold.one(Examples.request(product, 4)))
                .isEqualTo(new HoldOutcome.InsufficientStock(product, 3));

        assertThat(sale.available(product)).isEqualTo(3);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void expiredHoldsOfOtherProductsAreLeftAlone() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(1);
        HoldId other = sale.held(sale.productOnSale(1), 1);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.placeHold.one(Examples.request(product, 2)))
                .isEqualTo(new HoldOutcome.InsufficientStock(product, 1));

        assertThat(sale.stored(other)).isInstanceOf(ActiveHold.class);
    }

    @Test
    void oneBuyerReclaimsTenBatchesAtMost() {
        Sale sale = Sale.expiringInBatchesOf(1);
        ProductId product = sale.productOnSale(12);
        for (int i = 0; i < 12; i++) {
            sale.held(product, 1);
        }
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.placeHold.one(Examples.request(product, 12)))
                .isEqualTo(new HoldOutcome.InsufficientStock(product, 10));

        assertThat(sale.placeHold.one(Examples.request(product, 12))).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aBuyerReclaimsNoMoreThanItTakes() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(12);
        for (int i = 0; i < 6; i++) {
            sale.held(product, 2);
        }
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.placeHold.one(Examples.request(product, 3))).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.available(product)).isEqualTo(3);
        assertThat(sale.addsUp()).isTrue();
    }
}
