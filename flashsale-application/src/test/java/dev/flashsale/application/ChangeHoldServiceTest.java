package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChangeHoldServiceTest {

    private static final CustomerId ANN = new CustomerId("ann");

    private final Sale sale = new Sale();
    private final ProductId shoe = sale.productOnSale(5);
    private final ProductId lace = sale.productOnSale(5);

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aChangedHoldExpiresWhenItDidAndItsPiecesAreTakenAndReturned() {
        HoldId id = sale.held(shoe, 2);
        ActiveHold before = (ActiveHold) sale.stored(id);
        sale.database.advance(Duration.ofSeconds(1));

        assertThat(change(id, 5)).isInstanceOf(HoldChangeOutcome.Changed.class);
        assertThat(sale.available(shoe)).isZero();
        assertThat(change(id, 1)).isEqualTo(new HoldChangeOutcome.Changed((ActiveHold) sale.stored(id), 1));
        assertThat(sale.available(shoe)).isEqualTo(4);
        assertThat(change(id, Lines.of(lace, new Quantity(3)))).isInstanceOf(HoldChangeOutcome.Changed.class);
        assertThat(sale.available(shoe)).isEqualTo(5);
        assertThat(sale.available(lace)).isEqualTo(2);
        assertThat(sale.stored(id).expiresAt()).isEqualTo(before.expiresAt());
    }

    @Test
    void whatIsRefusedLeavesTheHoldAsItWas() {
        HoldId id = sale.held(shoe, 2);
        HoldId unused = sale.held(lace, 4);

        assertThat(change(id, Lines.of(List.of(item(shoe, 1), item(lace, 2)))))
                .isEqualTo(new HoldChangeOutcome.Refused(
                        id, new HoldOutcome.LinesShort(List.of(new HoldOutcome.InsufficientStock(lace, 1)))));
        assertThat(sale.stored(id).lines()).isEqualTo(Lines.of(shoe, new Quantity(2)));
        assertThat(sale.available(shoe)).isEqualTo(3);
    }

    @Test
    void theSameChangeAgainIsAnsweredAlikeAndTakesNothingTwice() {
        HoldId id = sale.held(shoe, 2);

        HoldChangeOutcome first = change(id, 4);
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);
        assertThat(change(id, 4)).isEqualTo(first);
        sale.transactions.meet();
        assertThat(change(id, Lines.of(shoe, new Quantity(4)))).isEqualTo(first);

        assertThat(sale.available(shoe)).isEqualTo(1);
    }

    @Test
    void whatIsOverIsReclaimedForIt() {
        HoldId unused = sale.held(shoe, 3);
        sale.database.advance(sale.settings.holdTtl().minusSeconds(1));
        HoldId id = sale.held(shoe, 2);
        sale.database.advance(Duration.ofSeconds(1));

        assertThat(change(id, 4)).isInstanceOf(HoldChangeOutcome.Changed.class);
        assertThat(sale.available(shoe)).isEqualTo(1);
    }

    @Test
    void itsCustomerHasWhatItHasOnce() {
        ProductId limited = Examples.newProductId();
        SaleRules threeEach = new SaleRules(null, 3, SaleWindow.ALWAYS);
        assertThat(sale.flashsale.products().put(Examples.product(limited), 10, threeEach))
                .isNotNull();
        HoldId first = heldByAnn(limited);
        HoldId second = heldByAnn(limited);

        assertThat(change(first, 2)).isInstanceOf(HoldChangeOutcome.Changed.class);
        assertThat(change(second, 2))
                .isEqualTo(new HoldChangeOutcome.Refused(second, new HoldOutcome.LimitReached(limited, 3, 2)));
        assertThat(change(first, Lines.of(shoe, new Quantity(1)))).isInstanceOf(HoldChangeOutcome.Changed.class);
        assertThat(change(second, 3)).isInstanceOf(HoldChangeOutcome.Changed.class);
    }

    @Test
    void aHoldThatWasChangedIsNoAnswerToItsFirstRequest() {
        HoldRequest request = new HoldRequest(Examples.newHoldId(), shoe, new Quantity(2));
        assertThat(sale.flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(change(request.holdId(), 3)).isInstanceOf(HoldChangeOutcome.Changed.class);

        assertThat(sale.flashsale.holds().place(request)).isEqualTo(new HoldOutcome.IdReused(request.holdId()));
        assertThat(sale.available(shoe)).isEqualTo(2);
    }

    private HoldId heldByAnn(ProductId product) {
        HoldRequest request = new HoldRequest(Examples.newHoldId(), product, new Quantity(1), ANN);
        assertThat(sale.flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }

    private HoldChangeOutcome change(HoldId id, int pieces) {
        return sale.flashsale.holds().change(new ChangeRequest(id, new Quantity(pieces)));
    }

    private HoldChangeOutcome change(HoldId id, Lines lines) {
        return sale.flashsale.holds().change(new ChangeRequest(id, lines));
    }

    private static Item item(ProductId product, int pieces) {
        return new Item(product, new Quantity(pieces));
    }
}
