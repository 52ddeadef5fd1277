package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Stock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides what payments do to their orders, in the order in which they came.
 *
 * <pre>
 *   order       success                                          failed, declined
 *   pending     paid                                             failed, the pieces return; declined: goes on waiting
 *   paid        refund required (it is a second transaction)     ignored
 *   refunded    the same                                         ignored
 *   returned    the same                                         ignored
 *   failed      paid if the pieces can be taken again,           ignored
 *   expired       else refund required                           ignored
 *   cancelled   refund required                                  ignored
 * </pre>
 *
 * What is of another order, or of an amount or a currency other than the order's, is never applied: a success requires a
 * refund, a failure is ignored. So is a failure of a transaction that has succeeded, and what is still under way. Where
 * there was nothing to pay there is nothing to give back: what would be refunded above is ignored.
 * A pending order past its deadline that nobody has expired yet still has its pieces, so a late success is paid with
 * them. An order of several products takes all that was returned of it again, or nothing. Refunds are for
 * {@link RefundPolicy} to decide.
 */
public final class PaymentPolicy {

    private PaymentPolicy() {}

    /**
     * What a batch of payments does.
     *
     * @param payments one for each payment, in their order
     * @param orders every order of the batch as it is afterwards
     * @param stocks every stock that was locked for the batch as it is afterwards
     */
    public record Decision(List<RecordedPayment> payments, Map<OrderId, Order> orders, Map<ProductId, Stock> stocks) {

        /**
         * This one, if every payment has its effect, no order came from nowhere, and what orders have less of a product is in
         * its stock again.
         *
         * @throws IllegalStateException else, which is a defect: before anything is written
         */
        Decision sound(List<Payment> all, Map<OrderId, Order> ordersBefore, Map<ProductId, Stock> stocksBefore) {
            if (payments.size() != all.size()) {
                throw new IllegalStateException(payments.size() + " effects of " + all.size() + " payments");
            }
            if (!orders.keySet().equals(ordersBefore.keySet())
                    || !stocks.keySet().equals(stocksBefore.keySet())) {
                throw new IllegalStateException("other orders or stocks than were locked: " + this);
            }
            Map<ProductId, Integer> returned = new HashMap<>();
            orders.forEach((id, after) -> {
                Order before = found(ordersBefore, id);
                if (!after.equals(before)) {
                    after.returned()
                            .forEach(item -> returned.merge(
                                    item.productId(), item.quantity().value(), Integer::sum));
                    before.returned()
                            .forEach(item -> returned.merge(
                                    item.productId(), -item.quantity().value(), Integer::sum));
                }
            });
            stocks.forEach((id, after) -> {
                Stock before = found(stocksBefore, id);
                if (after.total() != before.total()
                        || after.available() - before.available() != returned.getOrDefault(id, 0)) {
                    throw new IllegalStateException(
                            returned.getOrDefault(id, 0) + " pieces return, but " + before + " becomes " + after);
                }
                returned.remove(id);
            });
            if (returned.values().stream().anyMatch(pieces -> pieces != 0)) {
                throw new IllegalStateException("pieces return to stocks that are not locked: " + returned);
            }
            return this;
        }
    }

    private enum Change {
        APPLY,
        APPLY_AND_RETURN_STOCK,
        APPLY_IF_STOCK_CAN_BE_TAKEN,
        IGNORE,
        REQUIRE_REFUND
    }

    /** The products whose stock some of these payments may change: to be locked before {@link #decide}. */
    public static Set<ProductId> stocksToLock(List<Payment> payments, Map<OrderId, Order> orders) {
        Set<ProductId> products = new TreeSet<>();
        Map<OrderId, Order> after = new HashMap<>(orders);
        for (Payment payment : payments) {
            Order order = found(after, payment.orderId());
            switch (change(order, payment)) {
                case APPLY -> after.put(order.id(), applied(order, payment));
                case APPLY_AND_RETURN_STOCK, APPLY_IF_STOCK_CAN_BE_TAKEN -> {
                    products.addAll(order.lines().products());
                    after.put(order.id(), applied(order, payment));
                }
                case IGNORE, REQUIRE_REFUND -> {}
            }
        }
        return products;
    }

