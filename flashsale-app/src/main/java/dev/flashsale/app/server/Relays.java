package dev.flashsale.app.server;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Webhooks;
import dev.flashsale.application.port.WebhookSender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends events to endpoints while the context runs. What these want is kept before the first buyer is served. */
final class Relays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relays.class);

    private final Flashsale flashsale;
    private final WebhookSender sender;
    private final String node;
    private Webhooks.@Nullable Running running;

    /** @param node this server's name among others */
    Relays(Flashsale flashsale, WebhookSender sender, String node) {
        this.flashsale = flashsale;
        this.sender = sender;
        this.node = node.substring(Math.max(0, node.length() - Webhooks.NODE_MAX_LENGTH));
    }

    @Override
    public synchronized void start() {
        try {
            flashsale.events().refresh();
        } catch (Busy busy) {
            LOG.warn(
                    "Which events endpoints want is not known yet, and is asked again in a second: {}",
                    busy.getMessage());
        }
        running = flashsale.webhooks().start(sender, node);
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return HttpServer.PHASE - 1;
    }
}
