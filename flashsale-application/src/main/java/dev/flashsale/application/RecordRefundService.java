package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
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

    private final Ports ports;
    private final StockReturns returns;

    RecordRefundService(Ports ports, StockReturns returns) {
        this.ports = ports;
        this.returns = returns;
    }

    @Override
    public PaymentOutcome record(Payment refund) {
        return ports.transactions().run(attempt -> decide(refund));
    }

    private PaymentOutcome decide(Payment refund) {
        TransactionId id = refund.transactionId();
        RecordedPayment known = ports.payments().lock(Set.of(id)).get(id);
        return known == null ? decideFresh(refund) : PaymentOutcome.repeated(refund, known);
    }

    private PaymentOutcome decideFresh(Payment refund) {
        Order order = ports.orders().lock(Set.of(refund.orderId())).rows().get(refund.orderId());
        List<RecordedPayment> payments = ports.payments().lockOf(refund.orderId());
        return switch (RefundPolicy.decide(refund, order, payments, open(payments))) {
            case RefundPolicy.Decision.NothingToRefund nothing -> new PaymentOutcome.NothingToRefund(refund);
            case RefundPolicy.Decision.Ignored ignored -> recorded(refund, PaymentEffect.IGNORED, order);
            case RefundPolicy.Decision.Done done -> {
                ports.payments().refundDone(Set.of(done.payment()));
                yield recorded(refund, PaymentEffect.APPLIED, order);
            }
            case RefundPolicy.Decision.OrderRefunded refunded -> {
                Order after = refunded.order();
                ports.orders().save(List.of(after));
                PaymentOutcome outcome = recorded(refund, PaymentEffect.APPLIED, after);
                if (!after.status().takesStock()) {
                    returns.giveBack(after.items());
                }
                yield outcome;
            }
        };
    }

    private Set<TransactionId> open(List<RecordedPayment> payments) {
        return ports.payments()
                .openRefunds(payments.stream()
                        .filter(payment -> payment.effect() == PaymentEffect.REFUND_REQUIRED)
                        .map(payment -> payment.payment().transactionId())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private PaymentOutcome recorded(Payment refund, PaymentEffect effect, @Nullable Order order) {
        OrderStatus status = order == null ? null : order.status();
        RecordedPayment recorded = new RecordedPayment(refund, effect, status);
        ports.payments().insert(List.of(recorded));
        return new PaymentOutcome.Recorded(recorded);
    }
}
