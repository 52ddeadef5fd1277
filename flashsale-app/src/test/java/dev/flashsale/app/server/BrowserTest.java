package dev.flashsale.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.Programs;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shop's page in Chromium, which comes from another server than the one it buys at. */
@Timeout(120)
class BrowserTest {

    @TempDir
    private Path folder;

    @Test
    void a_page_of_an_origin_that_is_named_can_buy_and_one_of_another_cannot_even_read() throws Exception {
        Optional<Path> chromium = Programs.find("chromium");
        assumeTrue(chromium.isPresent(), "Chromium is needed: apt-get install chromium");
        try (Page shop = new Page();
                Page other = new Page();
                RunningFlashsale server = RunningFlashsale.withServer(Purpose.SERVE, settings(shop.origin()))) {
            assertThat(server.flashsale().products().put(Examples.product(new ProductId(1)), 10))
                    .isNotNull();

            // when
            List<String> told = shop.openIn(chromium.get(), folder.resolve("shop"), server.port());
            List<String> toldOther = other.openIn(chromium.get(), folder.resolve("other"), server.port());

            // then
            assertThat(told)
                    .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID"))
                    .containsExactly(
                            "GET /api/products/1 200 ETag",
                            "GET /openapi.yaml 200 ETag",
                            "POST /api/holds 201 Location RateLimit RateLimit-Policy",
                            "POST /api/holds 201 Idempotent-Replayed Location RateLimit RateLimit-Policy",
                            "POST /api/orders 201 Location",
                            "POST /api/holds 422 RateLimit RateLimit-Policy",
                            "refused: invalid_field",
                            "GET /api/orders 401",
                            "DELETE /api/holds/ID 409");
            assertThat(toldOther)
                    .filteredOn(line -> !line.startsWith("refused"))
                    .hasSize(8)
                    .allMatch(line -> line.endsWith(" TypeError"));
        }
    }

    private static List<String> settings(String origin) {
        TestDatabase database = TestDatabase.get().withNewSchema();
        return List.of(
                "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--flashsale.database.username=" + database.username(),
                "--flashsale.database.password=" + database.password(),
                "--flashsale.webhook.unsigned=accept",
                "--flashsale.limit.address=100/1s",
                "--flashsale.http.cors-origins=" + origin,
                "--flashsale.http.host=127.0.0.1",
                "--flashsale.http.port=0");
    }

    /** Serves the page, and hears what it tells. */
    private static final class Page implements AutoCloseable {

        private final HttpServer server;
        private final CompletableFuture<String> told = new CompletableFuture<>();

        Page() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] page;
            try (InputStream file = BrowserTest.class.getResourceAsStream("shop.html")) {
                page = file.readAllBytes();
            }
            server.createContext("/", exchange -> {
                boolean tells = exchange.getRequestURI().getPath().equals("/told");
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
                if (tells) {
                    told.complete(body);
                }
            });
            server.start();
        }

        String origin() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        List<String> openIn(Path chromium, Path profile, int port) throws Exception {
            Process browser = new ProcessBuilder(
                            chromium.toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--user-data-dir=" + profile,
                            origin() + "/?api=http://127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(new File(profile + ".log"))
                    .start();
            try {
                return told.get(60, TimeUnit.SECONDS).lines().toList();
            } finally {
                Programs.end(browser);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
