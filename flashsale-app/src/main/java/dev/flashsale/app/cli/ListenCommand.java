package dev.flashsale.app.cli;

import dev.flashsale.adapter.rest.delivery.DeliverySettings;
import dev.flashsale.adapter.rest.delivery.HttpWebhookSender;
import dev.flashsale.app.WrongCall;
import dev.flashsale.app.listen.Forwarding;
import dev.flashsale.app.listen.Listening;
import dev.flashsale.app.settings.Setting;
import dev.flashsale.app.settings.SettingsOnly;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "listen",
        description =
                "Prints the events of a running server as they come, and forwards them to a program on this machine, signed"
                        + " as an endpoint gets them. Until Ctrl-C. Needs an operator's token (not its hash).")
final class ListenCommand extends FlashsaleCommand {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "The server. Default: ${DEFAULT-VALUE}.")
    private String url = "";

    @Option(
            names = "--kinds",
            paramLabel = "KINDS",
            split = ",",
            defaultValue = "*",
            description =
                    "Such as order.paid or order.*, with commas between. Default: ${DEFAULT-VALUE}, all. They are kept by"
                            + " the server meanwhile.")
    private List<String> kinds = List.of();

    @Option(
            names = "--forward-to",
            paramLabel = "URL",
            description = "Where to send each event, too, such as http://localhost:3000/hook.")
    private @Nullable String forwardTo;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description =
                    "Signs what is forwarded: whsec_ and the base64 of 24 to 64 bytes. Default: a new one, which is printed.")
    private @Nullable String secret;

    @Option(names = "--from-beginning", description = "Begin with what the server has kept, not with what comes now.")
    private boolean fromBeginning;

    @Option(names = "--interval", hidden = true, defaultValue = "1s", converter = AsDuration.class)
    private Duration interval = Duration.ZERO;

    @Override
    public Integer call() {
        String server = allowed("--url", "a URL such as http://localhost:8080", () -> server(url));
        Set<EventKind> wanted = allowed(
                "--kinds", "kinds with commas between, such as order.paid or order.*, or * for all", this::wanted);
        try (HttpWebhookSender sender = new HttpWebhookSender(
                new DeliverySettings(
                        DeliverySettings.defaults().timeout(),
                        true,
                        DeliverySettings.defaults().source()),
                InstantSource.system(),
                System::nanoTime)) {
            Optional<Forwarding> forwarding = Optional.ofNullable(forwardTo).map(to -> forwarding(sender, to));
            new Listening(server, token(), wanted, forwarding, interval, this::say).run(fromBeginning);
            return DONE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return DONE;
        }
    }

    private Set<EventKind> wanted() {
        Set<EventKind> wanted = EventKind.of(kinds);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("it names none");
        }
        return wanted;
    }

    private Forwarding forwarding(HttpWebhookSender sender, String to) {
        URI endpoint = allowed("--forward-to", "a URL such as http://localhost:3000/hook", () -> endpoint(sender, to));
        EndpointSecret signing = secret == null ? EndpointSecret.random(new SecureRandom()) : given(secret);
        say("Forwarding to " + endpoint
                + (secret == null ? ", signed with " + signing.text() + " (--secret has another)" : ""));
        return new Forwarding(sender, endpoint, signing, interval);
    }

    private static URI endpoint(HttpWebhookSender sender, String to) {
        URI endpoint = URI.create(to);
        Optional<String> refusal = sender.refusal(endpoint);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.get());
        }
        return endpoint;
    }

    private static EndpointSecret given(String secret) {
        try {
            return EndpointSecret.parse(secret);
        } catch (IllegalArgumentException e) {
            throw new WrongCall("--secret is wrong (not shown), allowed is whsec_ and the base64 of 24 to 64 bytes", e);
        }
    }

    private String token() {
        return SettingsOnly.read(settings()).operator().token().stream()
                .filter(shown -> !shown.startsWith("sha256:"))
                .findFirst()
                .orElseThrow(() -> new WrongCall("Only an operator reads events: set "
                        + Setting.OPERATOR_TOKEN.environmentVariable() + " to a token of the server's, or "
                        + Setting.OPERATOR_TOKEN.flag() + "; without a database of your own, `serve` prints one"));
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }
}
