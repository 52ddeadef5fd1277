package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReuseTest {

    private static final CustomerId ANN = new CustomerId("ann");
    private static final IdempotencyKey KEY = new IdempotencyKey("k");

    private final Sale sale = new Sale();
    private final ProductId product = sale.productOnSale(3);
    private final ProductId other = sale.productOnSale(3);

    @Test
    void aValidHoldOfTheSameProductsIsAnsweredAsItIs() {
        HoldOutcome.Placed first = placed(again(ANN, product, 3));

        assertThat(sale.flashsale.holds().place(again(ANN, product, 1))).isEqualTo(alreadyHeld(first));
        assertThat(sale.flashsale.holds().place(again(new CustomerId("bob"), product, 1)))
                .isInstanceOf(HoldOutcome.AllHeld.class);
        assertThat(placed(again(ANN, other, 1)).holdId()).isNotEqualTo(first.holdId());
        assertThat(sale.database.holds()).hasSize(2);
    }

    @Test
    void aHoldOfOtherProductsBesideIsAnotherOne() {
        HoldOutcome.Placed both = placed(again(ANN, both(1)));

        HoldOutcome.Placed one = placed(again(ANN, product, 1));

        assertThat(sale.flashsale.holds().place(again(ANN, both(2)))).isEqualTo(alreadyHeld(both));
        assertThat(sale.flashsale.holds().place(again(ANN, product, 2))).isEqualTo(alreadyHeld(one));
    }

    @Test
    void oneThatIsOverIsNotUsedAgain() {
        HoldOutcome.Placed released = placed(again(ANN, product, 1));
        sale.flashsale.holds().release(released.holdId());
        HoldOutcome.Placed ordered = placed(again(ANN, product, 1));
        sale.flashsale.orders().place(ordered.holdId());
        HoldOutcome.Placed expired = placed(again(ANN, product, 1));
        sale.database.advance(sale.settings.holdTtl());

        assertThat(placed(again(ANN, product, 1)).holdId())
                .isNotIn(released.holdId(), ordered.holdId(), expired.holdId());
    }

    @Test
    void twoInOneBatchGetOneHoldAndAPlainRequestGetsANewOne() {
        List<HoldOutcome> outcomes = sale.placeHold.all(List.of(
                again(ANN, product, 1),
                again(ANN, product, 1),
                new HoldRequest(Examples.newHoldId(), product, new Quantity(1), ANN)));

        assertThat(outcomes.get(0)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(outcomes.get(1)).isEqualTo(alreadyHeld((HoldOutcome.Placed) outcomes.get(0)));
        assertThat(outcomes.get(2)).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void underAKeyTheFirstAnswerComesAgain() {
        HoldOutcome.Placed first = placed(again(ANN, both(1)));

        assertThat(sale.flashsale.holds().place(again(ANN, both(2)), KEY))
                .isEqualTo(new KeyedOutcome.First<>(alreadyHeld(first)));
        assertThat(sale.flashsale.holds().place(again(ANN, both(2)), KEY))
                .isEqualTo(new KeyedOutcome.Replayed<>(alreadyHeld(first)));
        assertThat(sale.flashsale.holds().place(new HoldRequest(Examples.newHoldId(), both(2), ANN), KEY))
                .isInstanceOf(KeyedOutcome.KeyReused.class);
    }

    @Test
    void itTakesACustomer() {
        Lines lines = both(1);

        assertThatThrownBy(() -> new HoldRequest(Examples.newHoldId(), lines, null, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HoldOutcome.Placed placed(HoldRequest request) {
        HoldOutcome outcome = sale.flashsale.holds().place(request);
        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        return (HoldOutcome.Placed) outcome;
    }

    private static HoldOutcome alreadyHeld(HoldOutcome.Placed hold) {
        return new HoldOutcome.AlreadyHeld(hold.holdId(), hold.lines(), hold.expiresAt());
    }

    private static HoldRequest again(CustomerId customer, ProductId product, int pieces) {
        return again(customer, Lines.of(product, new Quantity(pieces)));
    }

    private static HoldRequest again(CustomerId customer, Lines lines) {
        return new HoldRequest(Examples.newHoldId(), lines, customer, true);
    }

    private Lines both(int pieces) {
        return Lines.of(List.of(new Item(product, new Quantity(pieces)), new Item(other, new Quantity(1))));
    }
}
