package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operators' page as it is served; flashsale-app's tests look at it in a browser. */
class ConsolePageTest {

    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(console/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("from \"\\./([^\"]+)\"");

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void it_needs_no_token_and_may_do_no_more_than_it_has_to() {
        Answer page = service.get("/console");
        Answer same = service.get("/console", "If-None-Match", page.header("etag"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.headers().allValues("content-security-policy"))
                .containsExactly("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(page.body()).doesNotContain("<style", "style=\"", "http:", "https:");
        assertThat(Pattern.compile("<script[^>]*>[^<]").matcher(page.body()).find())
                .as("a script within the page")
                .isFalse();
        assertThat(same.status()).isEqualTo(304);
    }

    /** What it links and what that imports is served, of the right type, and asks no other host for anything. */
    @Test
    void all_that_it_is_made_of_is_served() {
        Set<String> seen = new HashSet<>();
        LINKED.matcher(service.get("/console").body())
                .results()
                .map(MatchResult::group)
                .map(link -> link.replaceAll(".*\"console/|\"", ""))
                .forEach(file -> follow(file, seen));

        assertThat(seen).contains("app.js", "chart.js", "console.css", "icon.svg", "product.js", "actions.js");
    }

    private void follow(String file, Set<String> seen) {
        if (!seen.add(file)) {
            return;
        }
        Answer answer = service.get("/console/" + file);
        assertThat(answer.status()).as(file).isEqualTo(200);
        assertThat(answer.header("content-type"))
                .as(file)
                .isEqualTo(
                        file.endsWith(".css")
                                ? "text/css; charset=utf-8"
                                : file.endsWith(".svg")
                                        ? "image/svg+xml; charset=utf-8"
                                        : "text/javascript; charset=utf-8");
        if (file.endsWith(".js") && !file.equals("chart.js")) {
            assertThat(answer.body()).as(file).doesNotContain("http:", "https:", "innerHTML");
            List<String> imported = IMPORTED.matcher(answer.body())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            imported.forEach(other -> follow(other, seen));
        }
    }

    @Test
    void without_live_numbers_there_is_no_console() {
        try (RestServer server = RestServer.start(
                service.fakes.useCases(),
                Probes.of(() -> true),
                () -> service.now,
                System::nanoTime,
                AnswerListener.NONE,
                TestSettings.builder().build())) {
            for (String path : List.of("/console", "/console/app.js", "/api/live", "/api/products/1/live")) {
                Answer answer =
                        service.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .header("Authorization", "Bearer " + Service.TOKEN)
                                .build());
                assertThat(answer.status()).as(path).isEqualTo(404);
            }
        }
    }
}
