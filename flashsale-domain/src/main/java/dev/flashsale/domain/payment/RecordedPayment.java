package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/**
 * A payment and what it did: the answer to it, now and whenever it is reported again.
 *
 * @param orderStatus what the order was right after; null while the payment is {@link PaymentEffect#KEPT kept}
 */
public record RecordedPayment(
        Payment payment, PaymentEffect effect, @Nullable OrderStatus orderStatus) {

    public static RecordedPayment kept(Payment payment) {
        return new RecordedPayment(payment, PaymentEffect.KEPT, null);
    }
}
