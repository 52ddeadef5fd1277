package dev.flashsale.app.browser;

import dev.flashsale.app.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * This machine's Chromium, without a window, told what to do by its DevTools protocol. Playwright would tell it as much, and
 * bring 190 MB for it.
 */
public final class Chromium implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();
    private static final String LISTENS = "DevTools listening on ";
    private static final int ANSWER_SECONDS = 60;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();

    /** Where it is, if this machine has it. */
    public static Optional<Path> find() {
        return Programs.find("chromium");
    }

    /** @param profile a folder that is there for it alone */
    public Chromium(Path chromium, Path profile) throws Exception {
        process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(address()), new Told())
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failed) {
            Programs.end(process);
            throw failed;
        }
    }

    /** What it says after that is read, so that it does not wait to be. */
    private String address() throws IOException {
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENS)) {
                Thread unused = Thread.ofVirtual().start(() -> said.lines().forEach(more -> {}));
                return line.substring(LISTENS.length());
            }
        }
        throw new IOException("Chromium ended before it listened");
    }

    /** A tab of its own, with nothing in it, in a profile that no other tab has. */
    public Tab newTab() throws Exception {
        String context = ask("Target.createBrowserContext", params(), null)
                .get("browserContextId")
                .asString();
        String target = ask(
                        "Target.createTarget",
                        params().put("url", "about:blank").put("browserContextId", context),
                        null)
                .get("targetId")
                .asString();
        String session = ask(
                        "Target.attachToTarget",
                        params().put("targetId", target).put("flatten", true),
                        null)
                .get("sessionId")
                .asString();
        return new Tab(this, session);
    }

    static ObjectNode params() {
        return JSON.createObjectNode();
    }

    JsonNode ask(String method, ObjectNode parameters, @Nullable String session) throws Exception {
        int id = last.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        ObjectNode unused = message.set("params", parameters);
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        synchronized (this) {
            socket.sendText(message.toString(), true).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        }
        JsonNode told = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (told.has("error")) {
            throw new AssertionError(method + ": " + told.get("error"));
        }
        return told.get("result");
    }

    void listen(Consumer<JsonNode> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        client.shutdownNow();
        Programs.end(process);
    }

    private final class Told implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                JsonNode message = JSON.readTree(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> answer =
                        asked.remove(message.path("id").asInt(0));
                if (answer != null) {
                    answer.complete(message);
                } else {
                    listeners.forEach(listener -> listener.accept(message));
                }
            }
            from.request(1);
            return null;
        }
    }
}
