package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's report. Two reports under one transaction id are the same if all of this is equal.
 *
 * @param amount what was paid, if the gateway says so: 0 or more, below 10^15, at most {@value #MAX_DECIMALS}
 *     decimals; 10.0 and 10.00 are equal
 * @param currency of the amount, if the gateway says so
 */
public record Payment(
        TransactionId transactionId,
        OrderId orderId,
        PaymentStatus status,
        @Nullable BigDecimal amount,
        @Nullable Currency currency) {

    public static final int MAX_DECIMALS = 4;
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

    public Payment {
        if (amount != null) {
            // An exponent is bounded before it is expanded.
            if (amount.signum() < 0 || amount.compareTo(LIMIT) >= 0) {
                throw new IllegalArgumentException("amount must be from 0 to below 10^15");
            }
            if (amount.stripTrailingZeros().scale() > MAX_DECIMALS) {
                throw new IllegalArgumentException("amount must have at most " + MAX_DECIMALS + " decimals");
            }
            amount = amount.setScale(MAX_DECIMALS);
        }
    }

    /** A report that names no amount. */
    public static Payment of(TransactionId transactionId, OrderId orderId, PaymentStatus status) {
        return new Payment(transactionId, orderId, status, null, null);
    }

    /** Whether what was paid is what was owed, as far as the report says. */
    public boolean matches(Money owed) {
        return (amount == null || amount.compareTo(owed.amount()) == 0)
                && (currency == null || currency.equals(owed.currency()));
    }
}
