package dev.flashsale.domain.product;

import dev.flashsale.domain.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of 0 or more in a currency of ISO 4217, always with that currency's number of decimals: 10 EUR is 10.00.
 *
 * <p>Refuses a negative, too large or too precise amount with an {@link InvalidValue}.
 *
 * @param amount below 10^15, with no more decimals than the currency has
 */
public record Money(BigDecimal amount, Currency currency) {

    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);

    public Money {
        int decimals = Math.max(0, currency.getDefaultFractionDigits());
        if (amount.signum() < 0 || amount.compareTo(LIMIT) >= 0) {
            throw new InvalidValue("amount", "must be from 0 to below 10^15", amount);
        }
        if (amount.stripTrailingZeros().scale() > decimals) {
            throw new InvalidValue("amount", "must have at most " + decimals + " decimals in " + currency, amount);
        }
        amount = amount.setScale(decimals, RoundingMode.UNNECESSARY);
    }

    /** {@code Money.of("10.00", "EUR")}. */
    public static Money of(String amount, String currencyCode) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public Money times(int count) {
        return new Money(amount.multiply(BigDecimal.valueOf(count)), currency);
    }

    /**
     * Both together.
     *
     * @param other in the same currency
     */
    public Money plus(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("cannot add " + other + " to " + this);
        }
        return new Money(amount.add(other.amount), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
