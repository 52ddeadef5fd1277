package dev.flashsale.app.cli;

import dev.flashsale.application.Audits.Mend;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import java.util.List;
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

    /**
     * What became of the findings, and the books after it.
     *
     * @param applied else it is what would become of them
     */
    static String table(AuditReport after, List<Mend> mends, boolean applied) {
        StringBuilder text = new StringBuilder();
        for (Mend mend : mends) {
            text.append(sentence(mend, applied)).append('\n');
        }
        text.append(table(after));
        boolean some = mends.stream().anyMatch(AuditText::changes);
        return some && !applied ? text + " To mend what can be mended, add --apply." : text.toString();
    }

    private static boolean changes(Mend mend) {
        return mend instanceof Mend.AvailableSet
                || mend instanceof Mend.CountedForCustomer
                || mend instanceof Mend.PaymentSettled;
    }

    private static String sentence(Mend mend, boolean applied) {
        String done = applied ? "mended: " : "would be mended: ";
        return switch (mend) {
            case Mend.AvailableSet set ->
                done + "product " + set.productId() + ": available " + set.before() + " becomes " + set.after();
            case Mend.CountedForCustomer counted ->
                done + "hold " + counted.holdId() + " counts for its customer's limit again";
            case Mend.PaymentSettled settled ->
                done + "payment " + settled.transactionId() + " takes effect: its order is there";
            case Mend.Oversold oversold ->
                "NOT mended: product " + oversold.productId() + " has " + oversold.pieces()
                        + " pieces held or ordered that there are not: raise its total, or give money back";
            case Mend.RightMeanwhile right -> "right when it was looked at again: " + right.what() + ": " + right.id();
            case Mend.LeftToPeople left -> "NOT mended, look into it: " + left.what() + ": " + left.id();
        };
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

    static String json(AuditReport after, List<Mend> mends, boolean applied) {
        ObjectNode document = document(after).put("applied", applied);
        ArrayNode all = document.putArray("repairs");
        for (Mend mend : mends) {
            ObjectNode unused = all.addObject()
                    .put("mended", applied && changes(mend))
                    .put("mendable", changes(mend))
                    .put("what", sentence(mend, applied));
        }
        return document.toString();
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
