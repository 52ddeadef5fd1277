package dev.flashsale.app.listen;

import dev.flashsale.app.Problem;
import dev.flashsale.domain.event.EventKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The outbox of a server, as an operator reads it over HTTP. */
final class Outbox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String server;
    private final String token;

    /** @param server without a slash at the end */
    Outbox(String server, String token) {
        this.server = server;
        this.token = token;
    }

    /** The server cannot be read now: it may be later. */
    static final class Away extends Exception {
        Away(String why) {
            super(why);
        }
    }

    /** Has events of these kinds kept, for a minute or so. */
    void keep(Set<EventKind> kinds) throws Away, InterruptedException {
        String body = json.writeValueAsString(
                Map.of("kinds", kinds.stream().map(EventKind::word).toList()));
        JsonNode unused = send(request("/api/events/keep")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The products that have events, with the number of the last one of each. */
    SortedMap<Long, Long> lastNumbers() throws Away, InterruptedException {
        SortedMap<Long, Long> last = new TreeMap<>();
        for (String after = ""; after != null; ) {
            JsonNode page = send(request("/api/events?limit=" + PAGE + "&after=" + after));
            page.path("items")
                    .forEach(item -> last.put(
                            item.path("product_id").asLong(),
                            item.path("last_number").asLong()));
            after = page.path("next").asString(null);
        }
        return last;
    }

    /** The next ones of a product behind a number, as CloudEvents. */
    List<JsonNode> after(long product, long number) throws Away, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        send(request("/api/products/" + product + "/events?limit=" + PAGE + "&after=" + number))
                .path("items")
                .forEach(events::add);
        return events;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws Away, InterruptedException {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case OK -> json.readTree(response.body());
                case UNAUTHORIZED ->
                    throw new Problem(
                            "The server at " + server + " does not take this operator's token: give one that it was"
                                    + " started with, by FLASHSALE_OPERATOR_TOKEN in the environment or --operator-token");
                case NOT_FOUND ->
                    throw new Problem("What answers at " + server + " has no /api/events: check --url, and that it is a"
                            + " Flashsale of this version");
                default -> throw new Away("it answers " + response.statusCode());
            };
        } catch (IOException e) {
            throw new Away("nothing answers there");
        } catch (JacksonException e) {
            throw new Away("what answers there is no Flashsale");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
