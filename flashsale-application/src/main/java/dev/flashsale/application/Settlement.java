package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentPolicy;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Stock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lets payments take effect on their locked orders, and on stocks that it locks where it must. */
final class Settlement {

    private final Ports ports;
    private final StockReturns returns;

    Settlement(Ports ports, StockReturns returns) {
        this.ports = ports;
        this.returns = returns;
    }

    /**
     * Writes the orders and stocks that change; the payments are for the caller to write.
     *
     * @param orders locked by this transaction, with the order of every payment
     */
    PaymentPolicy.Decision settle(List<Payment> payments, Map<OrderId, Order> orders) {
        Map<ProductId, Stock> stocks = lockStocks(payments, orders);
        PaymentPolicy.Decision decision = PaymentPolicy.decide(payments, orders, stocks);
        ports.orders().save(changed(orders, decision.orders()));
        ports.stocks().save(decision.stocks().values());
        return decision;
    }

    private Map<ProductId, Stock> lockStocks(List<Payment> payments, Map<OrderId, Order> orders) {
        Set<ProductId> productIds = PaymentPolicy.stocksToLock(payments, orders);
        if (productIds.isEmpty()) {
            return Map.of();
        }
        Map<ProductId, Long> wanted = wantedAgain(payments, orders);
        Map<ProductId, Stock> stocks =
                new TreeMap<>(ports.stocks().lock(productIds).rows());
        if (!wanted.isEmpty()) {
            Set<HoldId> except = orders.values().stream()
                    .flatMap(order -> order.lineIds().stream())
                    .collect(Collectors.toSet());
            stocks.replaceAll((id, stock) -> returns.reclaim(stock, wanted.getOrDefault(id, 0L), except));
        }
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
