package dev.flashsale.domain.payment;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's report, or an operator's. Two reports of one {@link ReportId} are the same if all of this is equal.
 *
 * @param reference the hold that its order was made of, if the report says so; of the order of that number there may be
 *     another, after the database was restored from an older copy
 * @param amount what was paid, if the gateway says so: 0 or more, below 10^15, at most {@value #MAX_DECIMALS}
 *     decimals; 10.0 and 10.00 are equal
 * @param currency of the amount, if the gateway says so
 * @param refundOf the transaction that is given back, if a refund says so; null for anything else
 * @param restock whether the pieces come back with a refund; false for anything else
 * @param pieces those of which a refund is: with {@code restock} they, and no others, come back. Empty for anything else
 */
public record Payment(
        TransactionId transactionId,
        OrderId orderId,
        @Nullable HoldId reference,
        PaymentStatus status,
        @Nullable BigDecimal amount,
        @Nullable Currency currency,
        @Nullable TransactionId refundOf,
        boolean restock,
        List<Item> pieces) {

    public static final int MAX_DECIMALS = 4;
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

    public Payment {
        if (amount != null) {
            // An exponent is bounded before it is expanded.
            if (amount.signum() < 0 || amount.compareTo(LIMIT) >= 0) {
                throw new InvalidValue("amount", "must be from 0 to below 10^15");
            }
            if (amount.stripTrailingZeros().scale() > MAX_DECIMALS) {
                throw new InvalidValue("amount", "must have at most " + MAX_DECIMALS + " decimals");
            }
            amount = amount.setScale(MAX_DECIMALS);
        }
        pieces = pieces.isEmpty() ? List.of() : Lines.of(pieces).items();
        if (!pieces.isEmpty() && amount == null) {
            throw new InvalidValue("amount", "must say how much is given back for the pieces");
        }
        if (status != PaymentStatus.REFUNDED && (refundOf != null || restock || !pieces.isEmpty())) {
            throw new IllegalArgumentException("only a refund gives back another transaction or returns pieces");
        }
    }

    /** One that does not say of which hold its order was made. */
    public Payment(
            TransactionId transactionId,
            OrderId orderId,
            PaymentStatus status,
            @Nullable BigDecimal amount,
            @Nullable Currency currency,
            @Nullable TransactionId refundOf,
            boolean restock) {
        this(transactionId, orderId, null, status, amount, currency, refundOf, restock, List.of());
    }

    /** What is not a refund, or one that says neither what it gives back nor that the pieces return. */
    public Payment(
            TransactionId transactionId,
            OrderId orderId,
            PaymentStatus status,
            @Nullable BigDecimal amount,
            @Nullable Currency currency) {
        this(transactionId, orderId, status, amount, currency, null, false);
    }

    /** A report that names no amount. */
    public static Payment of(TransactionId transactionId, OrderId orderId, PaymentStatus status) {
        return new Payment(transactionId, orderId, status, null, null);
    }

    /** The same, of the order that this hold became. */
    public Payment ofHold(HoldId hold) {
        return new Payment(transactionId, orderId, hold, status, amount, currency, refundOf, restock, pieces);
    }

    /** The same refund, of these pieces. */
    public Payment ofPieces(List<Item> some) {
        return new Payment(transactionId, orderId, reference, status, amount, currency, refundOf, restock, some);
    }

    public ReportId id() {
        return new ReportId(transactionId, status);
    }

    /** Whether this order is the one that is meant, as far as the report says. */
    public boolean isOf(Order order) {
        return reference == null || reference.equals(order.holdId());
    }

    /** An operator's word that all that is owed for an order was paid. */
    public static Payment byHand(Order order) {
        return new Payment(
                TransactionId.byHand(order.id()),
                order.id(),
                PaymentStatus.SUCCESS,
                order.amount().amount(),
                order.amount().currency());
    }

    /** Whether what was paid is what was owed, as far as the report says. */
    public boolean matches(Money owed) {
        return (amount == null || amount.compareTo(owed.amount()) == 0)
                && (currency == null || currency.equals(owed.currency()));
    }

    /** This report with what it leaves out as it was owed; an amount in another currency than that stays unknown. */
    public Payment completedBy(Money owed) {
        boolean asOwed = currency == null || currency.equals(owed.currency());
        return new Payment(
                transactionId,
                orderId,
                reference,
                status,
                amount == null && asOwed ? owed.amount() : amount,
                currency == null ? owed.currency() : currency,
                refundOf,
                restock,
                pieces);
    }

    /** Whether both are about the same money, as far as both say. */
    public boolean agreesWith(Payment other) {
        return (amount == null || other.amount == null || amount.compareTo(other.amount) == 0)
                && (currency == null || other.currency == null || currency.equals(other.currency));
    }
}
