package dev.flashsale.application.order;

import dev.flashsale.application.OrderView;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ReceivedPayment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what is known of orders beside themselves: whose they are, and what was paid. */
public final class OrderViews {

    private final Failures failures;

    public OrderViews(Failures failures) {
        this.failures = failures;
    }

    /** For each of these orders what makes a view of it, however it reads. A payment that cannot be read is reported and left out. */
    public Function<Order, OrderView> of(Transaction tx, Collection<Order> orders) {
        if (orders.isEmpty()) {
            return order -> new OrderView(order, null, List.of());
        }
        Map<HoldId, Hold> holds = tx.holds()
                .find(orders.stream().map(Order::holdId).collect(Collectors.toCollection(TreeSet::new)))
                .rows();
        Slice<Long, ReceivedPayment> payments = tx.paymentLists()
                .ofOrders(orders.stream().map(Order::id).collect(Collectors.toCollection(TreeSet::new)));
        payments.unreadable().forEach((number, wrong) -> failures.report(Work.LIST, "payment " + number, wrong));
        Map<OrderId, List<ReceivedPayment>> ofOrder = new HashMap<>();
        payments.rows()
                .values()
                .forEach(received -> ofOrder.computeIfAbsent(
                                received.payment().payment().orderId(), id -> new ArrayList<>())
                        .add(received));
        return order -> {
            Hold hold = holds.get(order.holdId());
            return new OrderView(
                    order, hold == null ? null : hold.customerId(), ofOrder.getOrDefault(order.id(), List.of()));
        };
    }
}
