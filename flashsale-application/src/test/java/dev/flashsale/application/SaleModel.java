package dev.flashsale.application;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sale is and answers, written down a second time: one command after the other, on plain rows, adding up anew
 * whenever a number is wanted. It calls no rule of the domain.
 *
 * <p>When what is over is tidied up is the sale's own affair. {@link #notice} takes it over, if it is over.
 */
final class SaleModel {

    private final Map<ProductId, Offer> offers = new TreeMap<>();
    private final Map<HoldId, Hold> holds = new HashMap<>();
    private final Map<OrderId, Order> orders = new TreeMap<>();
    private final Map<TransactionId, RecordedPayment> payments = new LinkedHashMap<>();
    private Instant now;
    private long lastNumber;

    private record Offer(Product product, int total, SaleRules rules) {}

    SaleModel(Instant now) {
        this.now = now;
    }

    void setNow(Instant instant) {
        now = instant;
    }

    AdjustOutcome put(Product product, int total, SaleRules rules) {
        int taken = taken(product.id());
        if (total < taken) {
            return new AdjustOutcome.BelowTaken(taken);
        }
        offers.put(product.id(), new Offer(product, total, rules));
        return new AdjustOutcome.Adjusted(new Stock(product.id(), total, total - taken, rules));
    }

    HoldOutcome place(HoldRequest request) {
        Hold known = holds.get(request.holdId());
        if (known != null) {
            HoldRequest first = new HoldRequest(known.id(), known.productId(), known.quantity(), known.customerId());
            return first.equals(request) ? placed(known) : new HoldOutcome.IdReused(known.id());
        }
        HoldOutcome refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        ActiveHold hold = new ActiveHold(
                request.holdId(),
                request.productId(),
                request.quantity(),
                now.plus(Command.HOLD_TTL),
                request.customerId(),
                false);
        holds.put(hold.id(), hold);
        return placed(hold);
    }

    private static HoldOutcome placed(Hold hold) {
        return new HoldOutcome.Placed(hold.id(), hold.productId(), hold.quantity(), hold.expiresAt());
    }

    private @Nullable HoldOutcome refusal(HoldRequest request) {
        ProductId id = request.productId();
        Offer offer = offers.get(id);
        if (offer == null) {
            return new HoldOutcome.UnknownProduct(id);
        }
        int wanted = request.quantity().value();
        Integer mostPerHold = offer.rules.maxPerHold();
        if (mostPerHold != null && wanted > mostPerHold) {
            return new HoldOutcome.QuantityTooLarge(id, mostPerHold);
        }
        Integer mostPerCustomer = offer.rules.maxPerCustomer();
        CustomerId customer = request.customerId();
        if (mostPerCustomer != null && customer == null) {
            return new HoldOutcome.CustomerRequired(id);
        }
        Instant start = offer.rules.window().startsAt();
        if (start != null && now.isBefore(start)) {
            return new HoldOutcome.NotOnSale(id, offer.rules.window(), Optional.of(Duration.between(now, start)));
        }
        if (isOver(offer.rules.window().endsAt())) {
            return new HoldOutcome.NotOnSale(id, offer.rules.window(), Optional.empty());
        }
        if (mostPerCustomer != null && customer != null && has(customer, id) + wanted > mostPerCustomer) {
            return new HoldOutcome.LimitReached(id, mostPerCustomer, has(customer, id));
        }
        int left = available(id);
        if (wanted <= left) {
            return null;
        }
        return left > 0 ? new HoldOutcome.InsufficientStock(id, left) : nothingLeft(id);
    }

    private HoldOutcome nothingLeft(ProductId id) {
        return Stream.concat(
                        holds(id, this::isHeld).map(Hold::expiresAt),
                        orders(id, order -> order.status() == OrderStatus.PENDING && !isOver(order.paymentDeadline()))
                                .map(Order::paymentDeadline))
                .min(Instant::compareTo)
                .<HoldOutcome>map(at -> new HoldOutcome.AllHeld(id, Duration.between(now, at)))
                .orElse(new HoldOutcome.SoldOut(id));
    }

