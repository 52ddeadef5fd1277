package dev.flashsale.app.listen;

import dev.flashsale.app.Problem;
import dev.flashsale.app.listen.Outbox.Away;
import dev.flashsale.domain.event.EventKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tells what happens on a server, in the order of each product, and forwards it. A server that restarts is waited for. */
public final class Listening {

    private static final String TYPE_PREFIX = "dev.flashsale.";
    private static final String NO_PRODUCT = "no product";
    /** Well before the server forgets it. */
    private static final Duration KEEP_EVERY = Duration.ofSeconds(15);

    private static final int PAYLOAD_SHOWN = 160;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    private final String server;
    private final String token;
    private final Set<EventKind> kinds;
    private final Set<String> types;
    private final Optional<Forwarding> forwarding;
    private final Duration interval;
    private final Consumer<String> say;
    /** The number of the last event of each product that was told. */
    private final Map<Long, Long> known = new TreeMap<>();

    /**
     * Not yet begun.
     *
     * @param server without a slash at the end
     * @param interval how often to look
     * @param say gets each line
     */
    public Listening(
            String server,
            String token,
            Set<EventKind> kinds,
            Optional<Forwarding> forwarding,
            Duration interval,
            Consumer<String> say) {
        this.server = server;
        this.token = token;
        this.kinds = kinds;
        this.types = kinds.stream().map(kind -> TYPE_PREFIX + kind.word()).collect(Collectors.toUnmodifiableSet());
        this.forwarding = forwarding;
        this.interval = interval;
        this.say = say;
    }

    /**
     * Goes on until it is interrupted.
     *
     * @param fromTheBeginning whether to begin with what the outbox has, not with what comes now
     * @throws Problem if nothing can be read there, and would not be later
     */
    public void run(boolean fromTheBeginning) throws InterruptedException {
        try (Outbox outbox = new Outbox(server, token)) {
            begin(outbox, fromTheBeginning);
            long kept = System.nanoTime();
            for (boolean away = false; ; Thread.sleep(interval)) {
                try {
                    // A server that was restarted may know nothing of it.
                    if (away || System.nanoTime() - kept >= KEEP_EVERY.toNanos()) {
                        outbox.keep(kinds);
                        kept = System.nanoTime();
                    }
                    if (away) {
                        say.accept("The server answers again");
                        away = false;
                    }
                    tellAll(outbox);
                } catch (Away why) {
                    if (!away) {
                        say.accept("The server cannot be read now, " + why.getMessage() + ": waiting for it");
                    }
                    away = true;
                }
            }
        }
    }

    private void begin(Outbox outbox, boolean fromTheBeginning) throws InterruptedException {
        try {
            outbox.keep(kinds);
            if (!fromTheBeginning) {
                known.putAll(outbox.lastNumbers());
            }
        } catch (Away why) {
            throw new Problem("No Flashsale can be read at " + server + ", " + why.getMessage()
                    + ": check --url and that it runs");
        }
        say.accept("Listening to " + server + "; Ctrl-C ends it");
    }

    private void tellAll(Outbox outbox) throws Away, InterruptedException {
        for (Map.Entry<Long, Long> product : outbox.lastNumbers().entrySet()) {
            long id = product.getKey();
            long last = product.getValue();
            if (known.getOrDefault(id, 0L) > last) {
                say.accept("The server has begun anew, on another database: " + (id == 0 ? NO_PRODUCT : "product " + id)
                        + " is told from its first event");
                known.remove(id);
            }
            while (known.getOrDefault(id, 0L) < last) {
                List<JsonNode> events = outbox.after(id, known.getOrDefault(id, 0L));
                for (JsonNode event : events) {
                    tell(event);
                    known.put(id, event.path("sequence").asLong());
                }
                if (events.isEmpty()) {
                    // They were forgotten meanwhile.
                    known.put(id, last);
                }
            }
        }
    }

    private void tell(JsonNode event) throws InterruptedException {
        if (!types.contains(event.path("type").asString(""))) {
            return;
        }
        String id = event.path("id").asString("");
        String payload = event.path("data").toString();
        String shown = payload.length() <= PAYLOAD_SHOWN ? payload : payload.substring(0, PAYLOAD_SHOWN) + "…";
        String line = String.join(
                " ",
                event.path("time").asString(""),
                event.path("type").asString("").substring(TYPE_PREFIX.length()),
                event.path("subject").asString(NO_PRODUCT),
                "#" + event.path("sequence").asString(""),
                id,
                shown);
        say.accept(CONTROLS.matcher(line).replaceAll(" "));
        if (forwarding.isPresent()) {
            forwarding.get().forward(id, event.toString().getBytes(StandardCharsets.UTF_8), say);
        }
    }
}
