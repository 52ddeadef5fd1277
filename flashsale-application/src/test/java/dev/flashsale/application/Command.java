package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a sale. A command stands for itself, so that one can be left out of a list; there are so few ids
 * that they meet again and again.
 */
sealed interface Command {

    Duration HOLD_TTL = Duration.ofSeconds(20);
    Duration PAYMENT_DEADLINE = Duration.ofSeconds(60);
    Duration PURGE_AGE = Duration.ofDays(1);
    int MOST_COMMANDS = 40;

    record Put(Product product, int total, SaleRules rules) implements Command {}

    record Place(HoldRequest request) implements Command {}

    record Release(HoldId holdId) implements Command {}

    record Extend(HoldId holdId) implements Command {}

    record Order(HoldId holdId) implements Command {}

    record Pay(Payment payment) implements Command {}

    record Expire() implements Command {}

    record Purge(int pageSize) implements Command {}

    record Advance(Duration duration) implements Command {}

    /** Until one of the moments to come at which something begins or ends, or until just before it. */
    record AdvanceTo(int moment, boolean justBefore) implements Command {}

    /** A command whose transaction meets a fate. */
    record Meet(Fate fate, Command command) implements Command {}

    /** Two products to begin with, mostly; then anything. */
    static List<Command> some(SplittableRandom random, Instant start) {
        return IntStream.rangeClosed(1, random.nextInt(4, MOST_COMMANDS))
                .mapToObj(i -> {
                    Command command = i <= 2 && random.nextInt(8) > 0 ? put(i, random, start) : any(random, start);
                    return random.nextInt(10) == 0 ? new Meet(fate(random), command) : command;
                })
                .toList();
    }

    private static Command any(SplittableRandom random, Instant start) {
        return switch (random.nextInt(36)) {
            case 0, 1 -> put(productNumber(random), random, start);
            case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> new Place(request(random));
            case 12, 13 -> new Release(holdId(random));
            case 14, 15, 16 -> new Extend(holdId(random));
            case 17, 18, 19, 20, 21, 22 -> new Order(holdId(random));
            case 23, 24, 25, 26, 27, 28, 29 -> new Pay(payment(random));
            case 30 -> new Expire();
            case 31 -> new Purge(random.nextInt(1, 4));
            case 32 -> new Advance(random.nextInt(3) == 0 ? PURGE_AGE : Duration.ofMillis(random.nextInt(30_000)));
            default -> new AdvanceTo(random.nextInt(3), random.nextInt(3) == 0);
        };
    }

    private static Fate fate(SplittableRandom random) {
        return Fate.values()[random.nextInt(Fate.values().length)];
    }

    private static Put put(int number, SplittableRandom random, Instant start) {
        ProductId id = new ProductId(number);
        Product product = new Product(id, "Console", Money.of("" + random.nextInt(1, 3), "EUR"));
        return new Put(product, random.nextInt(9), random.nextInt(3) == 0 ? rules(random, start) : SaleRules.NONE);
    }

    private static SaleRules rules(SplittableRandom random, Instant start) {
        int opens = random.nextInt(60);
        return new SaleRules(
                random.nextBoolean() ? null : random.nextInt(1, 4),
                random.nextBoolean() ? null : random.nextInt(1, 6),
                new SaleWindow(
                        random.nextInt(3) > 0 ? null : start.plusSeconds(opens),
                        random.nextInt(3) > 0 ? null : start.plusSeconds(opens + random.nextInt(1, 90))));
    }

    private static HoldRequest request(SplittableRandom random) {
        return new HoldRequest(
                holdId(random),
                new ProductId(productNumber(random)),
                new Quantity(random.nextInt(1, 5)),
                random.nextInt(3) == 0 ? null : new CustomerId("c" + random.nextInt(2)));
    }

    private static Payment payment(SplittableRandom random) {
        return new Payment(
                new TransactionId("tx-" + random.nextInt(7)),
                new OrderId(random.nextInt(1, 6)),
                random.nextInt(3) == 0 ? PaymentStatus.FAILED : PaymentStatus.SUCCESS,
                random.nextInt(4) > 0 ? null : BigDecimal.valueOf(random.nextInt(1, 5)),
                currency(random));
    }

    private static @Nullable Currency currency(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> Currency.getInstance("USD");
            case 1 -> Currency.getInstance("EUR");
            default -> null;
        };
    }

    private static HoldId holdId(SplittableRandom random) {
        return new HoldId(new UUID(0, random.nextInt(1, 7)));
    }

    /** Rarely one that nobody sells. */
    private static int productNumber(SplittableRandom random) {
        return random.nextInt(20) == 0 ? 3 : random.nextInt(1, 3);
    }
}