    ReleaseOutcome release(HoldId id) {
        return switch (statusOf(id)) {
            case null -> new ReleaseOutcome.UnknownHold(id);
            case ACTIVE, RELEASED -> new ReleaseOutcome.Released(end(id, HoldEnd.RELEASED));
            case ORDERED -> new ReleaseOutcome.AlreadyOrdered(id);
            case EXPIRED -> new ReleaseOutcome.AlreadyExpired(id);
        };
    }

    ExtendOutcome extend(HoldId id) {
        return switch (statusOf(id)) {
            case null -> new ExtendOutcome.UnknownHold(id);
            case ACTIVE -> new ExtendOutcome.Extended(extended((ActiveHold) hold(id)));
            case RELEASED -> new ExtendOutcome.AlreadyReleased(id);
            case ORDERED -> new ExtendOutcome.AlreadyOrdered(id);
            case EXPIRED -> new ExtendOutcome.AlreadyExpired(id);
        };
    }

    private ActiveHold extended(ActiveHold hold) {
        if (hold.extended()) {
            return hold;
        }
        Instant until = now.plus(Command.HOLD_TTL);
        Instant endOfSale = offer(hold.productId()).rules.window().endsAt();
        if (endOfSale != null && until.isAfter(endOfSale)) {
            until = endOfSale;
        }
        if (until.isBefore(hold.expiresAt())) {
            until = hold.expiresAt();
        }
        ActiveHold extended =
                new ActiveHold(hold.id(), hold.productId(), hold.quantity(), until, hold.customerId(), true);
        holds.put(extended.id(), extended);
        return extended;
    }

    OrderOutcome order(HoldId id) {
        return switch (statusOf(id)) {
            case null -> new OrderOutcome.UnknownHold(id);
            case ACTIVE -> new OrderOutcome.Placed(newOrder(end(id, HoldEnd.ORDERED)));
            case RELEASED -> new OrderOutcome.HoldReleased(id);
            case ORDERED -> new OrderOutcome.AlreadyPlaced(asRead(orderOf(id)));
            case EXPIRED -> new OrderOutcome.HoldExpired(id, hold(id).expiresAt());
        };
    }

    private Order newOrder(EndedHold hold) {
        Money price = offer(hold.productId()).product.price();
        BigDecimal amount =
                price.amount().multiply(new BigDecimal(hold.quantity().value()));
        OrderId id = new OrderId(++lastNumber);
        orders.put(
                id,
                new Order(
                        id,
                        hold.id(),
                        hold.productId(),
                        hold.quantity(),
                        new Money(amount, price.currency()),
                        now,
                        now.plus(Command.PAYMENT_DEADLINE),
                        OrderStatus.PENDING));
        payments.replaceAll(
                (transactionId, kept) -> kept.payment().orderId().equals(id) && kept.effect() == PaymentEffect.KEPT
                        ? settled(kept.payment())
                        : kept);
        return Objects.requireNonNull(orders.get(id));
    }

    /** A transaction that would have made an order was rolled back; numbers do not go back. */
    void rolledBack(HoldId ordered) {
        if (statusOf(ordered) == HoldStatus.ACTIVE) {
            lastNumber++;
        }
    }

    PaymentOutcome pay(Payment payment) {
        RecordedPayment known = payments.get(payment.transactionId());
        if (known != null) {
            return known.payment().equals(payment)
                    ? new PaymentOutcome.AlreadyRecorded(known)
                    : new PaymentOutcome.Conflict(known);
        }
        RecordedPayment recorded = orders.containsKey(payment.orderId())
                ? settled(payment)
                : new RecordedPayment(payment, PaymentEffect.KEPT, null);
        payments.put(payment.transactionId(), recorded);
        return new PaymentOutcome.Recorded(recorded);
    }

