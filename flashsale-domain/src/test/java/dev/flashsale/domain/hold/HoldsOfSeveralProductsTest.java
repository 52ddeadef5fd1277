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
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HoldsOfSeveralProductsTest {

    private static final ProductId SHOE = new ProductId(1);
    private static final ProductId LACE = new ProductId(2);
    private static final ProductId UNKNOWN = new ProductId(3);
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final CustomerId ANN = new CustomerId("ann");

    private final HoldPolicy policy = new HoldPolicy(TTL, 1);
    private final Map<ProductId, Offer> offers = new HashMap<>();
    private final Map<ProductId, Currency> currencies = new HashMap<>(Map.of(SHOE, EUR, LACE, EUR));

    @Test
    void allLinesAreTakenOrNothingAndWhatIsShortIsTold() {
        offer(SHOE, 5, SaleRules.NONE);
        offer(LACE, 3, SaleRules.NONE);
        HoldRequest first = request(item(SHOE, 2), item(LACE, 2));
        HoldRequest tooMuch = request(item(SHOE, 1), item(LACE, 2));
        HoldRequest rest = request(item(SHOE, 3), item(LACE, 1));
        HoldRequest late = request(item(SHOE, 1), item(LACE, 1));

        HoldPolicy.Decision decision = decide(first, tooMuch, rest, late);

        assertThat(decision.outcomes())
                .containsExactly(
                        placed(first),
                        new HoldOutcome.LinesShort(List.of(new HoldOutcome.InsufficientStock(LACE, 1))),
                        placed(rest),
                        new HoldOutcome.LinesShort(
                                List.of(new HoldOutcome.AllHeld(SHOE, TTL), new HoldOutcome.AllHeld(LACE, TTL))));
        assertThat(decision.stocks()).containsExactly(new Stock(SHOE, 100, 0), new Stock(LACE, 100, 0));
        assertThat(decision.granted()).extracting(ActiveHold::id).containsExactly(first.holdId(), rest.holdId());
    }

    @Test
    void requestsForOneProductAndForSeveralAreServedInTheOrderInWhichTheyCame() {
        offer(SHOE, 1, SaleRules.NONE);
        offer(LACE, 1, SaleRules.NONE);
        HoldRequest single = Examples.request(LACE, 1);
        HoldRequest both = request(item(SHOE, 1), item(LACE, 1));
        HoldRequest other = Examples.request(SHOE, 1);
        HoldRequest ofNothing = Examples.request(UNKNOWN, 1);

        assertThat(decide(single, both, other, ofNothing).outcomes())
                .containsExactly(
                        placed(single),
                        new HoldOutcome.LinesShort(List.of(new HoldOutcome.AllHeld(LACE, TTL))),
                        placed(other),
                        new HoldOutcome.UnknownProduct(UNKNOWN));
    }

    @Test
    void whatWaitingWouldNotCureIsToldFirstWhicheverLineItIsOf() {
        offer(SHOE, 0, new SaleRules(null, 1, new SaleWindow(NOW.plusSeconds(5), null)));
        offer(LACE, 9, new SaleRules(2, null, SaleWindow.ALWAYS));
        currencies.put(LACE, Currency.getInstance("JPY"));
        assertThat(outcome(item(SHOE, 1), item(LACE, 3), item(UNKNOWN, 1)))
                .isEqualTo(new HoldOutcome.UnknownProduct(UNKNOWN));
        assertThat(outcome(item(SHOE, 1), item(LACE, 3))).isInstanceOf(HoldOutcome.MixedCurrencies.class);
        currencies.put(LACE, EUR);
        assertThat(outcome(item(SHOE, 1), item(LACE, 3))).isEqualTo(new HoldOutcome.QuantityTooLarge(LACE, 2));
        assertThat(outcome(item(SHOE, 1), item(LACE, 2))).isEqualTo(new HoldOutcome.CustomerRequired(SHOE));
        assertThat(outcome(ANN, item(SHOE, 2), item(LACE, 2))).isInstanceOf(HoldOutcome.NotOnSale.class);
        offer(SHOE, 0, new SaleRules(null, 1, SaleWindow.ALWAYS));
        assertThat(outcome(ANN, item(SHOE, 2), item(LACE, 2))).isEqualTo(new HoldOutcome.LimitReached(SHOE, 1, 0));
        assertThat(outcome(ANN, item(SHOE, 1), item(LACE, 2)))
                .isEqualTo(new HoldOutcome.LinesShort(List.of(new HoldOutcome.SoldOut(SHOE))));
    }

    @Test
    void itemsOfOneProductAreOneLineAndTheOrderOfTheirProductsIsThatOfTheLines() {
        HoldRequest request = request(item(LACE, 2), item(SHOE, 1), item(LACE, 3));

        assertThat(request)
                .isEqualTo(new HoldRequest(request.holdId(), Lines.of(List.of(item(SHOE, 1), item(LACE, 5))), null));
        assertThat(request.lines().items()).containsExactly(item(SHOE, 1), item(LACE, 5));
        assertThat(request.lines().products()).containsExactly(SHOE, LACE);
        assertThat(request(item(LACE, 2), item(LACE, 3)).lines()).isEqualTo(Lines.of(LACE, new Quantity(5)));
        List<Item> unsorted = List.of(item(LACE, 5), item(SHOE, 1));
        assertThatThrownBy(() -> new Lines(unsorted)).hasMessageStartingWith("lines must be in the order");
    }

    @Test
    void thereIsABoundOnLinesAndOnPieces() {
        Item[] many = IntStream.rangeClosed(1, Lines.MAX + 1)
                .mapToObj(id -> item(new ProductId(id), 1))
                .toArray(Item[]::new);

        assertThatThrownBy(() -> request(many)).hasMessage("items must be 1 to 20, was 21");
        assertThatThrownBy(() -> request()).hasMessage("items must be 1 to 20, was 0");
        assertThatThrownBy(() -> request(item(SHOE, Quantity.MAX), item(LACE, 1)))
                .hasMessageStartingWith("items must have at most 1000000 pieces");
    }

    @Test
    void aRepetitionIsTheSameRequestInAllItsLines() {
        HoldRequest request = request(item(SHOE, 1), item(LACE, 2));
        offer(SHOE, 5, SaleRules.NONE);
        offer(LACE, 5, SaleRules.NONE);
        ActiveHold hold = decide(request).granted().getFirst();

        assertThat(HoldPolicy.repeated(request, hold)).isEqualTo(placed(request));
        assertThat(HoldPolicy.repeated(new HoldRequest(hold.id(), SHOE, new Quantity(1)), hold))
                .isEqualTo(new HoldOutcome.IdReused(hold.id()));
        assertThat(HoldPolicy.repeated(
                        new HoldRequest(hold.id(), Lines.of(List.of(item(SHOE, 1), item(LACE, 1))), null), hold))
                .isEqualTo(new HoldOutcome.IdReused(hold.id()));
    }

    @Test
    void aHoldHasExpiredOnceOneOfItsLinesHas() {
        ActiveHold whole = new ActiveHold(
                Examples.newHoldId(), Lines.of(List.of(new Item(SHOE, new Quantity(1)), item(LACE, 2))), NOW, null, 0);
        HoldLine first = HoldLine.of(whole).getFirst();
        HoldLine second = HoldLine.of(whole).getLast();

        assertThat(Hold.of(List.of(first, second))).isEqualTo(whole);
        assertThat(Hold.of(List.of(first, second.with(HoldStatus.EXPIRED)))).isEqualTo(whole.end(HoldEnd.EXPIRED));
        assertThat(Hold.of(List.of(first.with(HoldStatus.EXPIRED), second))).isEqualTo(whole.end(HoldEnd.EXPIRED));
    }

    private HoldOutcome outcome(Item... items) {
        return outcome(null, items);
    }

    private HoldOutcome outcome(@Nullable CustomerId customer, Item... items) {
        return decide(new HoldRequest(Examples.newHoldId(), Lines.of(List.of(items)), customer))
                .outcomes()
                .getFirst();
    }

    private HoldPolicy.Decision decide(HoldRequest... requests) {
        return policy.decide(offers, currencies, List.of(), List.of(requests), NOW);
    }

    private void offer(ProductId product, int available, SaleRules rules) {
        offers.put(product, new Offer(new Stock(product, 100, available, rules), Map.of(), Optional.empty()));
    }

    private static HoldOutcome placed(HoldRequest request) {
        Instant expiresAt = NOW.plus(TTL);
        return new HoldOutcome.Placed(request.holdId(), request.lines(), expiresAt);
    }

    private static HoldRequest request(Item... items) {
        return new HoldRequest(Examples.newHoldId(), Lines.of(List.of(items)), null);
    }

    private static Item item(ProductId product, int pieces) {
        return new Item(product, new Quantity(pieces));
    }
}
