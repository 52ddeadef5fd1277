package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.ReportSettings;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.payment.GatewayReport.Of;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report in the words of this API. */
final class PlainReport {

    private static final String ORDER_ID = "order_id";
    private static final String ORDER_REFERENCE = "order_reference";

    static final Set<String> FIELDS = Set.of(
            ORDER_ID,
            ORDER_REFERENCE,
            GatewayReport.METADATA,
            GatewayReport.ORDER_IN_METADATA,
            "status",
            "final",
            "transaction_id",
            "amount",
            "currency",
            "payment_transaction_id",
            "restock",
            ItemsJson.LINES,
            ItemsJson.PRODUCT_ID,
            ItemsJson.QUANTITY);

    private PlainReport() {}

    static GatewayReport read(JsonBody body, ReportSettings settings) {
        TransactionId transactionId = body.string("transaction_id", TransactionId::ofGateway);
        Of order = order(body);
        Optional<Boolean> isFinal = body.optionalFlag("final");
        PaymentStatus status = body.string("status", text -> status(text, isFinal, settings));
        // What only a refund has is ignored in anything else, like a field that nobody knows.
        boolean refund = status == PaymentStatus.REFUNDED;
        return new GatewayReport(
                order,
                transactionId,
                status,
                body.optionalString("amount", MoneyText::decimal).orElse(null),
                body.optionalString("currency", MoneyText::currency).orElse(null),
                refund
                        ? body.optionalString("payment_transaction_id", TransactionId::new)
                                .orElse(null)
                        : null,
                refund && body.optionalFlag("restock").orElse(false),
                refund ? ItemsJson.lines(body) : List.of());
    }

    /** Its number, its reference or both; whoever says one of them at two places must mean the same order. */
    private static Of order(JsonBody body) {
        Of inMetadata = Of.inMetadata(body);
        OrderId id = body.optionalInteger(ORDER_ID, OrderId::new).orElse(null);
        HoldId reference =
                body.optionalString(ORDER_REFERENCE, PlainReport::reference).orElse(null);
        if (differ(id, inMetadata.id()) || differ(reference, inMetadata.reference())) {
            String field = GatewayReport.METADATA + "." + GatewayReport.ORDER_IN_METADATA;
            throw Refused.invalid(field, field + " must be the same order's.");
        }
        Of order = new Of(id == null ? inMetadata.id() : id, reference == null ? inMetadata.reference() : reference);
        if (!order.isNamed()) {
            throw Refused.invalid(
                    ORDER_ID, "order_id is missing, and so is order_reference: name the order by either.");
        }
        return order;
    }

    private static boolean differ(@Nullable Object one, @Nullable Object other) {
        return one != null && other != null && !one.equals(other);
    }

    private static HoldId reference(String text) {
        return Ids.hold(text).orElseThrow(() -> new InvalidValue(ORDER_REFERENCE, "must be an order's reference"));
    }

    private static PaymentStatus status(String text, Optional<Boolean> isFinal, ReportSettings settings) {
        return switch (text) {
            case "success" -> PaymentStatus.SUCCESS;
            case "failed" -> isFinal.orElse(!settings.failedKeeps()) ? PaymentStatus.FAILED : PaymentStatus.DECLINED;
            case "canceled" -> PaymentStatus.FAILED;
            case "declined" -> PaymentStatus.DECLINED;
            case "refunded" -> PaymentStatus.REFUNDED;
            default -> {
                if (settings.underWay().contains(text)) {
                    yield PaymentStatus.PROCESSING;
                }
                throw new InvalidValue("status", "must be success, failed, declined, canceled or refunded");
            }
        };
    }
}
