package dev.flashsale.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flashsale.adapter.rest.RestServer;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.webhook.StandardWebhooksSignature;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Against a server that runs, with a sale in memory. */
class ListenTest {

    private static final String TOKEN = "an-operators";
    private static final ProductId PRODUCT = new ProductId(7);

    private final InMemoryFlashsale sale = Flashsale.inMemory();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringWriter err = new StringWriter();
    private RestServer server = serve(0);
    private FutureTask<Integer> command = new FutureTask<>(() -> 0);
    private Thread running = new Thread(command);

    private RestServer serve(int port) {
        return RestServer.start(
                sale,
                () -> true,
                InstantSource.system(),
                RestSettings.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .operatorTokens(List.of(TOKEN))
                        .build());
    }

    @AfterEach
    void stop() throws InterruptedException {
        running.interrupt();
        running.join();
        server.close();
    }

    private void hold() {
        sale.products().put(new Product(PRODUCT, "Shoe", Money.of("10.00", "EUR")), 100);
        assertThat(sale.holds().place(new HoldRequest(sale.holds().newId(), Lines.of(PRODUCT, new Quantity(1)), null)))
                .isNotNull();
    }

    private String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private int run(String... arguments) {
        CommandLine line = CommandLineInterface.commandLine();
        line.setOut(new PrintWriter(new Printed(), true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void listen(String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(
                new String[] {"listen", "--url=" + url(), "--operator-token=" + TOKEN, "--interval=10ms"},
                0,
                arguments,
                0,
                4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        command = new FutureTask<>(() -> run(arguments));
        running = Thread.ofPlatform().start(command);
        lineWith("Listening to " + url());
    }

    /** The next line that has this; those before it are passed over. */
    private String lineWith(String text) {
        try {
            for (String line = lines.poll(30, TimeUnit.SECONDS); ; line = lines.poll(30, TimeUnit.SECONDS)) {
                assertThat(line).as("no line has %s; %s", text, err).isNotNull();
                if (line.contains(text)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_happens_is_printed_and_forwarded_as_an_endpoint_gets_it_and_a_server_that_restarts_is_waited_for()
            throws Exception {
        EndpointSecret secret = EndpointSecret.random(new SecureRandom());
        BlockingQueue<Integer> answers = new LinkedBlockingQueue<>(List.of(500, 200));
        BlockingQueue<Map<String, String>> received = new LinkedBlockingQueue<>();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            received.add(looked(exchange, secret));
            Integer next = answers.poll();
            exchange.sendResponseHeaders(next == null ? 204 : next, -1);
            exchange.close();
        });
        hook.start();
        try {
            listen(
                    "--kinds=hold.placed",
                    "--secret=" + secret.text(),
                    "--forward-to=http://127.0.0.1:" + hook.getAddress().getPort() + "/hook");
            hold();

            assertThat(lineWith("hold.placed")).matches("\\S+Z hold\\.placed products/7 #1 7-1 \\{.*\"hold_id\".*");
            lineWith("-> 500 in ");
            lineWith("-> 200 in ");
            Map<String, String> first = received.remove();
            assertThat(first).containsEntry("id", "7-1").containsEntry("type", "application/cloudevents+json");
            assertThat(first.get("signature")).isEqualTo(first.get("right signature"));
            assertThat(received.remove()).containsEntry("id", "7-1");

            int port = server.port();
            server.close();
            lineWith("waiting for it");
            server = serve(port);
            lineWith("answers again");
            hold();

            lineWith("hold.placed products/7 #2 7-2 ");
            lineWith("-> 204 in ");
            running.interrupt();
            assertThat(command.get()).isZero();
            assertThat(err.toString()).isEmpty();
        } finally {
            hook.stop(0);
        }
    }

    private static Map<String, String> looked(HttpExchange exchange, EndpointSecret secret) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        Instant at = Instant.ofEpochSecond(
                Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp")));
        return Map.of(
                "id",
                id,
                "type",
                exchange.getRequestHeaders().getFirst("Content-Type"),
                "signature",
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                "right signature",
                new StandardWebhooksSignature()
                        .headers(id, at, List.of(secret.bytes()), body)
                        .get("webhook-signature"));
    }

    @Test
    void what_was_kept_before_is_told_if_asked_for_and_what_nobody_takes_is_left() throws Exception {
        int nobodyListens;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodyListens = free.getLocalPort();
        }
        sale.events().subscribe(EnumSet.allOf(EventKind.class));
        hold();

        listen("--from-beginning", "--kinds=hold.*", "--forward-to=http://127.0.0.1:" + nobodyListens + "/");

        lineWith("hold.placed products/7 #");
        lineWith("-> failed in ");
        lineWith("-> left after 3 attempts");
        hold();
        assertThat(lineWith("products/7")).contains("hold.placed");
    }

    @Test
    void what_cannot_be_read_is_one_line_that_says_what_to_do() {
        String url = url();
        assertThat(run("listen", "--url=" + url, "--operator-token=another")).isEqualTo(1);
        assertThat(err.toString().strip())
                .hasLineCount(1)
                .contains("does not take this operator's token", "--operator-token");

        err.getBuffer().setLength(0);
        server.close();
        assertThat(run("listen", "--url=" + url, "--operator-token=" + TOKEN)).isEqualTo(1);
        assertThat(err.toString().strip()).hasLineCount(1).contains("No Flashsale can be read", "--url");
    }

    /** Takes lines as they are printed. */
    private final class Printed extends Writer {
        private final StringBuilder begun = new StringBuilder();

        @Override
        public void write(char[] chars, int from, int length) {
            begun.append(chars, from, length);
        }

        @Override
        public void flush() {
            int end;
            while ((end = begun.indexOf("\n")) >= 0) {
                lines.add(begun.substring(0, end).stripTrailing());
                begun.delete(0, end + 1);
            }
        }

        @Override
        public void close() {}
    }
}
