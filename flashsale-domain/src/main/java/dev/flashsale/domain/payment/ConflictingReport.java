package dev.flashsale.domain.payment;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A report that took no effect since it contradicts what is known, for people to look at: money may have been taken for it.
 *
 * @param orderId null if it names an order by its reference alone, and no order has that
 * @param knownOrderId whose this transaction is, by what was reported before; null if nothing was
 */
public record ConflictingReport(
        ReportId id,
        @Nullable OrderId orderId,
        @Nullable HoldId reference,
        @Nullable BigDecimal amount,
        @Nullable Currency currency,
        @Nullable OrderId knownOrderId) {

    public ConflictingReport {
        amount = amount == null ? null : amount.setScale(Payment.MAX_DECIMALS);
    }
}
