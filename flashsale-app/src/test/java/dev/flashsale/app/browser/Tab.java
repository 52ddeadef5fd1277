package dev.flashsale.app.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tab: what is done in it, what it asked for, and what the browser has against it. */
public final class Tab {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final Chromium browser;
    private final String session;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    Tab(Chromium browser, String session) throws Exception {
        this.browser = browser;
        this.session = session;
        browser.listen(this::told);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            ask(domain + ".enable", Chromium.params());
        }
    }

    private void told(JsonNode message) {
        if (!message.path("sessionId").asString("").equals(session)) {
            return;
        }
        JsonNode told = message.get("params");
        switch (message.get("method").asString()) {
            case "Network.requestWillBeSent" ->
                asked.add(told.at("/request/url").asString());
            case "Runtime.exceptionThrown" ->
                problems.add(told.get("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                if (Set.of("error", "warning").contains(told.at("/entry/level").asString())) {
                    problems.add(told.at("/entry/text").asString() + " "
                            + told.at("/entry/url").asString(""));
                }
            }
            case "Runtime.consoleAPICalled" -> {
                if (Set.of("error", "warning", "assert")
                        .contains(told.get("type").asString())) {
                    problems.add(told.get("args").toString());
                }
            }
            default -> {}
        }
    }

    private JsonNode ask(String method, ObjectNode parameters) throws Exception {
        return browser.ask(method, parameters, session);
    }

    /** Addresses of all requests. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Errors and warnings, those about the content security policy among them, as the browser's console would show them. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    public void forgetProblems() {
        problems.clear();
    }

    public void size(int width, int height) throws Exception {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Chromium.params()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    public void dark(boolean dark) throws Exception {
        ObjectNode media = Chromium.params();
        ObjectNode unused = media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        ask("Emulation.setEmulatedMedia", media);
    }

    public void go(String url) throws Exception {
        ask("Page.navigate", Chromium.params().put("url", url));
    }

    /** What an expression, or its promise, comes to. */
    public JsonNode eval(String expression) throws Exception {
        JsonNode answer = ask(
                "Runtime.evaluate",
                Chromium.params()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.get("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /** Returns once an expression is true. */
    public void await(String expression) throws Exception {
        long begun = System.nanoTime();
        while (!isTrue(expression)) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new AssertionError("it never was that " + expression + "; the page says:\n"
                        + eval("document.body.innerText").asString() + "\n" + problems);
            }
            Thread.sleep(20);
        }
    }

    /** A page that is on its way has nothing to be true of. */
    private boolean isTrue(String expression) throws Exception {
        return eval("(() => { try { return Boolean(" + expression + ") } catch { return false } })()")
                .asBoolean(false);
    }

    /** What the page says, as it is seen. */
    public String text() throws Exception {
        return eval("document.body.innerText").asString();
    }

    public void type(String text) throws Exception {
        ask("Input.insertText", Chromium.params().put("text", text));
    }

    /** Where a pointer is pressed once something is seen there that can be. */
    public void click(String selector) throws Exception {
        String element = "document.querySelector(" + Chromium.JSON.writeValueAsString(selector) + ")";
        await(element + " && !" + element + ".disabled && " + element + ".offsetParent !== null");
        JsonNode at = eval("(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })(" + element + ")");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            ask(
                    "Input.dispatchMouseEvent",
                    Chromium.params()
                            .put("type", type)
                            .put("button", "left")
                            .put("clickCount", 1)
                            .put("x", at.get("x").asDouble())
                            .put("y", at.get("y").asDouble()));
        }
    }

    /** What those hear who cannot see: a role and a name for each. */
    public List<String> accessible() throws Exception {
        ask("Accessibility.enable", Chromium.params());
        return ask("Accessibility.getFullAXTree", Chromium.params())
                .get("nodes")
                .valueStream()
                .filter(node -> !node.path("ignored").asBoolean())
                .map(node -> node.at("/role/value").asString("") + " "
                        + node.at("/name/value").asString(""))
                .toList();
    }

    /** Tab, Enter or Escape. */
    public void press(String key) throws Exception {
        int code = switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Escape" -> 27;
            default -> throw new IllegalArgumentException(key);
        };
        ObjectNode down = Chromium.params()
                .put("type", "keyDown")
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", code);
        if (code == 13) {
            down.put("text", "\r");
        }
        ask("Input.dispatchKeyEvent", down);
        ask("Input.dispatchKeyEvent", down.deepCopy().put("type", "keyUp"));
    }

    /** Presses Tab until what has the focus says this, as somebody would who uses no mouse. */
    public void tabTo(String words) throws Exception {
        for (int i = 0; i < 80; i++) {
            press("Tab");
            if (focused().equals(words)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not lead to " + words);
    }

    /** The words, or the name, of what has the focus. */
    public String focused() throws Exception {
        return eval("(e => (e.innerText || e.labels?.[0]?.innerText || e.id || '').trim())(document.activeElement)")
                .asString();
    }

    /** As WebP. */
    public void photograph(Path file) throws Exception {
        String image = ask(
                        "Page.captureScreenshot",
                        Chromium.params().put("format", "webp").put("quality", 80))
                .get("data")
                .asString();
        write(file, Base64.getDecoder().decode(image));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
