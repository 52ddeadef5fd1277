package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.TransactionId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes in refunds, each in a transaction of its own: they are few, and look at more than other reports. */
final class RecordRefundService implements RecordPayment {

    private final Transactions transactions;
    private final StockReturns returns;

    RecordRefundService(Transactions transactions, StockReturns returns) {
        this.transactions = transactions;
        this.returns = returns;
    }

    @Override
    public PaymentOutcome record(Payment refund) {
        return transactions.run(tx -> decide(tx, refund));
    }

    private PaymentOutcome decide(Transaction tx, Payment refund) {
        TransactionId id = refund.transactionId();
        RecordedPayment known = tx.payments().lockBeforeInsert(Set.of(id)).get(id);
        return known == null ? decideFresh(tx, refund) : PaymentOutcome.repeated(refund, known);
    }

    private PaymentOutcome decideFresh(Transaction tx, Payment refund) {
        Order order = tx.orders().lock(Set.of(refund.orderId())).rows().get(refund.orderId());
        List<RecordedPayment> payments = tx.payments().lockOf(refund.orderId());
        for (RecordedPayment recorded : payments) {
            if (recorded.payment().transactionId().equals(refund.transactionId())) {
                return PaymentOutcome.repeated(refund, recorded);
            }
        }
        return switch (RefundPolicy.decide(refund, order, payments, open(tx, payments))) {
            case RefundPolicy.Decision.NothingToRefund nothing -> new PaymentOutcome.NothingToRefund(refund);
            case RefundPolicy.Decision.Ignored ignored -> recorded(tx, refund, PaymentEffect.IGNORED, order);
            case RefundPolicy.Decision.Done done -> {
                tx.payments().refundDone(Set.of(done.payment()));
                yield recorded(tx, refund, PaymentEffect.APPLIED, order);
            }
            case RefundPolicy.Decision.OrderRefunded refunded -> {
                Order after = refunded.order();
                tx.orders().save(List.of(after));
                PaymentOutcome outcome = recorded(tx, refund, PaymentEffect.APPLIED, after);
                if (!after.status().takesStock()) {
                    returns.giveBack(tx, after.items());
                }
                yield outcome;
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
            Transaction tx, Payment refund, PaymentEffect effect, @Nullable Order order) {
        OrderStatus status = order == null ? null : order.status();
        RecordedPayment recorded = new RecordedPayment(refund, effect, status);
        tx.payments().insert(List.of(recorded));
        return new PaymentOutcome.Recorded(recorded);
    }
}
