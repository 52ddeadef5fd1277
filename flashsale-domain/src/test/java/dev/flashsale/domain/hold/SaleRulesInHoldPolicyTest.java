package dev.flashsale.domain.hold;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SaleRulesInHoldPolicyTest {

    private static final ProductId PRODUCT = new ProductId(7);
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final Duration MICROSECOND = Duration.ofNanos(1000);
    private static final CustomerId ANN = new CustomerId("ann");
    private static final CustomerId BEN = new CustomerId("ben");

    private final HoldPolicy policy = new HoldPolicy(TTL, 1);

    @Test
    void aHoldHasAsManyAsOneMayHaveAndNoMore() {
        SaleRules rules = new SaleRules(3, null, SaleWindow.ALWAYS);

        assertThat(outcomes(rules, Map.of(), request(ANN, 3), request(ANN, 4)))
                .extracting(SaleRulesInHoldPolicyTest::name)
                .containsExactly("Placed", "QuantityTooLarge");
    }

    @Test
    void withALimitPerCustomerTheCustomerMustBeKnown() {
        SaleRules rules = new SaleRules(null, 3, SaleWindow.ALWAYS);

        assertThat(outcomes(rules, Map.of(), request(null, 1)))
                .containsExactly(new HoldOutcome.CustomerRequired(PRODUCT));
    }

    @Test
    void whatACustomerHasAndWhatEarlierRequestsOfTheBatchGotCountsForThatCustomer() {
        SaleRules rules = new SaleRules(null, 3, SaleWindow.ALWAYS);

        assertThat(outcomes(
                        rules,
                        Map.of(ANN, 1),
                        request(ANN, 1),
                        request(ANN, 2),
                        request(BEN, 3),
                        request(ANN, 1),
                        request(ANN, 1)))
                .extracting(SaleRulesInHoldPolicyTest::name)
                .containsExactly("Placed", "LimitReached", "Placed", "Placed", "LimitReached");
        assertThat(outcomes(rules, Map.of(ANN, 2), request(ANN, 2)))
                .containsExactly(new HoldOutcome.LimitReached(PRODUCT, 3, 2));
    }

    @Test
    void aCustomerWhoHasMoreThanTheLimitIsRefusedWithoutHarm() {
        SaleRules rules = new SaleRules(null, 1, SaleWindow.ALWAYS);

        assertThat(outcomes(rules, Map.of(ANN, Integer.MAX_VALUE), request(ANN, Quantity.MAX)))
                .containsExactly(new HoldOutcome.LimitReached(PRODUCT, 1, Integer.MAX_VALUE));
    }

    @Test
    void withoutALimitNobodyIsCounted() {
        assertThat(outcomes(SaleRules.NONE, Map.of(ANN, 100), request(ANN, 3), request(null, 3)))
                .extracting(SaleRulesInHoldPolicyTest::name)
                .containsExactly("Placed", "Placed");
    }

    @Test
    void aSaleOpensAndClosesOnTheMicrosecond() {
        assertThat(at(new SaleWindow(NOW, null))).isInstanceOf(HoldOutcome.Placed.class);
        SaleWindow later = new SaleWindow(NOW.plus(MICROSECOND), null);
        assertThat(at(later)).isEqualTo(new HoldOutcome.NotOnSale(PRODUCT, later, Optional.of(MICROSECOND)));

        assertThat(at(new SaleWindow(null, NOW.plus(MICROSECOND)))).isInstanceOf(HoldOutcome.Placed.class);
        SaleWindow over = new SaleWindow(null, NOW);
        assertThat(at(over)).isEqualTo(new HoldOutcome.NotOnSale(PRODUCT, over, Optional.empty()));
    }

    @Test
    void whatIsRetiredIsNotOnSaleWhateverItsWindow() {
        for (SaleWindow window :
                List.of(SaleWindow.ALWAYS, new SaleWindow(NOW, null), new SaleWindow(NOW.plusSeconds(60), null))) {
            assertThat(outcomes(new SaleRules(null, null, window, true), Map.of(), request(null, 1)))
                    .containsExactly(new HoldOutcome.NotOnSale(PRODUCT, window, Optional.empty()));
        }
    }

    @Test
    void theFirstOfSeveralRefusalsIsTheAnswer() {
        SaleWindow over = new SaleWindow(null, NOW);
        Map<CustomerId, Integer> has = Map.of(ANN, 1);

        assertThat(outcomes(new SaleRules(1, 1, over), has, request(null, 2), request(null, 1), request(ANN, 1)))
                .extracting(SaleRulesInHoldPolicyTest::name)
                .containsExactly("QuantityTooLarge", "CustomerRequired", "NotOnSale");
        Stock nothing = new Stock(PRODUCT, 10, 0, new SaleRules(null, 1, SaleWindow.ALWAYS));
        assertThat(decide(nothing, has, request(ANN, 1)).outcomes())
                .containsExactly(new HoldOutcome.LimitReached(PRODUCT, 1, 1));
    }

    @Test
    void whatMayNotBeHeldIsNotAskedFor() {
        SaleRules rules = new SaleRules(3, 3, SaleWindow.ALWAYS);

        assertThat(HoldPolicy.piecesAsked(
                        stock(rules), List.of(request(ANN, 2), request(ANN, 4), request(null, 1)), NOW))
                .isEqualTo(2);
        assertThat(HoldPolicy.piecesAsked(
                        stock(new SaleRules(null, null, new SaleWindow(null, NOW))), List.of(request(ANN, 2)), NOW))
                .isZero();
    }

    @Test
    void anotherCustomerUnderTheSameIdIsRefused() {
        HoldRequest request = request(ANN, 1);
        ActiveHold hold = decide(Stock.untouched(PRODUCT, 10), Map.of(), request)
                .granted()
                .getFirst();
        HoldRequest others = new HoldRequest(
                request.holdId(), PRODUCT, request.lines().first().quantity(), BEN);

        assertThat(HoldPolicy.repeated(request, hold)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(HoldPolicy.repeated(others, hold)).isEqualTo(new HoldOutcome.IdReused(request.holdId()));
    }

    @Test
    void aHoldIsExtendedOnceForAnotherTimeToLiveFromNow() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW.plus(MICROSECOND));

        ActiveHold extended = extended(hold, SaleWindow.ALWAYS, NOW);
        assertThat(extended.expiresAt()).isEqualTo(NOW.plus(TTL));
        assertThat(extended.extensions()).isEqualTo(1);

        assertThat(extended(extended, SaleWindow.ALWAYS, NOW.plusSeconds(60))).isEqualTo(extended);
    }

    @Test
    void withSeveralExtensionsARepetitionIsKnownByWhenTheHoldExpired() {
        HoldPolicy twice = new HoldPolicy(TTL, 2);
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW.plusSeconds(10));
        ExtendRequest first = new ExtendRequest(hold.id(), hold.expiresAt());
        ActiveHold once = hold.extendedTo(NOW.plus(TTL));
        Instant later = NOW.plusSeconds(10);
        ActiveHold again = once.extendedTo(later.plus(TTL));

        assertThat(twice.extend(first, hold, SaleWindow.ALWAYS, NOW)).isEqualTo(new ExtendOutcome.Extended(once, 1));
        assertThat(twice.extend(first, once, SaleWindow.ALWAYS, later)).isEqualTo(new ExtendOutcome.Extended(once, 1));
        ExtendRequest second = new ExtendRequest(hold.id(), once.expiresAt());
        assertThat(twice.extend(second, once, SaleWindow.ALWAYS, later))
                .isEqualTo(new ExtendOutcome.Extended(again, 0));
        assertThat(twice.extend(second, again, SaleWindow.ALWAYS, later))
                .isEqualTo(new ExtendOutcome.Extended(again, 0));
        assertThat(twice.extend(new ExtendRequest(hold.id(), again.expiresAt()), again, SaleWindow.ALWAYS, later))
                .isEqualTo(new ExtendOutcome.NoExtensionsLeft(hold.id()));
    }

    @Test
    void whoDoesNotSayWhenTheHoldExpiresExtendsItUntilNoExtensionIsLeft() {
        HoldPolicy twice = new HoldPolicy(TTL, 2);
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW.plusSeconds(10));
        ExtendRequest request = new ExtendRequest(hold.id());
        ActiveHold both = hold.extendedTo(NOW.plusSeconds(20)).extendedTo(NOW.plus(TTL));

        assertThat(twice.extend(request, hold.extendedTo(NOW.plusSeconds(20)), SaleWindow.ALWAYS, NOW))
                .isEqualTo(new ExtendOutcome.Extended(both, 0));
        assertThat(twice.extend(request, both, SaleWindow.ALWAYS, NOW.plusSeconds(5)))
                .isEqualTo(new ExtendOutcome.Extended(both, 0));
        assertThat(policy.extend(request, both, SaleWindow.ALWAYS, NOW.plusSeconds(5)))
                .as("fewer are allowed than before")
                .isEqualTo(new ExtendOutcome.Extended(both, 0));
    }

    @Test
    void whereNoHoldIsExtendedAWishForItIsRefused() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW.plusSeconds(10));

        assertThat(new HoldPolicy(TTL, 0).extend(new ExtendRequest(hold.id()), hold, SaleWindow.ALWAYS, NOW))
                .isEqualTo(new ExtendOutcome.NoExtensionsLeft(hold.id()));
    }

    @Test
    void anExtensionThatGainsNothingIsNotUsedUp() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW.plusSeconds(60));

        assertThat(policy.extend(new ExtendRequest(hold.id()), hold, new SaleWindow(null, NOW.plusSeconds(30)), NOW))
                .isEqualTo(new ExtendOutcome.Extended(hold, 1));
    }

    @Test
    void anExtensionEndsWithTheSaleAndNeverMakesAHoldShorter() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW.plusSeconds(60));

        assertThat(extended(hold, new SaleWindow(null, NOW.plusSeconds(90)), NOW)
                        .expiresAt())
                .isEqualTo(NOW.plusSeconds(90));
        assertThat(extended(hold, new SaleWindow(null, NOW.plusSeconds(30)), NOW)
                        .expiresAt())
                .isEqualTo(hold.expiresAt());
        ActiveHold longer = Examples.hold(PRODUCT, 1, NOW.plus(TTL).plusSeconds(60));
        assertThat(extended(longer, SaleWindow.ALWAYS, NOW).expiresAt()).isEqualTo(longer.expiresAt());
    }

    @Test
    void whatIsOverIsNotExtended() {
        ActiveHold hold = Examples.hold(PRODUCT, 1, NOW);
        ExtendRequest request = new ExtendRequest(hold.id());
        Instant before = NOW.minus(MICROSECOND);

        assertThat(policy.extend(request, hold, SaleWindow.ALWAYS, NOW))
                .isEqualTo(new ExtendOutcome.AlreadyExpired(hold.id()));
        assertThat(policy.extend(request, hold.end(HoldEnd.EXPIRED), SaleWindow.ALWAYS, before))
                .isEqualTo(new ExtendOutcome.AlreadyExpired(hold.id()));
        assertThat(policy.extend(request, hold.end(HoldEnd.ORDERED), SaleWindow.ALWAYS, before))
                .isEqualTo(new ExtendOutcome.AlreadyOrdered(hold.id()));
        assertThat(policy.extend(request, hold.end(HoldEnd.RELEASED), SaleWindow.ALWAYS, before))
                .isEqualTo(new ExtendOutcome.AlreadyReleased(hold.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a\n"})
    void aCustomerIdOfOtherCharactersIsRefused(String value) {
        assertThatThrownBy(() -> new CustomerId(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCustomerIdHasAtMost128Characters() {
        assertThat(new CustomerId("~".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new CustomerId("~".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    private ActiveHold extended(ActiveHold hold, SaleWindow window, Instant now) {
        if (!(policy.extend(new ExtendRequest(hold.id()), hold, window, now)
                instanceof ExtendOutcome.Extended extended)) {
            throw new AssertionError("not extended: " + hold);
        }
        return extended.hold();
    }

    private HoldOutcome at(SaleWindow window) {
        return outcomes(new SaleRules(null, null, window), Map.of(), request(null, 1))
                .getFirst();
    }

    private List<HoldOutcome> outcomes(SaleRules rules, Map<CustomerId, Integer> has, HoldRequest... requests) {
        return decide(stock(rules), has, requests).outcomes();
    }

    private HoldPolicy.Decision decide(Stock stock, Map<CustomerId, Integer> has, HoldRequest... requests) {
        return policy.decide(
                Map.of(PRODUCT, new Offer(stock, has, Optional.empty())), Map.of(), List.of(), List.of(requests), NOW);
    }

    private static Stock stock(SaleRules rules) {
        return new Stock(PRODUCT, 100, 100, rules);
    }

    private static HoldRequest request(@Nullable CustomerId customer, int pieces) {
        return new HoldRequest(Examples.newHoldId(), PRODUCT, new Quantity(pieces), customer);
    }

    private static String name(HoldOutcome outcome) {
        return outcome.getClass().getSimpleName();
    }
}
