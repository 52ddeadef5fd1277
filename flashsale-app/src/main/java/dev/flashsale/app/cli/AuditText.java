package dev.flashsale.app.cli;

import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an audit found, for people and for programs. */
final class AuditText {

    private static final JsonMapper JSON = new JsonMapper();

    private AuditText() {}

    static String table(AuditReport report) {
        StringBuilder text = new StringBuilder(row("product", "total", "available", "held", "pending", "paid", ""));
        for (Conservation product : report.products()) {
            text.append(row(
                    product.productId(),
                    product.total(),
                    product.available(),
                    product.held(),
                    product.pending(),
                    product.paid(),
                    product.balanced() ? "ok" : "WRONG"));
        }
        for (Orphan orphan : report.orphans()) {
            text.append("WRONG: ")
                    .append(orphan.what())
                    .append(": ")
                    .append(orphan.id())
                    .append('\n');
        }
        for (KeptPayment kept : report.kept()) {
            text.append("waits for order ")
                    .append(kept.orderId())
                    .append(": payment ")
                    .append(kept.transactionId())
                    .append(", since ")
                    .append(kept.receivedAt())
                    .append('\n');
        }
        return text.append(
                        report.clean()
                                ? "Everything adds up."
                                : "Something does NOT add up: see the rows marked WRONG.")
                .toString();
    }

    private static String row(
            Object product, Object total, Object available, Object held, Object pending, Object paid, String verdict) {
        return String.format(
                                Locale.ROOT,
                                "%12s %12s %12s %10s %10s %10s  %s",
                                product,
                                total,
                                available,
                                held,
                                pending,
                                paid,
                                verdict)
                        .stripTrailing()
                + "\n";
    }

    static String json(AuditReport report) {
        return document(report).toString();
    }

    static ObjectNode document(AuditReport report) {
        ObjectNode document = JSON.createObjectNode().put("ok", report.clean());
        ArrayNode products = document.putArray("products");
        for (Conservation product : report.products()) {
            ObjectNode unused = products.addObject()
                    .put("product_id", product.productId().value())
                    .put("total", product.total())
                    .put("available", product.available())
                    .put("held", product.held())
                    .put("pending", product.pending())
                    .put("paid", product.paid())
                    .put("ok", product.balanced());
        }
        ArrayNode orphans = document.putArray("orphans");
        for (Orphan orphan : report.orphans()) {
            ObjectNode unused = orphans.addObject().put("what", orphan.what()).put("id", orphan.id());
        }
        ArrayNode kept = document.putArray("kept_payments");
        for (KeptPayment payment : report.kept()) {
            ObjectNode unused = kept.addObject()
                    .put("transaction_id", payment.transactionId().value())
                    .put("order_id", payment.orderId().value())
                    .put("received_at", payment.receivedAt().toString());
        }
        return document;
    }
}
