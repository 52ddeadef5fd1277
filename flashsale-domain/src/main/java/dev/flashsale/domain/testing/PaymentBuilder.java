package dev.flashsale.domain.testing;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import org.jspecify.annotations.Nullable;

/** A gateway's report of a success under a new transaction id that names no amount, but for what is said. */
public final class PaymentBuilder {

    private final OrderId orderId;
    private TransactionId transaction = Examples.newTransactionId();
    private PaymentStatus status = PaymentStatus.SUCCESS;
    private @Nullable HoldId reference;
    private @Nullable Money amount;
    private @Nullable TransactionId refundOf;
    private boolean restock;

    private PaymentBuilder(OrderId orderId) {
        this.orderId = orderId;
    }

    public static PaymentBuilder aPaymentOf(OrderId orderId) {
        return new PaymentBuilder(orderId);
    }

    /** Of all that is owed for it, with the hold that it was made of. */
    public static PaymentBuilder aPaymentOf(Order order) {
        PaymentBuilder payment = aPaymentOf(order.id()).of(order.amount());
        payment.reference = order.holdId();
        return payment;
    }

    /** All of that payment is given back, and its pieces do not return. */
    public static PaymentBuilder aRefundOf(Payment payment) {
        PaymentBuilder refund = aPaymentOf(payment.orderId());
        refund.status = PaymentStatus.REFUNDED;
        refund.refundOf = payment.transactionId();
        return refund;
    }

    public PaymentBuilder of(Money money) {
        amount = money;
        return this;
    }

    public PaymentBuilder withTransaction(String id) {
        transaction = new TransactionId(id);
        return this;
    }

    /** It did not succeed, for good. */
    public PaymentBuilder failed() {
        status = PaymentStatus.FAILED;
        return this;
    }

    /** It did not succeed, and the buyer may try again. */
    public PaymentBuilder declined() {
        status = PaymentStatus.DECLINED;
        return this;
    }

    /** It is under way. */
    public PaymentBuilder processing() {
        status = PaymentStatus.PROCESSING;
        return this;
    }

    /** The pieces return with the refund. */
    public PaymentBuilder restocking() {
        restock = true;
        return this;
    }

    public Payment build() {
        Payment payment = new Payment(
                transaction,
                orderId,
                status,
                amount == null ? null : amount.amount(),
                amount == null ? null : amount.currency(),
                refundOf,
                restock);
        return reference == null ? payment : payment.ofHold(reference);
    }
}
