package dev.flashsale.adapter.rest.value;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.product.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Money, as a decimal in a string and a currency beside it. What it cannot read it refuses with an {@link InvalidValue}. */
public final class MoneyText {

    private static final Pattern PLAIN_DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");

    private MoneyText() {}

    public static BigDecimal decimal(String text) {
        if (!PLAIN_DECIMAL.matcher(text).matches()) {
            throw new InvalidValue("amount", "must be a plain decimal such as 10.00");
        }
        return new BigDecimal(text);
    }

    public static Currency currency(String text) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidValue("currency", "must be a code of ISO 4217 such as EUR");
        }
    }

    public static void write(JsonGenerator json, String name, Money money) {
        json.writeStringProperty(name, money.amount().toPlainString());
        json.writeStringProperty("currency", money.currency().getCurrencyCode());
    }

    /** With the decimals of its currency, and more only where there are more. */
    public static String plain(BigDecimal amount, @Nullable Currency currency) {
        int decimals = currency == null ? 0 : Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal exact = amount.stripTrailingZeros();
        return exact.setScale(Math.max(exact.scale(), decimals)).toPlainString();
    }
}
