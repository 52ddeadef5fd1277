package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlaceHoldServiceTest {

    private final Sale sale = new Sale();

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aGrantedHoldIsStoredAndItsPiecesAreTaken() {
        ProductId product = sale.productOnSale(10);
        HoldRequest request = Examples.request(product, 3);

        HoldOutcome outcome = sale.placeHold.one(request);

        ActiveHold hold = new ActiveHold(
                request.holdId(),
                Lines.of(product, new Quantity(3)),
                sale.database.now().plus(sale.settings.holdTtl()),
                null,
                0);
        assertThat(outcome).isEqualTo(placed(hold));
        assertThat(sale.database.holds()).containsExactly(hold);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void aProductThatDoesNotExistIsUnknown() {
        HoldRequest request = Examples.request(Examples.newProductId(), 1);

        assertThat(sale.placeHold.one(request))
                .isEqualTo(
                        new HoldOutcome.UnknownProduct(request.lines().first().productId()));
        assertThat(sale.database.holds()).isEmpty();
    }

    @Test
    void tooLargeARequestIsToldWhatIsLeft() {
        ProductId product = sale.productOnSale(2);

        assertThat(sale.placeHold.one(Examples.request(product, 3)))
                .isEqualTo(new HoldOutcome.InsufficientStock(product, 2));
        assertThat(sale.available(product)).isEqualTo(2);
    }

    @Test
    void whenAllIsHeldABuyerIsToldWhenTheFirstHoldExpires() {
        ProductId product = sale.productOnSale(2);
        sale.held(product, 1);
        sale.database.advance(sale.settings.holdTtl().dividedBy(2));
        sale.held(product, 1);

        assertThat(sale.placeHold.one(Examples.request(product, 1)))
                .isEqualTo(
                        new HoldOutcome.AllHeld(product, sale.settings.holdTtl().dividedBy(2)));
    }

    @Test
    void whenAllIsOrderedABuyerIsToldWhenTheFirstDeadlinePasses() {
        ProductId product = sale.productOnSale(2);
        sale.ordered(product, 1);
        sale.paid(product, 1);

        assertThat(sale.placeHold.one(Examples.request(product, 1)))
                .isEqualTo(new HoldOutcome.AllHeld(product, sale.settings.paymentDeadline()));
    }

    @Test
    void whenAllIsPaidItIsSoldOut() {
        ProductId product = sale.productOnSale(2);
        sale.paid(product, 2);

        assertThat(sale.placeHold.one(Examples.request(product, 1))).isEqualTo(new HoldOutcome.SoldOut(product));
    }

    @Test
    void aBatchIsAnsweredInItsOrderWhateverTheProducts() {
        ProductId one = sale.productOnSale(1);
        ProductId other = sale.productOnSale(5);
        ProductId unknown = Examples.newProductId();
        List<HoldRequest> requests = List.of(
                Examples.request(other, 4),
                Examples.request(one, 1),
                Examples.request(unknown, 1),
                Examples.request(other, 2),
                Examples.request(one, 1),
                Examples.request(other, 1));

        List<HoldOutcome> outcomes = sale.placeHold.all(Batch.of(requests));

        assertThat(outcomes)
                .containsExactly(
                        placed(sale.stored(requests.get(0).holdId())),
                        placed(sale.stored(requests.get(1).holdId())),
                        new HoldOutcome.UnknownProduct(unknown),
                        new HoldOutcome.InsufficientStock(other, 1),
                        new HoldOutcome.AllHeld(one, sale.settings.holdTtl()),
                        placed(sale.stored(requests.get(5).holdId())));
        assertThat(sale.available(one)).isZero();
        assertThat(sale.available(other)).isZero();
        assertThat(sale.database.holds()).hasSize(3);
    }

    @Test
    void theSameRequestTwiceInABatchIsGrantedOnce() {
        ProductId product = sale.productOnSale(10);
        HoldRequest request = Examples.request(product, 3);
        HoldRequest reused = new HoldRequest(request.holdId(), product, new Quantity(4));

        List<HoldOutcome> outcomes = sale.placeHold.all(Batch.of(List.of(request, request, reused)));

        HoldOutcome granted = placed(sale.stored(request.holdId()));
        assertThat(outcomes).containsExactly(granted, granted, new HoldOutcome.IdReused(request.holdId()));
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void theSameRequestAgainIsGrantedOnceAndAnsweredAsBefore() {
        ProductId product = sale.productOnSale(10);
        HoldRequest request = Examples.request(product, 3);
        HoldOutcome first = sale.placeHold.one(request);
        sale.database.advance(sale.settings.holdTtl().multipliedBy(2));

        assertThat(sale.placeHold.one(request)).isEqualTo(first);
        assertThat(sale.available(product)).isEqualTo(7);
    }

    @Test
    void theSameRequestAgainIsAnsweredAsBeforeEvenIfItTookTheLastPieces() {
        ProductId product = sale.productOnSale(3);
        HoldRequest request = Examples.request(product, 2);
        HoldOutcome first = sale.placeHold.one(request);

        assertThat(sale.placeHold.one(request)).isEqualTo(first);
        sale.paid(product, 1);
        assertThat(sale.placeHold.one(request)).isEqualTo(first);
        sale.flashsale.orders().place(request.holdId());
        assertThat(sale.placeHold.one(request)).isEqualTo(first);
    }

    @Test
    void aRepetitionAmongOthersTakesNothingFromThem() {
        ProductId product = sale.productOnSale(5);
        HoldRequest before = Examples.request(product, 3);
        HoldOutcome first = sale.placeHold.one(before);
        HoldRequest fresh = Examples.request(product, 2);

        List<HoldOutcome> outcomes = sale.placeHold.all(Batch.of(List.of(before, fresh)));

        assertThat(outcomes).containsExactly(first, placed(sale.stored(fresh.holdId())));
        assertThat(sale.available(product)).isZero();
    }

    @Test
    void anotherRequestUnderTheSameIdIsRefusedWhateverIsLeft() {
        ProductId product = sale.productOnSale(3);
        HoldId id = sale.held(product, 2);
        HoldOutcome reused = new HoldOutcome.IdReused(id);

        assertThat(sale.placeHold.one(new HoldRequest(id, product, new Quantity(1))))
                .isEqualTo(reused);
        assertThat(sale.placeHold.one(new HoldRequest(id, product, new Quantity(5))))
                .isEqualTo(reused);
        assertThat(sale.placeHold.one(new HoldRequest(id, sale.productOnSale(9), new Quantity(2))))
                .isEqualTo(reused);
        assertThat(sale.placeHold.one(new HoldRequest(id, sale.productOnSale(0), new Quantity(2))))
                .isEqualTo(reused);
        assertThat(sale.placeHold.one(new HoldRequest(id, Examples.newProductId(), new Quantity(2))))
                .isEqualTo(reused);
        assertThat(sale.available(product)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMITTED")
    void aBatchWhoseFirstAttemptWasLostIsGrantedOnce(Fate fate) {
        ProductId product = sale.productOnSale(5);
        List<HoldRequest> requests =
                List.of(Examples.request(product, 3), Examples.request(product, 3), Examples.request(product, 2));
        sale.transactions.meet(fate);

        List<HoldOutcome> outcomes = sale.placeHold.all(Batch.of(requests));

        assertThat(outcomes.get(0)).isEqualTo(placed(sale.stored(requests.get(0).holdId())));
        assertThat(outcomes.get(1)).isNotInstanceOf(HoldOutcome.Placed.class);
        assertThat(outcomes.get(2)).isEqualTo(placed(sale.stored(requests.get(2).holdId())));
        assertThat(sale.database.holds()).hasSize(2);
        assertThat(sale.available(product)).isZero();
    }

    @Test
    void whoeverComesUntilTheStockIsLockedIsDecidedAfterTheOthers() {
        ProductId product = sale.productOnSale(5);
        HoldRequest first = Examples.request(product, 3);
        HoldRequest late = Examples.request(product, 2);
        HoldRequest tooLate = Examples.request(product, 1);

        List<HoldOutcome> outcomes =
                sale.placeHold.all(Batch.of(List.of(first), fits -> List.of(late, first, tooLate)));

        assertThat(outcomes)
                .containsExactly(
                        placed(sale.stored(first.holdId())),
                        placed(sale.stored(late.holdId())),
                        placed(sale.stored(first.holdId())),
                        new HoldOutcome.AllHeld(product, sale.settings.holdTtl()));
        assertThat(sale.available(product)).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMITTED")
    void whoeverJoinedAnAttemptThatWasLostIsGrantedOnce(Fate fate) {
        ProductId product = sale.productOnSale(5);
        HoldRequest first = Examples.request(product, 3);
        HoldRequest late = Examples.request(product, 2);
        sale.transactions.meet(fate);

        List<HoldOutcome> outcomes = sale.placeHold.all(Batch.of(List.of(first), fits -> List.of(late)));

        assertThat(outcomes).containsExactly(placed(sale.stored(first.holdId())), placed(sale.stored(late.holdId())));
        assertThat(sale.available(product)).isZero();
    }

    @Test
    void whatIsNotCommittedInThreeAttemptsIsBusyAndChangesNothing() {
        ProductId product = sale.productOnSale(5);
        sale.transactions.meet(Fate.ROLLED_BACK, Fate.ROLLED_BACK, Fate.ROLLED_BACK);

        assertThatThrownBy(() -> sale.placeHold.one(Examples.request(product, 3)))
                .isInstanceOf(Busy.class);
        assertThat(sale.database.holds()).isEmpty();
    }

    private static HoldOutcome placed(Hold hold) {
        return new HoldOutcome.Placed(hold.id(), hold.lines(), hold.expiresAt());
    }
}
