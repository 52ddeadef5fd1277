package dev.flashsale.app.cli;

import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.flow.Gateway;
import dev.flashsale.app.flow.Step;
import dev.flashsale.app.flow.TestFlow;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.app.settings.Setting;
import dev.flashsale.app.settings.SettingsOnly;
import dev.flashsale.application.port.AuditReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "test-flow",
        description = "Tries the whole life cycle over HTTP: on a running server, or without --url on one of its own."
                + " Exit status 1 if something is not as promised.")
final class TestFlowCommand extends FlashsaleCommand {

    private static final long DEFAULT_PRODUCT = 1;
    private static final List<String> OWN_SETTINGS =
            List.of("--flashsale.http.host=127.0.0.1", "--flashsale.http.port=0", "--flashsale.hold.ttl=3s");

    @Option(names = "--url", paramLabel = "URL", description = "A running server, such as http://localhost:8080.")
    private @Nullable String url;

    @Option(
            names = "--product-id",
            paramLabel = "ID",
            description =
                    "What to buy there. Some pieces are paid for in the end. Default: one of its own where there is"
                            + " an operator's token (not its hash), else 1.")
    private @Nullable Long productId;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "150s",
            converter = AsDuration.class,
            description = "How long to wait for a hold to expire. Default: ${DEFAULT-VALUE}.")
    private Duration patience = Duration.ZERO;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        return url == null ? onOwnServer() : onServer(url);
    }

    private int onServer(String given) {
        String server = allowed("--url", "a URL such as http://localhost:8080", () -> server(given));
        FlashsaleSettings read = SettingsOnly.read(settings());
        // What an operator does changes the product: only one of its own, not one that is named.
        Optional<String> token = productId != null
                ? Optional.empty()
                : read.operator().token().stream()
                        .filter(shown -> !shown.startsWith("sha256:"))
                        .findFirst();
        long product = productId != null
                ? productId
                : token.map(shown -> TestFlow.createProduct(server, shown)).orElse(DEFAULT_PRODUCT);
        List<Step> steps = run(server, product, gateway(read.webhook()), token);
        return end(FlowText.json(server, product, steps, null), allOk(steps));
    }

    private int onOwnServer() {
        WebhookScheme scheme = SettingsOnly.read(settings()).webhook().scheme();
        String secret = Gateway.newSecret();
        List<String> arguments = new ArrayList<>(settings());
        arguments.addAll(OWN_SETTINGS);
        arguments.add("--" + Setting.WEBHOOK_SECRET.property() + "=" + secret);
        String token = UUID.randomUUID().toString();
        arguments.add("--" + Setting.OPERATOR_TOKEN.property() + "=" + token);
        try (RunningFlashsale own = RunningFlashsale.withServer(Purpose.TRY_OUT, arguments)) {
            say("On a server of its own, database: " + own.databaseDescription());
            String server = "http://127.0.0.1:" + own.port();
            long product = TestFlow.createProduct(server, token);
            List<Step> steps = run(server, product, Optional.of(gateway(scheme, secret)), Optional.of(token));
            AuditReport audit = own.flashsale().audits().audit();
            say(AuditText.table(audit));
            return end(FlowText.json(server, product, steps, audit), allOk(steps) && audit.clean());
        }
    }

    private static Optional<Gateway> gateway(FlashsaleSettings.Webhook webhook) {
        return webhook.secret().stream().findFirst().map(secret -> gateway(webhook.scheme(), secret));
    }

    private static Gateway gateway(WebhookScheme scheme, String secret) {
        return switch (scheme) {
            case STANDARD_WEBHOOKS -> Gateway.standardWebhooks(secret);
            case STRIPE -> Gateway.stripe(secret);
        };
    }

    private List<Step> run(String server, long product, Optional<Gateway> gateway, Optional<String> operatorToken) {
        say("Buying product " + product + " at " + server + "; nobody else should meanwhile");
        return TestFlow.run(
                server, product, gateway, operatorToken, patience, step -> say(FlowText.line(step)), this::say);
    }

    private int end(String document, boolean ok) {
        if (json) {
            out().println(document);
        }
        say(ok ? "All as promised." : "NOT as promised: see the lines marked FAILED or WRONG.");
        return ok ? DONE : NOT_IN_ORDER;
    }

    /** To people; a program gets its document alone. */
    private void say(String line) {
        if (!json) {
            out().println(line);
            out().flush();
        }
    }

    private static boolean allOk(List<Step> steps) {
        return steps.stream().allMatch(Step::ok);
    }
}
