package dev.flashsale.application;

import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.domain.webhook.Endpoint;

/**
 * Has kept events sent to the {@link Endpoint}s that operators have made. Any number of processes may do it at once: each endpoint
 * is served by one of them at a time, and by another one within a minute if that dies.
 *
 * <p>Each event of an endpoint's kinds arrives there at least once, those of one product in their order: while the next one is
 * not taken, those behind it wait. What was sent and not written down when a process died is sent again, under the same id.
 */
public interface Webhooks {

    int NODE_MAX_LENGTH = 100;

    /**
     * Sends what there is on threads of its own until it is closed: it looks again each second. An endpoint that is slow or dead
     * delays no other.
     *
     * @param node the process's name among others that do the same: 1 to {@value #NODE_MAX_LENGTH} characters
     */
    Running start(WebhookSender sender, String node);

    /** Sends what there is now, endpoint by endpoint on this thread; answers how many events were taken. */
    int sendNow(WebhookSender sender, String node);

    /** Sending that goes on by itself. */
    interface Running extends AutoCloseable {

        /** Returns when what is being sent has been answered, and after 20 seconds at the latest. */
        @Override
        void close();
    }
}
