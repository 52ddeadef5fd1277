package dev.flashsale.domain.hold;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HoldPolicyPropertyTest {

    private static final ProductId PRODUCT = new ProductId(7);
    private static final Duration TTL = Duration.ofMinutes(2);

    @Test
    void noBatchEverOversellsAndEveryPieceIsAccountedFor() {
        Seeds.each(5000, HoldPolicyPropertyTest::decideOneBatch);
    }

    private static void decideOneBatch(SplittableRandom random) {
        int total = random.nextInt(30);
        SaleRules rules = rules(random);
        Stock stock = new Stock(PRODUCT, total, random.nextInt(total + 1), rules);
        Map<CustomerId, Integer> has = new HashMap<>();
        has.put(customer(random), random.nextInt(4));
        List<HoldRequest> requests = IntStream.range(0, random.nextInt(20))
                .mapToObj(i -> new HoldRequest(
                        Examples.newHoldId(),
                        PRODUCT,
                        new Quantity(1 + random.nextInt(8)),
                        random.nextInt(5) == 0 ? null : customer(random)))
                .toList();
        Optional<Instant> nextReturn =
                random.nextBoolean() ? Optional.of(NOW.plusSeconds(random.nextInt(-60, 300))) : Optional.empty();

        HoldPolicy.Decision decision = new HoldPolicy(TTL, 1)
                .decide(
                        Map.of(PRODUCT, new Offer(stock, Map.copyOf(has), nextReturn)),
                        Map.of(),
                        List.of(),
                        requests,
                        NOW);

        int left = stock.available();
        List<ActiveHold> granted = new ArrayList<>();
        assertThat(decision.outcomes()).hasSameSizeAs(requests);
        for (int i = 0; i < requests.size(); i++) {
            HoldRequest request = requests.get(i);
            boolean fits = request.lines().first().quantity().value() <= left;
            switch (decision.outcomes().get(i)) {
                case HoldOutcome.Placed placed -> {
                    assertThat(fits).as("oversold at %d", i).isTrue();
                    assertThat(placed.holdId()).isEqualTo(request.holdId());
                    left -= request.lines().first().quantity().value();
                    granted.add(
                            new ActiveHold(request.holdId(), request.lines(), NOW.plus(TTL), request.customerId(), 0));
                    assertThat(rules.maxPerHold() == null
                                    || request.lines().first().quantity().value() <= rules.maxPerHold())
                            .isTrue();
                    if (request.customerId() != null) {
                        int now = has.merge(
                                request.customerId(),
                                request.lines().first().quantity().value(),
                                Integer::sum);
                        assertThat(rules.maxPerCustomer() == null || now <= rules.maxPerCustomer())
                                .isTrue();
                    }
                }
                case HoldOutcome.InsufficientStock refused -> {
                    assertThat(fits).isFalse();
                    assertThat(refused.available()).isEqualTo(left).isPositive();
                }
                case HoldOutcome.AllHeld refused -> {
                    assertThat(left).isZero();
                    assertThat(nextReturn.isPresent() || !granted.isEmpty()).isTrue();
                    assertThat(refused.retryAfter()).isBetween(Duration.ZERO, Duration.ofSeconds(300));
                }
                case HoldOutcome.SoldOut refused -> {
                    assertThat(left).isZero();
                    assertThat(nextReturn).isEmpty();
                    assertThat(granted).isEmpty();
                }
                case HoldOutcome.QuantityTooLarge refused ->
                    assertThat(request.lines().first().quantity().value()).isGreaterThan(refused.limit());
                case HoldOutcome.CustomerRequired refused -> {
                    assertThat(request.customerId()).isNull();
                    assertThat(rules.maxPerCustomer()).isNotNull();
                }
                case HoldOutcome.LimitReached refused -> {
                    assertThat(refused.taken()).isEqualTo(has.getOrDefault(request.customerId(), 0));
                    assertThat(refused.taken()
                                    + request.lines().first().quantity().value())
                            .isGreaterThan(refused.limit());
                }
                case HoldOutcome.NotOnSale refused -> throw new AssertionError(refused);
                case HoldOutcome.AlreadyHeld unasked -> throw new AssertionError(unasked);
                case HoldOutcome.IdReused refused -> throw new AssertionError(refused);
                case HoldOutcome.MixedCurrencies refused -> throw new AssertionError(refused);
                case HoldOutcome.LinesShort refused -> throw new AssertionError(refused);
                case HoldOutcome.UnknownProduct refused -> throw new AssertionError(refused);
            }
        }
        assertThat(decision.granted()).isEqualTo(granted);
        assertThat(decision.stocks().getFirst()).isEqualTo(new Stock(PRODUCT, total, left, rules));
    }

    private static SaleRules rules(SplittableRandom random) {
        return new SaleRules(
                random.nextBoolean() ? null : 1 + random.nextInt(8),
                random.nextBoolean() ? null : 1 + random.nextInt(10),
                SaleWindow.ALWAYS);
    }

    private static CustomerId customer(SplittableRandom random) {
        return new CustomerId("c" + random.nextInt(3));
    }
}
