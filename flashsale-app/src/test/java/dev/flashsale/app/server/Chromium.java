package dev.flashsale.app.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashsale.app.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in this machine's Chromium, told what to do by its DevTools protocol. Skips the test where there is none. */
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final Process browser;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    /** What the page has written to its console, and what it failed with. */
    final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();

    private Chromium(Process browser, String page) {
        this.browser = browser;
        this.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Incoming())
                .join();
    }

    /** @param folder for its profile */
    static Chromium start(Path folder) throws Exception {
        Optional<Path> program = Programs.find("chromium");
        assumeTrue(program.isPresent(), "Chromium is needed: apt-get install chromium");
        Path profile = folder.resolve("profile");
        Process browser = new ProcessBuilder(
                        program.get().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--lang=en-US",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        try {
            Chromium chromium = new Chromium(browser, page(profile.resolve("DevToolsActivePort")));
            chromium.command("Runtime.enable", "{}");
            chromium.command("Log.enable", "{}");
            chromium.command("Page.enable", "{}");
            return chromium;
        } catch (Exception e) {
            Programs.end(browser);
            throw e;
        }
    }

    private static String page(Path portFile) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
            if (System.nanoTime() > until) {
                throw new IOException("Chromium did not start");
            }
            Thread.sleep(20);
        }
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list");
        while (System.nanoTime() < until) {
            try (var in = list.toURL().openStream()) {
                for (JsonNode target : JSON.readTree(in)) {
                    if (target.path("type").asString().equals("page")) {
                        return target.path("webSocketDebuggerUrl").asString();
                    }
                }
            }
            Thread.sleep(20);
        }
        throw new IOException("Chromium has no page");
    }

    void open(String url) {
        command("Page.navigate", "{\"url\":" + JSON.writeValueAsString(url) + "}");
    }

    /** The value of an expression of the page's, a promise's once it is there. */
    JsonNode value(String expression) {
        JsonNode answer = command(
                "Runtime.evaluate",
                "{\"awaitPromise\":true,\"returnByValue\":true,\"userGesture\":true,\"expression\":"
                        + JSON.writeValueAsString(expression) + "}");
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Returns once the expression is true. */
    void await(String expression) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        // While another page is loaded, there is nothing of it.
        while (!value("(() => { try { return Boolean(" + expression + "); } catch { return false; } })()")
                .asBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(expression + " did not come true on a page that shows: "
                        + value("document.body.innerText").asString() + "\n" + complaints);
            }
            Thread.sleep(20);
        }
    }

    /** Where a pointer is pressed there, as a user agent does it. */
    void click(String selector) throws InterruptedException {
        String element = "document.querySelector(" + JSON.writeValueAsString(selector) + ")";
        await(element + " && !" + element + ".disabled && " + element + ".offsetParent !== null");
        JsonNode unused = value(element + ".scrollIntoView({block: 'center'})");
        JsonNode at = value("(() => { const r = " + element + ".getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        for (String type : new String[] {"mousePressed", "mouseReleased"}) {
            command(
                    "Input.dispatchMouseEvent",
                    "{\"type\":\"" + type + "\",\"button\":\"left\",\"clickCount\":1,\"x\":" + at.path("x") + ",\"y\":"
                            + at.path("y") + "}");
        }
    }

    /** From now on it is as large as that, and in that colour scheme. */
    void looksLike(int width, int height, String scheme) {
        command(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":2,\"mobile\":" + (width < 600)
                        + "}");
        command(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    }

    void screenshot(Path file) throws IOException {
        JsonNode shot = command("Page.captureScreenshot", "{\"captureBeyondViewport\":true}");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(shot.path("data").asString()));
    }

    JsonNode command(String method, String parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        JsonNode came = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (came.has("error")) {
            throw new AssertionError(method + ": " + came.path("error"));
        }
        return came.path("result");
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        client.shutdownNow();
        Programs.end(browser);
    }

    private final class Incoming implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
            message.append(text);
            if (isLast) {
                read(JSON.readTree(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void read(JsonNode told) {
            if (told.has("id")) {
                answers.remove(told.path("id").asInt()).complete(told);
            }
            switch (told.path("method").asString("")) {
                case "Runtime.exceptionThrown", "Log.entryAdded" ->
                    complaints.add(told.path("params").toString());
                default -> {
                    // Of no interest.
                }
            }
        }
    }
}
