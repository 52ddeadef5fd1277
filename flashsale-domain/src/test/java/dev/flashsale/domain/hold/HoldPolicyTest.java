package dev.flashsale.domain.hold;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HoldPolicyTest {

    private static final ProductId PRODUCT = new ProductId(7);
    private static final Duration TTL = Duration.ofMinutes(2);

    private final HoldPolicy policy = new HoldPolicy(TTL, 1);

    @Test
    void aHoldIsGrantedUntilItsTimeIsOver() {
        HoldRequest request = Examples.request(PRODUCT, 3);

        HoldPolicy.Decision decision = decide(10, Optional.empty(), request);

        ActiveHold hold = new ActiveHold(request.holdId(), Lines.of(PRODUCT, new Quantity(3)), NOW.plus(TTL), null, 0);
        assertThat(decision.granted()).containsExactly(hold);
        assertThat(decision.outcomes()).containsExactly(HoldOutcome.Placed.of(hold));
        assertThat(decision.stocks().getFirst()).isEqualTo(new Stock(PRODUCT, 100, 7));
    }

    @Test
    void whatWouldGrantMoreOrLessThanItTakesIsRefusedBeforeItIsWritten() {
        HoldRequest request = Examples.request(PRODUCT, 3);
        Map<ProductId, Offer> offers =
                Map.of(PRODUCT, new Offer(new Stock(PRODUCT, 100, 10), Map.of(), Optional.empty()));
        HoldPolicy.Decision right = policy.decide(offers, Map.of(), List.of(), List.of(request), NOW);

        assertThat(right.sound(offers, List.of(request))).isEqualTo(right);
        for (int left : List.of(6, 8, 10)) {
            HoldPolicy.Decision wrong =
                    new HoldPolicy.Decision(right.outcomes(), right.granted(), List.of(new Stock(PRODUCT, 100, left)));
            assertThatThrownBy(() -> wrong.sound(offers, List.of(request)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("3 pieces granted");
        }
        assertThatThrownBy(() -> right.sound(offers, List.of(request, request))).hasMessage("1 outcomes of 2 requests");
    }

    @Test
    void theFirstToComeAreServed() {
        HoldPolicy.Decision decision = decide(2, Optional.empty(), requests(1, 1, 1, 1));

        assertThat(decision.outcomes())
                .extracting(HoldPolicyTest::name)
                .containsExactly("Placed", "Placed", "AllHeld", "AllHeld");
        assertThat(decision.stocks().getFirst().available()).isZero();
    }

    @Test
    void aRequestTooLargeIsRefusedAndASmallerOneBehindItIsGranted() {
        HoldPolicy.Decision decision = decide(5, Optional.empty(), requests(3, 3, 2, 1));

        assertThat(decision.outcomes())
                .extracting(HoldPolicyTest::name)
                .containsExactly("Placed", "InsufficientStock", "Placed", "AllHeld");
        assertThat(decision.outcomes().get(1)).isEqualTo(new HoldOutcome.InsufficientStock(PRODUCT, 2));
    }

    @Test
    void whatIsLeftIsToldBeforeWhatMayReturn() {
        HoldPolicy.Decision decision = decide(1, Optional.of(NOW.plusSeconds(5)), requests(2));

        assertThat(decision.outcomes()).containsExactly(new HoldOutcome.InsufficientStock(PRODUCT, 1));
        assertThat(decision.granted()).isEmpty();
        assertThat(decision.stocks().getFirst().available()).isEqualTo(1);
    }

    @Test
    void withNothingLeftAndNothingToReturnItIsSoldOut() {
        assertThat(decide(0, Optional.empty(), requests(1)).outcomes())
                .containsExactly(new HoldOutcome.SoldOut(PRODUCT));
    }

    @Test
    void withNothingLeftAndSomethingToReturnAllIsHeld() {
        assertThat(decide(0, Optional.of(NOW.plusSeconds(5)), requests(1)).outcomes())
                .containsExactly(new HoldOutcome.AllHeld(PRODUCT, Duration.ofSeconds(5)));
    }

    @Test
    void whatShouldHaveReturnedAlreadyIsWorthTryingAtOnce() {
        assertThat(decide(0, Optional.of(NOW.minusSeconds(5)), requests(1)).outcomes())
                .containsExactly(new HoldOutcome.AllHeld(PRODUCT, Duration.ZERO));
    }

    @Test
    void aHoldOfTheSameBatchMayReturnToo() {
        assertThat(decide(1, Optional.empty(), requests(1, 1)).outcomes().get(1))
                .isEqualTo(new HoldOutcome.AllHeld(PRODUCT, TTL));
    }

    @Test
    void theEarlierReturnCounts() {
        assertThat(decide(1, Optional.of(NOW.plusSeconds(5)), requests(1, 1))
                        .outcomes()
                        .get(1))
                .isEqualTo(new HoldOutcome.AllHeld(PRODUCT, Duration.ofSeconds(5)));
        assertThat(decide(1, Optional.of(NOW.plus(TTL).plusSeconds(5)), requests(1, 1))
                        .outcomes()
                        .get(1))
                .isEqualTo(new HoldOutcome.AllHeld(PRODUCT, TTL));
    }

    @Test
    void aBatchOfNobodyChangesNothing() {
        HoldPolicy.Decision decision = decide(5, Optional.empty());

        assertThat(decision.outcomes()).isEmpty();
        assertThat(decision.granted()).isEmpty();
        assertThat(decision.stocks().getFirst()).isEqualTo(new Stock(PRODUCT, 100, 5));
    }

    @Test
    void piecesAskedDoNotOverflow() {
        HoldRequest[] many =
                requests(IntStream.generate(() -> Quantity.MAX).limit(3000).toArray());

        assertThat(HoldPolicy.piecesAsked(Stock.untouched(PRODUCT, 1), List.of(many), NOW))
                .isEqualTo(3_000_000_000L);
        assertThat(HoldPolicy.piecesAsked(Stock.untouched(PRODUCT, 1), List.of(), NOW))
                .isZero();
    }

    @Test
    void theSameRequestAgainIsAnsweredWithTheSameHold() {
        ActiveHold hold = Examples.hold(PRODUCT, 3, NOW.minusSeconds(1));
        HoldRequest request = new HoldRequest(hold.id(), PRODUCT, new Quantity(3));

        assertThat(HoldPolicy.repeated(request, hold))
                .isEqualTo(new HoldOutcome.Placed(hold.id(), Lines.of(PRODUCT, new Quantity(3)), hold.expiresAt()));
    }

    @ParameterizedTest
    @EnumSource(HoldEnd.class)
    void theSameRequestAgainIsAnsweredAlikeOnceTheHoldHasEnded(HoldEnd how) {
        ActiveHold hold = Examples.hold(PRODUCT, 3, NOW);
        HoldRequest request = new HoldRequest(hold.id(), PRODUCT, new Quantity(3));

        assertThat(HoldPolicy.repeated(request, hold.end(how))).isEqualTo(HoldPolicy.repeated(request, hold));
    }

    @Test
    void anotherRequestUnderTheSameIdIsRefused() {
        ActiveHold hold = Examples.hold(PRODUCT, 3, NOW);
        HoldRequest more = new HoldRequest(hold.id(), PRODUCT, new Quantity(4));
        HoldRequest other = new HoldRequest(hold.id(), new ProductId(8), new Quantity(3));

        assertThat(List.of(HoldPolicy.repeated(more, hold), HoldPolicy.repeated(other, hold)))
                .containsOnly(new HoldOutcome.IdReused(hold.id()));
    }

    private HoldPolicy.Decision decide(int available, Optional<Instant> nextReturn, HoldRequest... requests) {
        return policy.decide(
                Map.of(PRODUCT, new Offer(new Stock(PRODUCT, 100, available), Map.of(), nextReturn)),
                Map.of(),
                List.of(),
                List.of(requests),
                NOW);
    }

    private static HoldRequest[] requests(int... pieces) {
        return IntStream.of(pieces)
                .mapToObj(count -> Examples.request(PRODUCT, count))
                .toArray(HoldRequest[]::new);
    }

    private static String name(HoldOutcome outcome) {
        return outcome.getClass().getSimpleName();
    }
}
