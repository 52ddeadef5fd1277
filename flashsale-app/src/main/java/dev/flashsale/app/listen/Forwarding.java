package dev.flashsale.app.listen;

import dev.flashsale.adapter.rest.delivery.HttpWebhookSender;
import dev.flashsale.application.port.WebhookSender.Attempt;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Hands events over to a program on the developer's machine, as an endpoint gets them. One that is not taken is tried again a
 * few times, and then left.
 *
 * @param pause before an event is tried again
 */
public record Forwarding(HttpWebhookSender sender, URI to, EndpointSecret secret, Duration pause) {

    private static final int ATTEMPTS = 3;
    private static final int SHOWN = 80;

    void forward(String id, byte[] cloudEvent, Consumer<String> say) throws InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Attempt ended = sender.send(to, List.of(secret), id, cloudEvent);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            say.accept(line(ended));
            if (ended.delivered()) {
                return;
            }
            if (attempt < ATTEMPTS) {
                Thread.sleep(pause);
            }
        }
        say.accept("  -> left after " + ATTEMPTS + " attempts; an endpoint of the server would be tried for longer");
    }

    private static String line(Attempt attempt) {
        String millis = String.format(Locale.ROOT, "%d ms", attempt.took().toMillis());
        if (attempt.delivered()) {
            return "  -> " + attempt.status() + " in " + millis;
        }
        String answer = attempt.answer().replaceAll("\\s+", " ").strip();
        String shown = answer.substring(0, Math.min(SHOWN, answer.length()));
        return "  -> " + (attempt.status() == 0 ? "failed" : attempt.status()) + " in " + millis
                + (shown.isEmpty() ? "" : ": " + shown);
    }
}