    private RecordedPayment settled(Payment payment) {
        Order order = Objects.requireNonNull(orders.get(payment.orderId()));
        boolean pending = order.status() == OrderStatus.PENDING;
        boolean right = (payment.amount() == null
                        || payment.amount().compareTo(order.amount().amount()) == 0)
                && (payment.currency() == null
                        || payment.currency().equals(order.amount().currency()));
        PaymentEffect effect;
        if (payment.status() == PaymentStatus.FAILED) {
            effect = pending && right ? PaymentEffect.APPLIED : PaymentEffect.IGNORED;
        } else {
            boolean hasPieces = pending
                    || (order.status() != OrderStatus.PAID && order.quantity().value() <= available(order.productId()));
            effect = right && hasPieces ? PaymentEffect.APPLIED : PaymentEffect.REFUND_REQUIRED;
        }
        OrderStatus status = effect != PaymentEffect.APPLIED
                ? order.status()
                : payment.status() == PaymentStatus.SUCCESS ? OrderStatus.PAID : OrderStatus.FAILED;
        orders.put(order.id(), order.with(status));
        return new RecordedPayment(payment, effect, status);
    }

    void expire() {
        holds.replaceAll((id, hold) ->
                hold instanceof ActiveHold active && isOver(active.expiresAt()) ? active.end(HoldEnd.EXPIRED) : hold);
        orders.replaceAll((id, order) -> asRead(order));
    }

    void purge() {
        Instant longAgo = now.minus(Command.PURGE_AGE);
        for (Hold hold : List.copyOf(holds.values())) {
            if (!(hold instanceof EndedHold ended) || hold.expiresAt().isAfter(longAgo)) {
                continue;
            }
            if (ended.how() != HoldEnd.ORDERED) {
                holds.remove(hold.id());
                continue;
            }
            Order order = orderOf(hold.id());
            List<RecordedPayment> ofOrder = payments.values().stream()
                    .filter(payment -> payment.payment().orderId().equals(order.id()))
                    .toList();
            if ((order.status() == OrderStatus.FAILED || order.status() == OrderStatus.EXPIRED)
                    && !order.paymentDeadline().isAfter(longAgo)
                    && ofOrder.stream().noneMatch(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)) {
                payments.values().removeAll(ofOrder);
                orders.remove(order.id());
                holds.remove(hold.id());
            }
        }
    }

    /** The moments to come at which something begins or ends, the next first. */
    List<Instant> moments() {
        Set<Instant> moments = new TreeSet<>();
        holds.values().forEach(hold -> addWithPurge(moments, hold.expiresAt()));
        orders.values().forEach(order -> addWithPurge(moments, order.paymentDeadline()));
        offers.values().forEach(offer -> {
            Optional.ofNullable(offer.rules.window().startsAt()).ifPresent(moments::add);
            Optional.ofNullable(offer.rules.window().endsAt()).ifPresent(moments::add);
        });
        return moments.stream().filter(moment -> moment.isAfter(now)).toList();
    }

    private static void addWithPurge(Set<Instant> moments, Instant end) {
        moments.add(end);
        moments.add(end.plus(Command.PURGE_AGE));
    }

    /** What is over may have been tidied up by whoever looked, or not yet. */
    void notice(List<Hold> storedHolds, List<Order> storedOrders) {
        for (Hold stored : storedHolds) {
            if (holds.get(stored.id()) instanceof ActiveHold active
                    && isOver(active.expiresAt())
                    && stored.equals(active.end(HoldEnd.EXPIRED))) {
                holds.put(stored.id(), stored);
            }
        }
        for (Order stored : storedOrders) {
            Order order = orders.get(stored.id());
            if (order != null && stored.status() == OrderStatus.EXPIRED && stored.equals(asRead(order))) {
                orders.put(stored.id(), stored);
            }
        }
    }

    Map<ProductId, Stock> stocks() {
        Map<ProductId, Stock> stocks = new TreeMap<>();
        offers.forEach((id, offer) -> stocks.put(id, new Stock(id, offer.total, offer.total - taken(id), offer.rules)));
        return stocks;
    }

    Map<HoldId, Hold> holds() {
        return holds;
    }

    Map<OrderId, Order> orders() {
        return orders;
    }

    List<RecordedPayment> payments() {
        return List.copyOf(payments.values());
    }

