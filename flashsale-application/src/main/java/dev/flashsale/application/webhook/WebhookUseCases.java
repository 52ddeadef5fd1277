package dev.flashsale.application.webhook;

import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.Webhooks;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import java.util.List;

public final class WebhookUseCases implements Webhooks {

    private final Transactions transactions;
    private final Notifications notifications;
    private final Failures failures;

    public WebhookUseCases(Transactions transactions, Notifications notifications, Failures failures) {
        this.transactions = transactions;
        this.notifications = notifications;
        this.failures = failures;
    }

    @Override
    public Running start(WebhookSender sender, String node) {
        requireName(node);
        return RelayLoop.start(
                this::enabled, stopping -> new Relay(transactions, sender, node, notifications, stopping), failures);
    }

    @Override
    public int sendNow(WebhookSender sender, String node) {
        requireName(node);
        Relay relay = new Relay(transactions, sender, node, notifications, () -> false);
        return failures.sum(enabled(), Work.SEND_EVENTS, id -> "endpoint " + id, relay::serve);
    }

    private static void requireName(String node) {
        if (node.isBlank() || node.length() > NODE_MAX_LENGTH) {
            throw new IllegalArgumentException("node must have 1 to " + NODE_MAX_LENGTH + " characters, was " + node);
        }
    }

    private List<EndpointId> enabled() {
        return transactions.read(tx -> tx.endpoints().all()).stream()
                .filter(Endpoint::isEnabled)
                .map(Endpoint::id)
                .toList();
    }
}
