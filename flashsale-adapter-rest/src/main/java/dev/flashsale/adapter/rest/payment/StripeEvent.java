package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.ReportSettings;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.payment.GatewayReport.Of;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An event as Stripe sends it. See docs.stripe.com/api/events, for the amounts docs.stripe.com/currencies.
 *
 * <p>A payment intent is one transaction, however often it is tried. The event of a refund has no id of the refund in it, so
 * it is its own, and what it gives back is by how much more is given back now than before.
 */
final class StripeEvent {

    private static final String AMOUNT = "amount";
    private static final String AMOUNT_REFUNDED = "amount_refunded";

    static final Set<String> FIELDS = Set.of(
            "id",
            "object",
            "type",
            "data",
            "previous_attributes",
            AMOUNT,
            "amount_received",
            AMOUNT_REFUNDED,
            "currency",
            "payment_intent",
            GatewayReport.METADATA,
            GatewayReport.ORDER_IN_METADATA);

    /** Where Stripe counts in other units than ISO 4217 has. */
    private static final Map<String, Integer> DECIMALS = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

    private final JsonBody event;
    private final JsonBody data;
    private final JsonBody subject;

    private StripeEvent(JsonBody event) {
        this.event = event;
        this.data = event.object("data");
        this.subject = data.object("object");
    }

    /** Whether this is one, and not a report in the words of this API. */
    static boolean isOne(JsonBody body) {
        return body.has("object") && body.has("data");
    }

    static GatewayReport read(JsonBody body, ReportSettings settings) {
        String type = body.string("type", Function.identity());
        StripeEvent event = new StripeEvent(body);
        return switch (type) {
            case "payment_intent.succeeded" -> event.intent(PaymentStatus.SUCCESS, "amount_received");
            case "payment_intent.payment_failed" ->
                event.intent(settings.failedKeeps() ? PaymentStatus.DECLINED : PaymentStatus.FAILED, AMOUNT);
            case "payment_intent.canceled" -> event.intent(PaymentStatus.FAILED, AMOUNT);
            case "charge.refunded" -> event.refund();
            default -> {
                String status = type.startsWith("payment_intent.") ? type.substring(type.indexOf('.') + 1) : "";
                if (!settings.underWay().contains(status)) {
                    throw Refused.invalid(
                            "type",
                            "type must be payment_intent.succeeded, payment_intent.payment_failed,"
                                    + " payment_intent.canceled or charge.refunded.");
                }
                yield event.intent(PaymentStatus.PROCESSING, AMOUNT);
            }
        };
    }

    private GatewayReport intent(PaymentStatus status, String amount) {
        Currency currency = currency();
        return new GatewayReport(
                order(),
                subject.string("id", TransactionId::ofGateway),
                status,
                decimal(subject.integer(amount, Long::valueOf), currency),
                currency,
                null,
                false);
    }

    private GatewayReport refund() {
        Currency currency = currency();
        long before = data.optionalObject("previous_attributes")
                .flatMap(previous -> previous.optionalInteger(AMOUNT_REFUNDED, Long::valueOf))
                .orElse(0L);
        long now = subject.integer(AMOUNT_REFUNDED, Long::valueOf);
        return new GatewayReport(
                order(),
                event.string("id", TransactionId::ofGateway),
                PaymentStatus.REFUNDED,
                decimal(now - before, currency),
                currency,
                subject.optionalString("payment_intent", TransactionId::new)
                        .orElseGet(() -> subject.string("id", TransactionId::new)),
                false);
    }

    private Of order() {
        Of order = Of.inMetadata(subject);
        if (!order.isNamed()) {
            throw Refused.invalid(
                    "data.object.metadata.flashsale_order",
                    "data.object.metadata.flashsale_order is missing: give Stripe the order's reference there.");
        }
        return order;
    }

    private Currency currency() {
        return subject.string("currency", code -> MoneyText.currency(code.toUpperCase(Locale.ROOT)));
    }

    private static BigDecimal decimal(long minor, Currency currency) {
        int decimals =
                DECIMALS.getOrDefault(currency.getCurrencyCode(), Math.max(0, currency.getDefaultFractionDigits()));
        return BigDecimal.valueOf(minor, decimals);
    }
}
