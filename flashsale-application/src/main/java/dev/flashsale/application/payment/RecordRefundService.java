package dev.flashsale.application.payment;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.stock.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes refunds in. They are few, and look at more than other reports. */
public final class RecordRefundService implements BatchedUseCase<Payment, PaymentOutcome> {

    private final StockReturns returns;

    public RecordRefundService(StockReturns returns) {
        this.returns = returns;
    }

    @Override
    public Kind kind() {
        return Kind.PAYMENT;
    }

    @Override
    public Object lane(Payment refund) {
        return Payment.class;
    }

    @Override
    public boolean oneTransactionPerLane() {
        return false;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<PaymentOutcome> decided) {
        listener.payments(batch, decided);
    }

    /** One after the other, since the first may change what the next one is of; the stocks are locked last of all. */
    @Override
    public List<PaymentOutcome> decide(Transaction tx, Batch<Payment> batch) {
        return record(tx, batch.requests());
    }

    /** One that is asked for outside of a batch. */
    public PaymentOutcome record(Transaction tx, Payment refund) {
        return record(tx, List.of(refund)).getFirst();
    }

    private List<PaymentOutcome> record(Transaction tx, List<Payment> refunds) {
        Map<ReportId, RecordedPayment> known = tx.payments()
                .lockBeforeInsert(
                        refunds.stream().map(Payment::transactionId).collect(Collectors.toCollection(TreeSet::new)));
        Set<OrderId> orderIds = refunds.stream()
                .filter(refund -> !known.containsKey(refund.id()))
                .map(Payment::orderId)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<OrderId, Order> orders = orderIds.isEmpty()
                ? Map.of()
                : new HashMap<>(tx.orders().lock(orderIds).rows());
        List<Item> returned = new ArrayList<>();
        List<PaymentOutcome> outcomes = new ArrayList<>(refunds.size());
        for (Payment refund : refunds) {
            RecordedPayment before = known.get(refund.id());
            outcomes.add(
                    before == null
                            ? decideFresh(tx, refund, orders, returned)
                            : PaymentOutcome.repeated(refund, before));
        }
        if (!returned.isEmpty()) {
            returns.giveBack(tx, returned);
        }
        RecordPaymentService.listConflicts(tx, outcomes);
        return outcomes;
    }

    /**
     * Decides a refund that was not known when its transaction began.
     *
     * @param orders locked; gets what becomes of the refund's
     * @param returned gets the pieces that come back
     */
    private static PaymentOutcome decideFresh(
            Transaction tx, Payment refund, Map<OrderId, Order> orders, List<Item> returned) {
        Order order = orders.get(refund.orderId());
        List<RecordedPayment> payments = tx.payments().lockOf(refund.orderId());
        for (RecordedPayment recorded : payments) {
            if (recorded.payment().id().equals(refund.id())) {
                return PaymentOutcome.repeated(refund, recorded);
            }
        }
        return switch (RefundPolicy.decide(refund, order, payments, open(tx, payments))) {
            case RefundPolicy.Decision.NothingToRefund nothing -> {
                tx.seeEverything();
                yield new PaymentOutcome.NothingToRefund(refund);
            }
            case RefundPolicy.Decision.NoSuchPieces none ->
                new PaymentOutcome.NoSuchPieces(refund, none.productId(), none.left());
            case RefundPolicy.Decision.Ignored ignored -> recorded(tx, refund, PaymentEffect.IGNORED, order, null);
            case RefundPolicy.Decision.Applied applied -> {
                if (applied.done() != null) {
                    tx.payments().refundDone(Set.of(applied.done()));
                }
                Order after = applied.order();
                if (order != null && after != null) {
                    if (!after.equals(order)) {
                        tx.orders().save(List.of(after));
                        orders.put(after.id(), after);
                    }
                    if (after.status().takesStock() && !applied.returned().isEmpty()) {
                        tx.orders().giveBackSome(after.id(), applied.returned());
                    }
                    returned.addAll(applied.returned());
                }
                yield recorded(tx, refund, PaymentEffect.APPLIED, after, applied.givesBack());
            }
        };
    }

    private static Set<TransactionId> open(Transaction tx, List<RecordedPayment> payments) {
        return tx.payments()
                .openRefunds(payments.stream()
                        .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                        .map(payment -> payment.payment().transactionId())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static PaymentOutcome recorded(
            Transaction tx,
            Payment refund,
            PaymentEffect effect,
            @Nullable Order order,
            @Nullable GivenBack givesBack) {
        OrderStatus status = order == null ? null : order.status();
        RecordedPayment recorded = new RecordedPayment(refund, effect, status, givesBack);
        tx.payments().insert(List.of(recorded));
        return new PaymentOutcome.Recorded(recorded);
    }
}
