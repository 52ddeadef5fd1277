package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
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

    private final Transactions transactions;

    ListRefundsService(Transactions transactions) {
        this.transactions = transactions;
    }

    /** An order is there for as long as money must be given back for it. */
    @Override
    public Page<Refund, Long> list(Optional<Long> after, PageSize size) {
        return transactions.read(tx -> list(tx, after, size));
    }

    private static Page<Refund, Long> list(Transaction tx, Optional<Long> after, PageSize size) {
        List<OpenRefund> open = tx.payments().openRefunds(after.orElse(0L), size.andOneMore());
        Set<OrderId> ids = open.stream()
                .map(refund -> refund.payment().payment().orderId())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<OrderId, Order> orders =
                ids.isEmpty() ? Map.of() : tx.orders().find(ids).rows();
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
