package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws commands at random. There are so few ids that they meet again and again. */
final class Commands {

    private static final int MOST = 40;
    private static final int PRODUCTS = 3;
    private static final int MOST_ITEMS = 4;

    private final SplittableRandom random;
    private final Instant start;
    private @Nullable HoldRequest lastRequest;

    private Commands(SplittableRandom random, Instant start) {
        this.random = random;
        this.start = start;
    }

    /** Products to begin with, mostly; then anything. */
    static List<Command> some(SplittableRandom random, Instant start) {
        Commands commands = new Commands(random, start);
        return IntStream.rangeClosed(1, random.nextInt(4, MOST))
                .mapToObj(i -> {
                    Command command = i <= PRODUCTS && !commands.oneIn(20)
                            ? commands.put(i, commands.oneIn(8) ? "USD" : "EUR")
                            : commands.any();
                    return commands.oneIn(10) ? new Command.Meet(commands.fate(), command) : command;
                })
                .flatMap(commands::inItsTime)
                .toList();
    }

    /** An extension gains nothing if no time has passed. Some buyers extend a hold as often as they can. */
    private Stream<Command> inItsTime(Command command) {
        if (!(command instanceof Command.Extend) && !(command instanceof Command.ExtendAsSeen)) {
            return Stream.of(command);
        }
        return IntStream.range(0, oneIn(4) ? Command.HOLD_EXTENSIONS + 1 : 1)
                .boxed()
                .flatMap(i -> Stream.of(new Command.Advance(Duration.ofMillis(random.nextInt(3_000))), command));
    }

    private Command any() {
        return switch (random.nextInt(21)) {
            case 0, 1 -> ofProduct();
            case 2, 3, 4, 5, 6, 7 -> ofHold();
            case 8, 9, 10, 11 -> ofOrder();
            case 12, 13, 14, 15, 16 -> ofPayment();
            case 17 -> tidyUp();
            case 18 -> list();
            default -> wait(random.nextInt(4));
        };
    }

