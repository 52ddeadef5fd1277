package dev.flashsale.app.cli;

import dev.flashsale.app.flow.Step;
import dev.flashsale.application.port.AuditReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a test flow saw, for people and for programs. */
final class FlowText {

    private static final JsonMapper JSON = new JsonMapper();

    private FlowText() {}

    static String line(Step step) {
        return String.format(Locale.ROOT, "%-6s  %s – %s", step.ok() ? "ok" : "FAILED", step.name(), step.seen());
    }

    static String json(String url, long productId, List<Step> steps, @Nullable AuditReport audit) {
        boolean ok = steps.stream().allMatch(Step::ok) && (audit == null || audit.clean());
        ObjectNode document =
                JSON.createObjectNode().put("ok", ok).put("url", url).put("product_id", productId);
        ArrayNode array = document.putArray("steps");
        for (Step step : steps) {
            ObjectNode unused = array.addObject()
                    .put("name", step.name())
                    .put("ok", step.ok())
                    .put("seen", step.seen())
                    .put("took_ms", step.took().toMillis());
        }
        return (audit == null ? document : document.set("audit", AuditText.document(audit))).toString();
    }
}
