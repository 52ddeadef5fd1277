package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/** Why money must be given back. The first that applies, in this order. */
public enum RefundReason {
    /** No order came for it. */
    NO_ORDER,
    /** The order of its number is another one than it names. */
    OTHER_ORDER,
    /** Its amount or currency is not the order's. */
    AMOUNT_DIFFERS,
    /** Its order had been paid by another transaction. */
    ALREADY_PAID,
    /** It came after its order had failed or expired, and the pieces were gone. */
    SOLD_OUT,
    /** It came after an operator had cancelled its order. */
    ORDER_CANCELLED;

    /**
     * The reason of a payment that requires a refund.
     *
     * @param order its order, if there is one
     */
    public static RefundReason of(RecordedPayment recorded, @Nullable Order order) {
        OrderStatus found = recorded.orderStatus();
        if (found == null) {
            return NO_ORDER;
        }
        if (order != null && !recorded.payment().isOf(order)) {
            return OTHER_ORDER;
        }
        if (order != null && !recorded.payment().matches(order.amount())) {
            return AMOUNT_DIFFERS;
        }
        return switch (found) {
            case PENDING -> AMOUNT_DIFFERS;
            case PAID, REFUNDED, RETURNED -> ALREADY_PAID;
            case FAILED, EXPIRED -> SOLD_OUT;
            case CANCELLED -> ORDER_CANCELLED;
        };
    }
}
