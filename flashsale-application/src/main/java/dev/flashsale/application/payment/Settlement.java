package dev.flashsale.application.payment;

import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentPolicy;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lets payments take effect on their locked orders, and on stocks that it locks where it must. */
public final class Settlement {

    private final StockReturns returns;
    private final StockWrites writes;
    private final Notifications notifications;
    private final Duration retryGrace;

    /** @param retryGrace how long an order waits for another attempt after one was declined, within its deadline */
    public Settlement(StockReturns returns, StockWrites writes, Notifications notifications, Duration retryGrace) {
        this.retryGrace = retryGrace;
        this.returns = returns;
        this.writes = writes;
        this.notifications = notifications;
    }

    /**
     * As {@link #settle}, for payments that were kept and are locked by this transaction: they are written, too.
     *
     * @param orders locked by this transaction, with the order of every payment
     */
    public PaymentPolicy.Decision settleKept(Transaction tx, List<Payment> kept, Map<OrderId, Order> orders) {
        PaymentPolicy.Decision decision = settle(tx, kept, Set.of(), orders);
        settled(tx, decision.payments());
        return decision;
    }

    /** Lets what is kept of a transaction take effect if its order exists; empty if nothing was to do. */
    public List<RecordedPayment> settle(Transaction tx, TransactionId id) {
        List<Payment> kept = tx.payments().lock(Set.of(id)).values().stream()
                .filter(payment -> payment.effect() == PaymentEffect.KEPT)
                .map(RecordedPayment::payment)
                .toList();
        return kept.isEmpty() ? List.of() : settleExisting(tx, kept);
    }

    /** Of these kept payments, which this transaction has locked, lets those take effect whose orders exist. */
    public List<RecordedPayment> settleExisting(Transaction tx, List<Payment> kept) {
        Map<OrderId, Order> orders = tx.orders()
                .lock(kept.stream().map(Payment::orderId).collect(Collectors.toCollection(TreeSet::new)))
                .rows();
        List<Payment> come = kept.stream()
                .filter(payment -> orders.containsKey(payment.orderId()))
                .toList();
        return come.isEmpty() ? List.of() : settleKept(tx, come, orders).payments();
    }

    /** Decides kept payments whose orders were waited for long enough; they are locked by this transaction. */
    public void giveUp(Transaction tx, List<Payment> kept) {
        settled(tx, kept.stream().map(RecordedPayment::givenUp).toList());
    }

    private void settled(Transaction tx, List<RecordedPayment> decided) {
        if (!decided.isEmpty()) {
            tx.payments().settle(decided);
            tx.afterCommit(() -> notifications.tell(listener -> listener.keptPaymentsSettled(decided)));
        }
    }

    /**
     * Writes the orders and stocks that change; the payments are for the caller to write.
     *
     * @param succeeded the transactions of these payments that succeeded before
     * @param orders locked by this transaction, with the order of every payment
     */
    public PaymentPolicy.Decision settle(
            Transaction tx, List<Payment> payments, Set<TransactionId> succeeded, Map<OrderId, Order> orders) {
        Map<ProductId, Stock> locked = lockStocks(tx, payments, orders);
        PaymentPolicy.Decision decision =
                PaymentPolicy.decide(payments, succeeded, orders, reclaimed(tx, locked, payments, orders));
        List<Order> changed = changed(orders, decision.orders());
        tx.orders().save(changed);
        countAgain(tx, changed, orders);
        writes.save(tx, locked, decision.stocks().values());
        return waitingForAnother(tx, decision);
    }

    /** With the deadlines of orders of which an attempt was declined. */
    private PaymentPolicy.Decision waitingForAnother(Transaction tx, PaymentPolicy.Decision decision) {
        Set<OrderId> declined = decision.payments().stream()
                .filter(recorded -> recorded.payment().status() == PaymentStatus.DECLINED
                        && recorded.effect() == PaymentEffect.APPLIED)
                .map(recorded -> recorded.payment().orderId())
                .collect(Collectors.toCollection(TreeSet::new));
        if (declined.isEmpty()) {
            return decision;
        }
        Map<OrderId, Order> orders = new TreeMap<>(decision.orders());
        Instant now = tx.orders().find(Set.of()).now();
        for (OrderId id : declined) {
            Order order = Objects.requireNonNull(orders.get(id));
            Order shorter = order.declined(now, retryGrace);
            if (!shorter.equals(order)) {
                tx.orders().saveDeadline(shorter);
                orders.put(id, shorter);
            }
        }
        return new PaymentPolicy.Decision(decision.payments(), orders, decision.stocks());
    }

    private static void countAgain(Transaction tx, List<Order> changed, Map<OrderId, Order> before) {
        Set<HoldId> again = changed.stream()
                .filter(order -> order.status().takesStock()
                        && !Objects.requireNonNull(before.get(order.id()))
                                .status()
                                .takesStock())
                .map(Order::holdId)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!again.isEmpty()) {
            tx.holds().countAgain(again);
        }
    }

    private static Map<ProductId, Stock> lockStocks(
            Transaction tx, List<Payment> payments, Map<OrderId, Order> orders) {
        Set<ProductId> productIds = PaymentPolicy.stocksToLock(payments, orders);
        return productIds.isEmpty() ? Map.of() : tx.stocks().lock(productIds).rows();
    }

    /** With what late successes need to take again, as far as it can be had. */
    private Map<ProductId, Stock> reclaimed(
            Transaction tx, Map<ProductId, Stock> locked, List<Payment> payments, Map<OrderId, Order> orders) {
        Map<ProductId, Long> wanted = wantedAgain(payments, orders);
        if (wanted.isEmpty()) {
            return locked;
        }
        Set<HoldId> except = orders.values().stream().map(Order::holdId).collect(Collectors.toSet());
        Map<ProductId, Stock> stocks = new TreeMap<>(locked);
        stocks.replaceAll((id, stock) -> returns.reclaim(tx, stock, wanted.getOrDefault(id, 0L), except));
        return stocks;
    }

    /** Pieces that late successes need to take again. */
    private static Map<ProductId, Long> wantedAgain(List<Payment> payments, Map<OrderId, Order> orders) {
        return payments.stream()
                .filter(payment -> payment.status() == PaymentStatus.SUCCESS)
                .map(Payment::orderId)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(id -> Objects.requireNonNull(orders.get(id)))
                .filter(order -> order.status().mayBePaidLate())
                .flatMap(order -> order.returned().stream())
                .collect(Collectors.groupingBy(
                        Item::productId,
                        Collectors.summingLong(item -> item.quantity().value())));
    }

    private static List<Order> changed(Map<OrderId, Order> before, Map<OrderId, Order> after) {
        return after.values().stream()
                .filter(order -> !order.equals(before.get(order.id())))
                .toList();
    }
}
