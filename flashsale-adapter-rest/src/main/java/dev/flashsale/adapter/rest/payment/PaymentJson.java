package dev.flashsale.adapter.rest.payment;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.adapter.rest.value.MoneyText;
import dev.flashsale.application.KeptPayment;
import dev.flashsale.application.Refund;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A payment, and what is to be given back. */
public final class PaymentJson {

    private PaymentJson() {}

    static byte[] of(RecordedPayment recorded) {
        return Json.object(json -> {
            writeIds(json, recorded.payment());
            OrderStatus status = recorded.orderStatus();
            if (status != null) {
                json.writeStringProperty("order_status", Json.word(status));
            }
            json.writeStringProperty("outcome", Json.word(recorded.effect()));
        });
    }

    static byte[] refundDone(TransactionId id) {
        return Json.object(json -> {
            json.writeStringProperty("transaction_id", id.value());
            json.writeStringProperty("refund", "done");
        });
    }

    /** As it was reported, beside its order. */
    public static void write(JsonGenerator json, ReceivedPayment received) {
        Payment payment = received.payment().payment();
        json.writeStringProperty("transaction_id", payment.transactionId().value());
        json.writeStringProperty("status", Json.word(payment.status()));
        json.writeStringProperty("outcome", Json.word(received.payment().effect()));
        writeMoney(json, payment);
        TransactionId refunded = payment.refundOf();
        if (refunded != null) {
            json.writeStringProperty("payment_transaction_id", refunded.value());
        }
        GivenBack givesBack = received.payment().givesBack();
        if (givesBack != null) {
            json.writeName("gives_back");
            json.writeStartObject();
            json.writeStringProperty(
                    "payment_transaction_id", givesBack.payment().value());
            json.writeStringProperty("amount", MoneyText.plain(givesBack.amount(), payment.currency()));
            json.writeEndObject();
        }
        if (!payment.pieces().isEmpty()) {
            Json.array(json, ItemsJson.LINES, payment.pieces(), ItemsJson::write);
        }
        if (payment.status() == PaymentStatus.REFUNDED) {
            json.writeBooleanProperty("restock", payment.restock());
        }
        Json.moment(json, "received_at", received.receivedAt());
    }

    static void write(JsonGenerator json, KeptPayment kept) {
        writeIds(json, kept.payment());
        json.writeStringProperty("status", Json.word(kept.payment().status()));
        writeMoney(json, kept.payment());
        Json.moment(json, "received_at", kept.receivedAt());
        Json.moment(json, "given_up_at", kept.givenUpAt());
    }

    static void write(JsonGenerator json, ListedConflict conflict) {
        ConflictingReport report = conflict.report();
        json.writeNumberProperty("conflict_id", conflict.number());
        json.writeStringProperty("transaction_id", report.id().transactionId().value());
        json.writeStringProperty("status", Json.word(report.id().status()));
        if (report.orderId() != null) {
            json.writeNumberProperty("order_id", report.orderId().value());
        }
        if (report.reference() != null) {
            json.writeStringProperty("order_reference", report.reference().toString());
        }
        writeMoney(json, report.amount(), report.currency());
        if (report.knownOrderId() != null) {
            json.writeNumberProperty("known_order_id", report.knownOrderId().value());
        }
        Json.moment(json, "received_at", conflict.receivedAt());
    }

    static byte[] conflictResolved(long number) {
        return Json.object(json -> {
            json.writeNumberProperty("conflict_id", number);
            json.writeStringProperty("conflict", "resolved");
        });
    }

    static void write(JsonGenerator json, Refund refund) {
        Payment payment = refund.payment();
        writeIds(json, payment);
        writeMoney(json, payment);
        if (refund.rest() != null) {
            json.writeStringProperty("rest", MoneyText.plain(refund.rest(), payment.currency()));
        }
        json.writeStringProperty("why", Json.word(refund.why()));
        Json.moment(json, "received_at", refund.receivedAt());
    }

    private static void writeMoney(JsonGenerator json, Payment payment) {
        writeMoney(json, payment.amount(), payment.currency());
    }

    private static void writeMoney(JsonGenerator json, @Nullable BigDecimal amount, @Nullable Currency currency) {
        if (amount != null) {
            json.writeStringProperty("amount", MoneyText.plain(amount, currency));
        }
        if (currency != null) {
            json.writeStringProperty("currency", currency.getCurrencyCode());
        }
    }

    private static void writeIds(JsonGenerator json, Payment payment) {
        json.writeStringProperty("transaction_id", payment.transactionId().value());
        json.writeNumberProperty("order_id", payment.orderId().value());
    }
}
