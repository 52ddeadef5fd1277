package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.stock.Item;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway says, whichever its words, before it is known whether there is such an order. */
record GatewayReport(
        Of order,
        TransactionId transactionId,
        PaymentStatus status,
        @Nullable BigDecimal amount,
        @Nullable Currency currency,
        @Nullable TransactionId refundOf,
        boolean restock,
        List<Item> pieces) {

    /** One that is of no pieces. */
    GatewayReport(
            Of order,
            TransactionId transactionId,
            PaymentStatus status,
            @Nullable BigDecimal amount,
            @Nullable Currency currency,
            @Nullable TransactionId refundOf,
            boolean restock) {
        this(order, transactionId, status, amount, currency, refundOf, restock, List.of());
    }

    /** Where gateways carry what a shop tells them of its order. */
    static final String METADATA = "metadata";

    static final String ORDER_IN_METADATA = "flashsale_order";

    /** An order's number, its reference, or both. */
    record Of(@Nullable OrderId id, @Nullable HoldId reference) {

        boolean isNamed() {
            return id != null || reference != null;
        }

        /** As a shop gave it to the gateway: the number or the reference. */
        static Of inMetadata(JsonBody body) {
            return body.optionalObject(METADATA)
                    .flatMap(metadata -> metadata.optionalString(ORDER_IN_METADATA, Of::read))
                    .orElse(new Of(null, null));
        }

        private static Of read(String text) {
            HoldId reference = Ids.hold(text).orElse(null);
            OrderId id = Ids.order(text).orElse(null);
            if (reference == null && id == null) {
                throw new InvalidValue(ORDER_IN_METADATA, "must be an order's number or its reference");
            }
            return new Of(id, reference);
        }
    }

    /** As it is recorded, for the order of that number. */
    Payment payment(OrderId id) {
        Payment payment = Refused.unlessValid(
                "amount",
                () -> new Payment(transactionId, id, status, amount, currency, refundOf, restock).ofPieces(pieces));
        HoldId reference = order.reference();
        return reference == null ? payment : payment.ofHold(reference);
    }

    /** As it is listed, where no order has its reference. */
    ConflictingReport withoutOrder() {
        Payment checked = payment(new OrderId(1));
        return new ConflictingReport(
                new ReportId(transactionId, status), null, order.reference(), checked.amount(), currency, null);
    }
}