    private Command ofProduct() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> put(productNumber(), oneIn(2) ? "USD" : "EUR");
            case 3, 4, 5 -> new Command.Adjust(productId(), random.nextInt(9));
            case 6 -> new Command.Open(productId());
            case 7 -> new Command.Close(productId());
            case 8 -> new Command.Change(productId(), change());
            default -> oneIn(4) ? new Command.Create(newProduct()) : new Command.Change(productId(), change());
        };
    }

    private Command ofHold() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4 -> new Command.Place(request());
            case 5, 6, 7 -> new Command.PlaceOnce(request(), key());
            case 8 -> new Command.Release(holdId());
            case 13, 14, 15 -> new Command.ChangeHold(changeOfHold());
            case 9, 10, 11 -> new Command.ExtendAsSeen(holdId(), !oneIn(4));
            default -> new Command.Extend(new ExtendRequest(holdId()));
        };
    }

    private Command ofOrder() {
        return switch (random.nextInt(11)) {
            case 0, 1, 2, 3 -> new Command.Order(holdId());
            case 4, 5, 6 -> new Command.OrderOnce(holdId(), key());
            case 7 -> new Command.ExtendOrder(orderId(), start.plusSeconds(random.nextInt(300)));
            case 8, 9 -> new Command.Accept(orderId());
            default -> new Command.Cancel(orderId());
        };
    }

    private Command ofPayment() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> new Command.Report(payment());
            case 4, 5 -> new Command.Report(refund());
            case 6, 7 -> new Command.MarkRefundDone(transactionId());
            default -> oneIn(2) ? new Command.ResolveConflict(low(3)) : new Command.Report(payment());
        };
    }

    private Command tidyUp() {
        return switch (random.nextInt(6)) {
            case 0 -> new Command.Expire();
            case 1 -> new Command.ExpireKeptPayments();
            case 2 -> new Command.ForgetOldKeys();
            default -> new Command.Purge(random.nextInt(1, 4));
        };
    }

    private Command list() {
        PageSize pageSize = new PageSize(random.nextInt(1, 4));
        return random.nextBoolean()
                ? new Command.ListHolds(productId(), any(HoldStatus.values()), pageSize)
                : new Command.ListOrders(productId(), any(OrderStatus.values()), pageSize);
    }

    private Command wait(int how) {
        return how == 0
                ? new Command.Advance(oneIn(2) ? Command.PURGE_AGE : Duration.ofMillis(random.nextInt(30_000)))
                : new Command.AdvanceTo(random.nextInt(3), oneIn(3));
    }

    private Fate fate() {
        return any(Fate.values());
    }

    private Command.Put put(int number, String currency) {
        Product product = new Product(new ProductId(number), "Console", price(currency));
        return new Command.Put(product, random.nextInt(9), someRules());
    }

    private NewProduct newProduct() {
        return new NewProduct("Console", price("EUR"), random.nextInt(9), someRules());
    }

    private Money price(String currency) {
        return Money.of("" + random.nextInt(0, 3), currency);
    }

    private SaleRules someRules() {
        int opens = random.nextInt(60);
        return oneIn(4)
                ? new SaleRules(
                        random.nextBoolean() ? null : random.nextInt(1, 4),
                        random.nextBoolean() ? null : random.nextInt(1, 6),
                        new SaleWindow(
                                oneIn(3) ? start.plusSeconds(opens) : null,
                                oneIn(3) ? start.plusSeconds(opens + random.nextInt(1, 90)) : null))
                : SaleRules.NONE;
    }

    private ProductChange change() {
        return new ProductChange(
                random.nextBoolean() ? null : "Phone",
                random.nextBoolean() ? null : new BigDecimal(oneIn(6) ? "0.001" : "" + random.nextInt(1, 3)),
                currency(),
                edit(random.nextInt(1, 4)),
                edit(random.nextInt(1, 6)),
                edit(start.plusSeconds(random.nextInt(60))),
                edit(start.plusSeconds(random.nextInt(90))),
                oneIn(3) ? (Boolean) oneIn(3) : null);
    }

    private <T> Edit<T> edit(T value) {
        return random.nextBoolean() ? new Edit.Keep<>() : new Edit.To<>(oneIn(3) ? null : value);
    }

    /** Some are repeated. */
    private HoldRequest request() {
        if (lastRequest == null || !oneIn(5)) {
            CustomerId customer = oneIn(3) ? null : new CustomerId("c" + random.nextInt(2));
            lastRequest = new HoldRequest(
                    new HoldId(new UUID(0, low(6))), Lines.of(items()), customer, customer != null && oneIn(5));
        }
        return lastRequest;
    }

    private ChangeRequest changeOfHold() {
        return oneIn(3)
                ? new ChangeRequest(holdId(), new Quantity(low(4)))
                : new ChangeRequest(holdId(), Lines.of(items()));
    }

    /** In any order, and some of the same product. */
    private List<Item> items() {
        return IntStream.range(0, oneIn(2) ? 1 : random.nextInt(2, MOST_ITEMS + 1))
                .mapToObj(i -> new Item(productId(), new Quantity(low(3))))
                .toList();
    }

    private Payment payment() {
        Payment payment = new Payment(transactionId(), orderId(), saidOfAPayment(), amount(), currency());
        return oneIn(8) ? payment.ofHold(holdId()) : payment;
    }

    private PaymentStatus saidOfAPayment() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> PaymentStatus.FAILED;
            case 3 -> PaymentStatus.DECLINED;
            case 4 -> PaymentStatus.PROCESSING;
            default -> PaymentStatus.SUCCESS;
        };
    }

    /** Some give back a part, and some of these for pieces. */
    private Payment refund() {
        Payment refund = new Payment(
                transactionId(),
                orderId(),
                PaymentStatus.REFUNDED,
                amount(),
                currency(),
                oneIn(3) ? oneIn(3) ? TransactionId.byHand(orderId()) : transactionId() : null,
                random.nextBoolean());
        return refund.amount() != null && oneIn(2) ? refund.ofPieces(items()) : refund;
    }

    private @Nullable BigDecimal amount() {
        return oneIn(4) ? BigDecimal.valueOf(random.nextInt(1, 6)) : null;
    }

    private @Nullable Currency currency() {
        return switch (random.nextInt(12)) {
            case 0 -> Currency.getInstance("USD");
            case 1 -> Currency.getInstance("EUR");
            default -> null;
        };
    }

    /** Mostly the last that was wished for: its time is not over. */
    private HoldId holdId() {
        return lastRequest == null || oneIn(3) ? new HoldId(new UUID(0, low(6))) : lastRequest.holdId();
    }

    private OrderId orderId() {
        return new OrderId(low(4));
    }

    private TransactionId transactionId() {
        return new TransactionId("tx-" + low(5));
    }

    private IdempotencyKey key() {
        return new IdempotencyKey("key-" + random.nextInt(2));
    }

    private ProductId productId() {
        return new ProductId(productNumber());
    }

    /** Rarely one that nobody sells. */
    private int productNumber() {
        return oneIn(50) ? PRODUCTS + 1 : low(PRODUCTS);
    }

    /** 1 to that, low ones more often: some must meet, and the last ones be new. */
    private int low(int highest) {
        return 1 + Math.min(random.nextInt(highest), random.nextInt(highest));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}
