package dev.flashsale.application;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a {@link SaleModel} and its clock. What can be added up is not written down. */
final class ModelRows {

    record Offer(Product product, SaleRules rules) {}

    /**
     * A payment as it came, and what it did.
     *
     * @param toGiveBack whether somebody must still give its money back
     */
    record Received(RecordedPayment payment, Instant at, boolean toGiveBack) {}

    /** A report that contradicts what is known. */
    record Conflict(Payment report, OrderId known, Instant at, boolean open) {}

    /** An entry of the operators' log, without its words for people. */
    record Logged(Instant at, Cause cause, Action action, long subject) {}

    /** @param of a hold or an order */
    record LineStatus(Object of, ProductId productId, Enum<?> status) {}

    final Map<ProductId, Offer> offers = new TreeMap<>();
    final List<TotalChange> ledger = new ArrayList<>();
    final Map<HoldId, Hold> holds = new HashMap<>();
    /** The products whose pieces an expired hold still has, since nobody has returned them yet. */
    final Map<HoldId, Set<ProductId>> keeps = new HashMap<>();

    final Map<OrderId, Order> orders = new TreeMap<>();
    /** The pieces that came back of orders that keep others. */
    final Map<OrderId, Map<ProductId, Integer>> returned = new HashMap<>();

    final Map<ReportId, Received> payments = new LinkedHashMap<>();
    final List<Conflict> conflicts = new ArrayList<>();
    final List<Logged> log = new ArrayList<>();
    Instant now;

    ModelRows(Instant now) {
        this.now = now;
    }

    Offer offer(ProductId id) {
        return Objects.requireNonNull(offers.get(id));
    }

    /** Of the prices of these products. */
    Set<Currency> currencies(Lines lines) {
        Set<Currency> currencies = new HashSet<>();
        for (ProductId id : lines.products()) {
            currencies.add(offer(id).product().price().currency());
        }
        return currencies;
    }

    Hold hold(HoldId id) {
        return Objects.requireNonNull(holds.get(id));
    }

    Order orderOf(HoldId id) {
        return orders.values().stream()
                .filter(order -> order.holdId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    List<TotalChange> ledger(ProductId id) {
        return ledger.stream().filter(change -> change.productId().equals(id)).toList();
    }

    int total(ProductId id) {
        return ledger.stream()
                .filter(change -> change.productId().equals(id))
                .mapToInt(TotalChange::pieces)
                .sum();
    }

    /** The row of the stock, which does not know yet what is over and not tidied up. */
    Stock stock(ProductId id) {
        return new Stock(id, total(id), total(id) - taken(id), offer(id).rules);
    }

    /** {@code total − active holds − pending orders − paid orders}, whatever has been tidied up. */
    int available(ProductId id) {
        return total(id) - pieces(id, this::isHeld, order -> keepsPieces(asRead(order)));
    }

    /** What is over and not yet tidied up is taken still. */
    int taken(ProductId id) {
        return pieces(
                id,
                hold -> hold instanceof ActiveHold || keptBy(hold).contains(id),
                order -> keepsPieces(order) || order.keeps().contains(id));
    }

    private int pieces(ProductId id, Predicate<Hold> held, Predicate<Order> ordered) {
        int pieces = 0;
        for (Hold hold : holds.values()) {
            pieces += held.test(hold) ? pieces(id, hold.lines()) : 0;
        }
        for (Order order : orders.values()) {
            pieces += ordered.test(order)
                    ? pieces(id, order.lines()) - returned(order.id()).getOrDefault(id, 0)
                    : 0;
        }
        return pieces;
    }

    Map<ProductId, Integer> returned(OrderId id) {
        return returned.getOrDefault(id, Map.of());
    }

    /** Of orders that keep others. */
    int returned(ProductId id) {
        return orders.values().stream()
                .filter(ModelRows::keepsPieces)
                .mapToInt(order -> returned(order.id()).getOrDefault(id, 0))
                .sum();
    }

    static int pieces(ProductId id, Lines lines) {
        int pieces = 0;
        for (Item line : lines.items()) {
            pieces += line.productId().equals(id) ? line.quantity().value() : 0;
        }
        return pieces;
    }

    /** Those with a line of that product. */
    Stream<Hold> holds(ProductId id, Predicate<Hold> which) {
        return holds.values().stream().filter(hold -> pieces(id, hold.lines()) > 0 && which.test(hold));
    }

    /** Those with a line of that product. */
    Stream<Order> orders(ProductId id, Predicate<Order> which) {
        return orders.values().stream().filter(order -> pieces(id, order.lines()) > 0 && which.test(order));
    }

    Set<ProductId> keptBy(Hold hold) {
        return keeps.getOrDefault(hold.id(), Set.of());
    }

    /** What each line of each hold and order is, as far as somebody has written it down. */
    Set<LineStatus> lines() {
        Set<LineStatus> lines = new HashSet<>();
        for (Hold hold : holds.values()) {
            HoldStatus status = hold instanceof EndedHold ended ? statusOf(ended) : HoldStatus.ACTIVE;
            for (ProductId id : hold.lines().products()) {
                lines.add(new LineStatus(hold.id(), id, keptBy(hold).contains(id) ? HoldStatus.ACTIVE : status));
            }
        }
        for (Order order : orders.values()) {
            for (ProductId id : order.lines().products()) {
                lines.add(new LineStatus(
                        order.id(), id, order.keeps().contains(id) ? OrderStatus.PENDING : order.status()));
            }
        }
        return lines;
    }

    @Nullable
    HoldStatus statusOf(HoldId id) {
        return switch (holds.get(id)) {
            case null -> null;
            case ActiveHold active -> isHeld(active) ? HoldStatus.ACTIVE : HoldStatus.EXPIRED;
            case EndedHold ended -> statusOf(ended);
        };
    }

    private static HoldStatus statusOf(EndedHold ended) {
        return switch (ended.how()) {
            case ORDERED -> HoldStatus.ORDERED;
            case RELEASED -> HoldStatus.RELEASED;
            case EXPIRED -> HoldStatus.EXPIRED;
        };
    }

    boolean isHeld(Hold hold) {
        return hold instanceof ActiveHold && now.isBefore(hold.expiresAt());
    }

    Order asRead(Order order) {
        return order.status() == OrderStatus.PENDING && isOver(order.paymentDeadline())
                ? order.with(OrderStatus.EXPIRED)
                : order;
    }

    /** @param keeps the products whose pieces it still has */
    static Order expired(Order order, Set<ProductId> keeps) {
        return new Order(
                order.id(),
                order.holdId(),
                order.lines(),
                order.amount(),
                order.placedAt(),
                order.paymentDeadline(),
                OrderStatus.EXPIRED,
                keeps);
    }

    static boolean keepsPieces(Order order) {
        return switch (order.status()) {
            case PENDING, PAID, REFUNDED -> true;
            case FAILED, EXPIRED, RETURNED, CANCELLED -> false;
        };
    }

    boolean isOver(@Nullable Instant end) {
        return end != null && !now.isBefore(end);
    }
}
