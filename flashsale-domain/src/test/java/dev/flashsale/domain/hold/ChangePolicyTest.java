package dev.flashsale.domain.hold;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChangePolicyTest {

    private static final ProductId SHOE = new ProductId(1);
    private static final ProductId LACE = new ProductId(7);
    private static final CustomerId ANN = new CustomerId("ann");
    private static final Instant END = NOW.plusSeconds(60);
    private static final SaleWindow OVER = new SaleWindow(null, NOW);
    private static final Map<ProductId, Currency> EUR =
            Map.of(SHOE, Currency.getInstance("EUR"), LACE, Currency.getInstance("EUR"));

    private final ChangePolicy policy = new ChangePolicy(new HoldPolicy(Duration.ofMinutes(2), 1));
    private final Map<ProductId, Offer> offers = new HashMap<>();

    @Test
    void aHoldGetsMoreOfWhatIsLeftAndLessGoesBackToIt() {
        ActiveHold hold = hold(null, 2, 0);
        offer(SHOE, 10, 3, SaleRules.NONE);

        ChangePolicy.Decision up = decide(hold, quantity(hold, 5));
        ChangePolicy.Decision down = decide(hold, quantity(hold, 1));

        assertThat(up.outcomes()).containsExactly(changed(hold, 5, 0));
        assertThat(up.stocks()).containsExactly(new Stock(SHOE, 10, 0));
        assertThat(down.outcomes()).containsExactly(changed(hold, 1, 0));
        assertThat(down.stocks()).containsExactly(new Stock(SHOE, 10, 4));
    }

    @Test
    void whatIsThereIsToldBesideWhatTheHoldHas() {
        ActiveHold hold = hold(null, 2, 0);
        offer(SHOE, 10, 3, SaleRules.NONE);

        assertThat(decide(hold, quantity(hold, 6)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.InsufficientStock(SHOE, 3)));
    }

    @Test
    void whereNothingIsLeftItIsHeldByOthersOrSoldOut() {
        ActiveHold hold = hold(null, 2, 0);
        offers.put(SHOE, new Offer(new Stock(SHOE, 10, 0), Map.of(), Optional.of(END)));
        assertThat(decide(hold, quantity(hold, 3)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.AllHeld(SHOE, Duration.ofSeconds(60))));

        offer(SHOE, 10, 0, SaleRules.NONE);
        ChangePolicy.Decision soldOut = decide(hold, quantity(hold, 3));
        assertThat(soldOut.outcomes()).containsExactly(refused(hold, new HoldOutcome.SoldOut(SHOE)));
        assertThat(soldOut.changed()).isEmpty();
    }

    @Test
    void productsAreAddedAndLeftOutAllOrNothing() {
        ActiveHold hold = hold(null, 2, 0);
        offer(SHOE, 10, 3, SaleRules.NONE);
        offer(LACE, 5, 1, SaleRules.NONE);

        assertThat(decide(hold, lines(hold, 1, 1)).outcomes()).containsExactly(changed(hold, 1, 1));
        ChangePolicy.Decision instead = decide(hold, lines(hold, 0, 1));
        assertThat(instead.outcomes()).containsExactly(changed(hold, 0, 1));
        assertThat(instead.stocks()).containsExactly(new Stock(SHOE, 10, 5), new Stock(LACE, 5, 0));
        ChangePolicy.Decision tooMany = decide(hold, lines(hold, 1, 2));
        assertThat(tooMany.outcomes())
                .containsExactly(
                        refused(hold, new HoldOutcome.LinesShort(List.of(new HoldOutcome.InsufficientStock(LACE, 1)))));
        assertThat(tooMany.stocks()).containsExactly(new Stock(SHOE, 10, 3), new Stock(LACE, 5, 1));
    }

    @Test
    void whatItHasAlreadyCountsForItsCustomerOnce() {
        ActiveHold hold = hold(ANN, 2, 0);
        SaleRules limit = new SaleRules(null, 4, SaleWindow.ALWAYS);
        offers.put(SHOE, new Offer(new Stock(SHOE, 10, 5, limit), Map.of(ANN, 3), Optional.empty()));

        assertThat(decide(hold, quantity(hold, 3)).outcomes()).containsExactly(changed(hold, 3, 0));
        assertThat(decide(hold, quantity(hold, 4)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.LimitReached(SHOE, 4, 1)));
    }

    @Test
    void whatItGetsMoreOfKeepsToTheRulesInTheirOrder() {
        ActiveHold hold = hold(null, 2, 0);

        offer(SHOE, 10, 0, new SaleRules(3, 1, OVER));
        assertThat(decide(hold, quantity(hold, 4)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.QuantityTooLarge(SHOE, 3)));
        assertThat(decide(hold, quantity(hold, 3)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.CustomerRequired(SHOE)));
        offer(SHOE, 10, 0, new SaleRules(3, null, OVER));
        assertThat(decide(hold, quantity(hold, 3)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.NotOnSale(SHOE, OVER, Optional.empty())));
        assertThat(decide(hold, lines(hold, 3, 1)).outcomes())
                .containsExactly(refused(hold, new HoldOutcome.UnknownProduct(LACE)));
    }

    @Test
    void whatItGetsLessOfOrKeepsIsGrantedWhateverTheRulesHaveBecome() {
        ActiveHold hold = hold(null, 3, 0);
        offer(SHOE, 10, 0, new SaleRules(1, 1, OVER));
        offer(LACE, 5, 5, SaleRules.NONE);

        assertThat(decide(hold, quantity(hold, 2)).outcomes()).containsExactly(changed(hold, 2, 0));
        ChangePolicy.Decision same = decide(hold, quantity(hold, 3));
        assertThat(same.outcomes()).containsExactly(changed(hold, 3, 0));
        assertThat(same.changed()).as("nothing to write").isEmpty();
        assertThat(decide(hold, lines(hold, 3, 1)).outcomes()).containsExactly(changed(hold, 3, 1));
    }

    @Test
    void aProductWithAPriceInAnotherCurrencyIsNotAdded() {
        ActiveHold hold = hold(null, 2, 0);
        offer(SHOE, 10, 3, SaleRules.NONE);
        offer(LACE, 5, 5, SaleRules.NONE);
        Map<ProductId, Currency> mixed = Map.of(SHOE, Currency.getInstance("EUR"), LACE, Currency.getInstance("USD"));

        assertThat(policy.decide(Map.of(hold.id(), hold), offers, mixed, List.of(lines(hold, 2, 1)), NOW)
                        .outcomes())
                .containsExactly(refused(hold, new HoldOutcome.MixedCurrencies(hold.id())));
    }

    @Test
    void changesOfABatchAreDecidedOneAfterTheOther() {
        ActiveHold hold = hold(null, 2, 0);
        ActiveHold other = hold(null, 1, 0);
        offer(SHOE, 10, 0, SaleRules.NONE);

        ChangePolicy.Decision decision = policy.decide(
                Map.of(hold.id(), hold, other.id(), other),
                offers,
                EUR,
                List.of(quantity(other, 2), quantity(hold, 1), quantity(other, 2), quantity(hold, 2)),
                NOW);

        assertThat(decision.outcomes())
                .containsExactly(
                        refused(other, new HoldOutcome.SoldOut(SHOE)),
                        changed(hold, 1, 0),
                        changed(other, 2, 0),
                        refused(hold, new HoldOutcome.AllHeld(SHOE, Duration.ofSeconds(60))));
        assertThat(decision.changed()).containsOnlyKeys(hold.id(), other.id());
        assertThat(decision.stocks()).containsExactly(new Stock(SHOE, 10, 0));
    }

    @Test
    void whatIsOverIsNotChanged() {
        ActiveHold hold = hold(null, 2, 0);
        ChangeRequest request = quantity(hold, 1);

        assertThat(decide(hold, request, END)).isEqualTo(new HoldChangeOutcome.AlreadyExpired(hold.id()));
        assertThat(decide(hold.end(HoldEnd.EXPIRED), request, NOW))
                .isEqualTo(new HoldChangeOutcome.AlreadyExpired(hold.id()));
        assertThat(decide(hold.end(HoldEnd.ORDERED), request, NOW))
                .isEqualTo(new HoldChangeOutcome.AlreadyOrdered(hold.id()));
        assertThat(decide(hold.end(HoldEnd.RELEASED), request, NOW))
                .isEqualTo(new HoldChangeOutcome.AlreadyReleased(hold.id()));
        assertThat(policy.decide(Map.of(), offers, EUR, List.of(request), NOW).outcomes())
                .containsExactly(new HoldChangeOutcome.UnknownHold(hold.id()));
    }

    @Test
    void aQuantityDoesNotSayWhatAHoldOfSeveralProductsIsOf() {
        ActiveHold hold = hold(null, 2, 1);

        assertThat(decide(hold, quantity(hold, 1), NOW)).isEqualTo(new HoldChangeOutcome.LinesRequired(hold.id()));
    }

    @Test
    void aWishIsForLinesOrForAQuantity() {
        HoldId id = Examples.newHoldId();

        assertThatThrownBy(() -> new ChangeRequest(id, null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChangeRequest(id, pieces(1, 0), new Quantity(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HoldChangeOutcome decide(Hold hold, ChangeRequest request, Instant now) {
        return policy.decide(Map.of(hold.id(), hold), offers, EUR, List.of(request), now)
                .outcomes()
                .getFirst();
    }

    private ChangePolicy.Decision decide(ActiveHold hold, ChangeRequest request) {
        return policy.decide(Map.of(hold.id(), hold), offers, EUR, List.of(request), NOW);
    }

    private void offer(ProductId id, int total, int available, SaleRules rules) {
        Offer unused = offers.put(id, new Offer(new Stock(id, total, available, rules), Map.of(), Optional.empty()));
    }

    private static ActiveHold hold(@Nullable CustomerId customer, int shoes, int laces) {
        return new ActiveHold(Examples.newHoldId(), pieces(shoes, laces), END, customer, 0);
    }

    private static ChangeRequest quantity(Hold hold, int pieces) {
        return new ChangeRequest(hold.id(), new Quantity(pieces));
    }

    private static ChangeRequest lines(Hold hold, int shoes, int laces) {
        return new ChangeRequest(hold.id(), pieces(shoes, laces));
    }

    private static Lines pieces(int shoes, int laces) {
        List<Item> items = new ArrayList<>();
        if (shoes > 0) {
            items.add(new Item(SHOE, new Quantity(shoes)));
        }
        if (laces > 0) {
            items.add(new Item(LACE, new Quantity(laces)));
        }
        return new Lines(items);
    }

    private static HoldChangeOutcome changed(ActiveHold hold, int shoes, int laces) {
        return new HoldChangeOutcome.Changed(hold.with(pieces(shoes, laces)), 1);
    }

    private static HoldChangeOutcome refused(ActiveHold hold, HoldOutcome why) {
        return new HoldChangeOutcome.Refused(hold.id(), why);
    }
}
