package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.OpenRefund;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RefundReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class ListRefundsService implements ListRefunds {

    private final Ports ports;

    ListRefundsService(Ports ports) {
        this.ports = ports;
    }

    /** An order is there for as long as money must be given back for it. */
    @Override
    public Page<Refund, Long> list(Optional<Long> after, PageSize size) {
        List<OpenRefund> open = ports.payments().openRefunds(after.orElse(0L), size.andOneMore());
        Set<OrderId> ids = open.stream()
                .map(refund -> refund.payment().payment().orderId())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<OrderId, Order> orders =
                ids.isEmpty() ? Map.of() : ports.orders().find(ids).rows();
        List<Refund> refunds = open.stream()
                .map(refund ->
                        refund(refund, orders.get(refund.payment().payment().orderId())))
                .toList();
        return Page.of(refunds, size, Refund::number);
    }

    private static Refund refund(OpenRefund open, @Nullable Order order) {
        Payment payment = open.payment().payment();
        return new Refund(
                open.number(),
                order == null ? payment : payment.completedBy(order.amount()),
                RefundReason.of(open.payment(), order),
                open.receivedAt());
    }
}
