package dev.flashsale.application.port;

import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Secondary port: takes an event to an endpoint over HTTP. Thread-safe; never throws for what the other side does. */
public interface WebhookSender {

    /** Why nothing may be sent to that address; empty if it may. Resolves its name. */
    Optional<String> refusal(URI url);

    /**
     * One attempt, bounded in time.
     *
     * @param secrets the newest first: each signs
     */
    Attempt send(URI url, List<EndpointSecret> secrets, KeptEvent event);

    /**
     * How an attempt ended.
     *
     * @param status HTTP's, 0 if there was no answer
     * @param answer the first 1 KB of its body, or why there was none
     * @param retryAfter as the other side asked, or null
     */
    record Attempt(int status, String answer, @Nullable Duration retryAfter, Duration took) {

        public boolean delivered() {
            return status / 100 == 2;
        }
    }
}
