package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/**
 * A payment and what it did: the answer to it, now and whenever it is reported again.
 *
 * @param orderStatus what the order was right after; null while the payment is {@link PaymentEffect#KEPT kept}, and
 *     where its order never came
 * @param givesBack what a refund gave back; null for anything else, for a refund that gave nothing back, and where nobody
 *     said how much there was
 */
public record RecordedPayment(
        Payment payment,
        PaymentEffect effect,
        @Nullable OrderStatus orderStatus,
        @Nullable GivenBack givesBack) {

    /** One that gives nothing back. */
    public RecordedPayment(Payment payment, PaymentEffect effect, @Nullable OrderStatus orderStatus) {
        this(payment, effect, orderStatus, null);
    }

    public static RecordedPayment kept(Payment payment) {
        return new RecordedPayment(payment, PaymentEffect.KEPT, null);
    }

    /** What becomes of a kept payment whose order does not come: the money of a success has to go back. */
    public static RecordedPayment givenUp(Payment payment) {
        return new RecordedPayment(
                payment,
                switch (payment.status()) {
                    case SUCCESS -> PaymentEffect.REFUND_REQUIRED;
                    case FAILED, REFUNDED, DECLINED, PROCESSING -> PaymentEffect.IGNORED;
                },
                null);
    }
}
