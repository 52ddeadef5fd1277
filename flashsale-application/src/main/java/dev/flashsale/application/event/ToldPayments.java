package dev.flashsale.application.event;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent.OrderRefunded;
import dev.flashsale.domain.event.SaleEvent.RefundDone;
import dev.flashsale.domain.event.SaleEvent.RefundRequired;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Payments of which is told what money they leave to give back, and what was given back. */
record ToldPayments(PaymentRepository all, Story story) implements PaymentRepository {

    @Override
    public Map<ReportId, RecordedPayment> lock(Set<TransactionId> ids) {
        Map<ReportId, RecordedPayment> locked = all.lock(ids);
        locked.values().forEach(story::saw);
        return locked;
    }

    @Override
    public Map<ReportId, RecordedPayment> lockBeforeInsert(Set<TransactionId> ids) {
        Map<ReportId, RecordedPayment> locked = all.lockBeforeInsert(ids);
        locked.values().forEach(story::saw);
        return locked;
    }

    @Override
    public void insert(Collection<RecordedPayment> payments) {
        all.insert(payments);
        payments.forEach(this::told);
    }

    @Override
    public List<Payment> lockKept(Set<OrderId> orderIds) {
        return all.lockKept(orderIds);
    }

    @Override
    public void settle(Collection<RecordedPayment> payments) {
        all.settle(payments);
        payments.forEach(this::told);
    }

    private void told(RecordedPayment recorded) {
        Payment payment = recorded.payment();
        if (recorded.effect() == PaymentEffect.REFUND_REQUIRED) {
            story.saw(recorded);
            story.addOfOrder(EventKind.REFUND_REQUIRED, payment.orderId(), stamp -> {
                Payment whole = whole(payment);
                return new RefundRequired(
                        stamp,
                        payment.transactionId(),
                        payment.orderId(),
                        whole.amount(),
                        whole.currency(),
                        productsOf(payment.orderId()));
            });
        } else if (payment.status() == PaymentStatus.REFUNDED && recorded.effect() == PaymentEffect.APPLIED) {
            refunded(recorded);
        }
    }

    /** What was given back had to be, or paid the order. */
    private void refunded(RecordedPayment refund) {
        GivenBack givesBack = refund.givesBack();
        OrderId id = refund.payment().orderId();
        boolean ofOrder = givesBack == null
                ? refund.orderStatus() == OrderStatus.REFUNDED || refund.orderStatus() == OrderStatus.RETURNED
                : !story.owed(givesBack.payment());
        BigDecimal amount = givesBack == null ? null : givesBack.amount();
        if (ofOrder) {
            Order order = Objects.requireNonNull(story.order(id), () -> "an order that was not locked: " + id);
            List<Item> returned = returned(refund, order);
            story.addOfHold(
                    EventKind.ORDER_REFUNDED,
                    order.holdId(),
                    stamp -> new OrderRefunded(stamp, order, story.customerOf(order.holdId()), amount, returned));
        } else {
            story.addOfOrder(EventKind.REFUND_DONE, id, stamp -> {
                Payment whole = whole(refund.payment());
                return new RefundDone(
                        stamp,
                        givesBack == null ? whole.transactionId() : givesBack.payment(),
                        id,
                        amount,
                        whole.currency(),
                        productsOf(id));
            });
        }
    }

    /** Those that it names; all that had not come back before, with an order that is returned and names none. */
    private List<Item> returned(RecordedPayment refund, Order order) {
        if (!refund.payment().restock()) {
            return List.of();
        }
        if (!refund.payment().pieces().isEmpty()) {
            return refund.payment().pieces();
        }
        List<Item> items = new ArrayList<>();
        if (order.status() == OrderStatus.RETURNED) {
            RefundPolicy.left(order.with(OrderStatus.PAID), story.paymentsOf(order.id()))
                    .forEach((product, pieces) -> {
                        if (pieces > 0) {
                            items.add(new Item(product, new Quantity(pieces)));
                        }
                    });
        }
        return items;
    }

    private Payment whole(Payment payment) {
        Order order = story.order(payment.orderId());
        return order == null ? payment : payment.completedBy(order.amount());
    }

    private List<ProductId> productsOf(OrderId id) {
        Order order = story.order(id);
        return order == null ? List.of() : order.lines().products();
    }

    @Override
    public List<RecordedPayment> lockOf(OrderId orderId) {
        List<RecordedPayment> locked = all.lockOf(orderId);
        story.saw(orderId, locked);
        return locked;
    }

    @Override
    public Set<TransactionId> openRefunds(Set<TransactionId> ids) {
        return all.openRefunds(ids);
    }

    @Override
    public void refundDone(Set<TransactionId> ids) {
        all.refundDone(ids);
    }

    @Override
    public void listConflicts(Collection<ConflictingReport> reports) {
        all.listConflicts(reports);
    }

    @Override
    public boolean resolveConflict(long number) {
        return all.resolveConflict(number);
    }
}