    ViewProduct.View view(ProductId id) {
        Offer offer = offer(id);
        Instant start = offer.rules.window().startsAt();
        return new ViewProduct.View(
                offer.product,
                new Stock(id, offer.total, available(id), offer.rules),
                start != null && now.isBefore(start)
                        ? SaleState.UPCOMING
                        : isOver(offer.rules.window().endsAt()) ? SaleState.OVER : SaleState.OPEN);
    }

    ViewHold.View view(HoldId id) {
        HoldStatus status = Objects.requireNonNull(statusOf(id));
        return new ViewHold.View(
                hold(id), status, status == HoldStatus.ORDERED ? Optional.of(asRead(orderOf(id))) : Optional.empty());
    }

    Order view(OrderId id) {
        return asRead(Objects.requireNonNull(orders.get(id)));
    }

    /** {@code total − active holds − pending orders − paid orders}, whatever has been tidied up. */
    private int available(ProductId id) {
        return offer(id).total
                - holds(id, this::isHeld)
                        .mapToInt(hold -> hold.quantity().value())
                        .sum()
                - orders(id, order -> keepsPieces(asRead(order)))
                        .mapToInt(order -> order.quantity().value())
                        .sum();
    }

    /** What is over and not yet tidied up is taken still. */
    private int taken(ProductId id) {
        return holds(id, ActiveHold.class::isInstance)
                        .mapToInt(hold -> hold.quantity().value())
                        .sum()
                + orders(id, SaleModel::keepsPieces)
                        .mapToInt(order -> order.quantity().value())
                        .sum();
    }

    private int has(CustomerId customer, ProductId id) {
        return holds(id, hold -> customer.equals(hold.customerId()))
                .filter(hold -> switch (Objects.requireNonNull(statusOf(hold.id()))) {
                    case ACTIVE -> true;
                    case ORDERED -> keepsPieces(asRead(orderOf(hold.id())));
                    case RELEASED, EXPIRED -> false;
                })
                .mapToInt(hold -> hold.quantity().value())
                .sum();
    }

    private @Nullable HoldStatus statusOf(HoldId id) {
        return switch (holds.get(id)) {
            case null -> null;
            case ActiveHold active -> isHeld(active) ? HoldStatus.ACTIVE : HoldStatus.EXPIRED;
            case EndedHold ended ->
                switch (ended.how()) {
                    case ORDERED -> HoldStatus.ORDERED;
                    case RELEASED -> HoldStatus.RELEASED;
                    case EXPIRED -> HoldStatus.EXPIRED;
                };
        };
    }

    private boolean isHeld(Hold hold) {
        return hold instanceof ActiveHold && now.isBefore(hold.expiresAt());
    }

    private Order asRead(Order order) {
        return order.status() == OrderStatus.PENDING && isOver(order.paymentDeadline())
                ? order.with(OrderStatus.EXPIRED)
                : order;
    }

    private static boolean keepsPieces(Order order) {
        return order.status() == OrderStatus.PENDING || order.status() == OrderStatus.PAID;
    }

    private boolean isOver(@Nullable Instant end) {
        return end != null && !now.isBefore(end);
    }

    private EndedHold end(HoldId id, HoldEnd how) {
        Hold hold = hold(id);
        EndedHold ended =
                new EndedHold(id, hold.productId(), hold.quantity(), hold.expiresAt(), hold.customerId(), how);
        holds.put(id, ended);
        return ended;
    }

    private Stream<Hold> holds(ProductId id, Predicate<Hold> which) {
        return holds.values().stream().filter(hold -> hold.productId().equals(id) && which.test(hold));
    }

    private Stream<Order> orders(ProductId id, Predicate<Order> which) {
        return orders.values().stream().filter(order -> order.productId().equals(id) && which.test(order));
    }

    private Offer offer(ProductId id) {
        return Objects.requireNonNull(offers.get(id));
    }

    private Hold hold(HoldId id) {
        return Objects.requireNonNull(holds.get(id));
    }

    private Order orderOf(HoldId id) {
        return orders.values().stream()
                .filter(order -> order.holdId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
