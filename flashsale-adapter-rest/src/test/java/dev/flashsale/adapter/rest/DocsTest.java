package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashsale.adapter.rest.Service.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page for people. */
class DocsTest {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void it_is_served_to_be_kept_and_asked_about() {
        Answer answer = service.get("/docs");
        Answer same = service.get("/docs", "If-None-Match", answer.header("etag"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(service.send("HEAD", "/docs", null).header("etag")).isEqualTo(answer.header("etag"));
    }

    @Test
    void it_may_run_what_it_was_packed_with_and_ask_this_server_alone() throws Exception {
        Answer answer = service.get("/docs");

        assertThat(answer.headers().allValues("content-security-policy"))
                .containsExactly(
                        "default-src 'none'; script-src " + hashes(answer, "script") + "; style-src "
                                + hashes(answer, "style")
                                + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void it_loads_nothing_beside_itself() {
        String page = service.get("/docs").body().replaceAll("(?s)<(script|style)>.*?</\\1>", "");

        assertThat(page).doesNotContain("http:", "https:", "src=");
    }

    @Test
    void a_browser_shows_the_operations(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(BROWSER), "there is no " + BROWSER + ": install chromium");
        Path shown = folder.resolve("shown.html");
        Path log = folder.resolve("log");
        Process browser = new ProcessBuilder(
                        BROWSER.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        service.uri("/docs").toString())
                .redirectOutput(shown.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(browser.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }

        assertThat(Files.readString(shown)).contains("Reserve stock for a short time.", "operations-holds-placeHold");
        assertThat(Files.readString(log))
                .as("what the browser has against the page")
                .doesNotContain("CONSOLE");
    }

    private static String hashes(Answer page, String element) throws Exception {
        List<String> texts = Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">")
                .matcher(page.body())
                .results()
                .map(match -> match.group(1))
                .toList();
        StringBuilder hashes = new StringBuilder();
        for (String text : texts) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            hashes.append(hashes.isEmpty() ? "" : " ")
                    .append("'sha256-")
                    .append(Base64.getEncoder().encodeToString(hash))
                    .append("'");
        }
        return hashes.toString();
    }
}