    /**
     * Decides on locked orders and on the locked stocks that {@link #stocksToLock} asked for.
     *
     * @param succeeded the transactions of these payments that succeeded before
     * @param orders has the order of every payment
     */
    public static Decision decide(
            List<Payment> payments,
            Set<TransactionId> succeeded,
            Map<OrderId, Order> orders,
            Map<ProductId, Stock> stocks) {
        Set<TransactionId> successes = new HashSet<>(succeeded);
        Map<OrderId, Order> ordersAfter = new HashMap<>(orders);
        Map<ProductId, Stock> stocksAfter = new HashMap<>(stocks);
        List<RecordedPayment> recorded = new ArrayList<>(payments.size());
        for (Payment payment : payments) {
            Order order = found(ordersAfter, payment.orderId());
            PaymentEffect effect =
                    contradicts(payment, successes) ? PaymentEffect.IGNORED : effect(order, payment, stocksAfter);
            if (payment.status() == PaymentStatus.SUCCESS) {
                successes.add(payment.transactionId());
            }
            if (effect == PaymentEffect.APPLIED) {
                order = applied(order, payment);
                ordersAfter.put(order.id(), order);
            }
            recorded.add(new RecordedPayment(payment, effect, order.status()));
        }
        return new Decision(recorded, ordersAfter, stocksAfter).sound(payments, orders, stocks);
    }

    private static boolean contradicts(Payment payment, Set<TransactionId> successes) {
        return switch (payment.status()) {
            case FAILED, DECLINED -> successes.contains(payment.transactionId());
            case SUCCESS, PROCESSING, REFUNDED -> false;
        };
    }

    private static PaymentEffect effect(Order order, Payment payment, Map<ProductId, Stock> stocks) {
        return switch (change(order, payment)) {
            case APPLY -> PaymentEffect.APPLIED;
            case APPLY_AND_RETURN_STOCK -> {
                for (Item item : order.lines().items()) {
                    Stock stock = found(stocks, item.productId());
                    stocks.put(item.productId(), stock.giveBack(item.quantity().value()));
                }
                yield PaymentEffect.APPLIED;
            }
            case APPLY_IF_STOCK_CAN_BE_TAKEN -> {
                List<Item> returned = order.returned();
                if (!returned.stream()
                        .allMatch(item -> found(stocks, item.productId()).has(item.quantity()))) {
                    yield PaymentEffect.REFUND_REQUIRED;
                }
                for (Item item : returned) {
                    Stock stock = found(stocks, item.productId());
                    stocks.put(item.productId(), stock.take(item.quantity()));
                }
                yield PaymentEffect.APPLIED;
            }
            case IGNORE -> PaymentEffect.IGNORED;
            case REQUIRE_REFUND -> PaymentEffect.REFUND_REQUIRED;
        };
    }

    private static Change change(Order order, Payment payment) {
        return switch (payment.status()) {
            case SUCCESS ->
                !isOfAndMatches(payment, order)
                        ? Change.REQUIRE_REFUND
                        : switch (order.status()) {
                            case PENDING -> Change.APPLY;
                            case PAID, REFUNDED, RETURNED, CANCELLED ->
                                order.amount().isZero() ? Change.IGNORE : Change.REQUIRE_REFUND;
                            case FAILED, EXPIRED -> Change.APPLY_IF_STOCK_CAN_BE_TAKEN;
                        };
            case FAILED -> isAwaited(payment, order) ? Change.APPLY_AND_RETURN_STOCK : Change.IGNORE;
            case DECLINED -> isAwaited(payment, order) ? Change.APPLY : Change.IGNORE;
            case PROCESSING -> Change.IGNORE;
            case REFUNDED -> throw refund(payment);
        };
    }

    private static boolean isAwaited(Payment payment, Order order) {
        return order.status() == OrderStatus.PENDING && isOfAndMatches(payment, order);
    }

    private static boolean isOfAndMatches(Payment payment, Order order) {
        return payment.isOf(order) && payment.matches(order.amount());
    }

    private static Order applied(Order order, Payment payment) {
        return order.with(
                switch (payment.status()) {
                    case SUCCESS -> OrderStatus.PAID;
                    case FAILED -> OrderStatus.FAILED;
                    case DECLINED -> order.status();
                    case PROCESSING, REFUNDED -> throw refund(payment);
                });
    }

    private static IllegalArgumentException refund(Payment payment) {
        return new IllegalArgumentException("a refund is not for this policy: " + payment.transactionId());
    }

    private static <K, V> V found(Map<K, V> rows, K id) {
        V row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("not loaded: " + id);
        }
        return row;
    }
}
