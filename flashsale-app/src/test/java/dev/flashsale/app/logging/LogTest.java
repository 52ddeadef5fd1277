package dev.flashsale.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program writes to its standard error, in a process of its own. */
@Timeout(120)
class LogTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String STAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) ";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void json_is_a_line_for_each_event_from_the_first_to_the_last_with_what_the_request_is_called() throws Exception {
        // when
        List<JsonNode> lines = logged(Map.of("FLASHSALE_LOG_FORMAT", "json"), "--http-access-log=on").stream()
                .map(JSON::readTree)
                .toList();

        // then
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.at("/service/name").asString("")).isEqualTo("flashsale"));
        assertThat(lines)
                .filteredOn(line -> line.at("/message").asString().startsWith("Incident "))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.at("/log/level").asString()).isEqualTo("ERROR");
                    assertThat(line.at("/error/stack_trace").asString()).contains("\n\tat dev.flashsale.");
                    assertThat(line.at("/http/request/id").asString()).isEqualTo("r-500");
                    assertThat(line.at("/trace/id").asString()).isEqualTo(TRACE);
                    assertThat(line.at("/span/id").asString()).isEqualTo(SPAN);
                });
        List<JsonNode> access = lines.stream()
                .filter(line -> line.at("/log/logger").asString().equals("dev.flashsale.access"))
                .toList();
        assertThat(access).hasSize(3);
        JsonNode first = access.getFirst();
        assertThat(first.at("/client/ip").asString()).isEqualTo("127.0.0.1");
        assertThat(first.at("/http/request/method").asString()).isEqualTo("GET");
        assertThat(first.at("/http/request/id").asString()).isEqualTo("r-200");
        assertThat(first.at("/url/path").asString()).isEqualTo("/api/products/1");
        assertThat(first.at("/http/response/status_code").asInt()).isEqualTo(200);
        assertThat(first.at("/http/response/body/bytes").asInt()).isPositive();
        assertThat(first.at("/event/duration").asLong()).isPositive();
        assertThat(access.get(1).at("/http/request/id").asString()).isEqualTo("r-500");
        assertThat(access.get(2).at("/http/request/id").asString("none")).isEqualTo("none");
    }

    @Test
    void text_has_date_and_zone_and_what_the_request_is_called_where_it_came_with_a_name() throws Exception {
        // when
        List<String> lines = logged(Map.of());

        // then
        assertThat(lines)
                .filteredOn(line -> line.contains("Incident "))
                .singleElement()
                .asString()
                .matches(STAMP + "ERROR Incident .* \\[.*\\]")
                .contains("http.request.id=r-500", "trace.id=" + TRACE, "span.id=" + SPAN);
        assertThat(lines)
                .filteredOn(line -> line.contains("Stopping"))
                .singleElement()
                .asString()
                .matches(STAMP + "INFO  Stopping: .* refused");
        assertThat(lines).noneMatch(line -> line.contains("\"GET "));
    }

    @Test
    void the_variables_of_spring_boot_choose_the_kind_of_json_and_levels() throws Exception {
        List<String> lines = logged(
                Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash", "LOGGING_LEVEL_DEV_FLASHSALE_APP", "ERROR"));

        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("Stopping"));
        assertThat(JSON.readTree(lines.getFirst()).has("@version")).isTrue();
    }

    /** Of a server that was asked for a product three times: as it is, broken with a name, and with none. */
    private List<String> logged(Map<String, String> environment, String... flags) throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--database-url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--database-username=" + database.username(),
                "--webhook-unsigned=accept",
                "--http-host=127.0.0.1",
                "--http-port=0"));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("FLASHSALE_DATABASE_PASSWORD", database.password());
        Process server = builder.start();
        try (BufferedReader out = server.inputReader();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            int port = port(out);
            assertThat(view(port, "X-Request-Id", "r-200").statusCode()).isEqualTo(200);
            statement.execute("update flashsale_product set currency = '???'");
            HttpResponse<String> failed;
            do {
                // What was read before is remembered for a while.
                failed = view(port, "X-Request-Id", "r-500", "traceparent", "00-" + TRACE + "-" + SPAN + "-01");
            } while (failed.statusCode() == 200);
            statement.execute("update flashsale_product set currency = 'EUR'");
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.headers().firstValue("x-request-id")).contains("r-500");
            assertThat(view(port, "Accept", "*/*").statusCode()).isEqualTo(200);
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.destroyForcibly();
            client.shutdownNow();
        }
        return Files.readAllLines(err);
    }

    private static int port(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith("Flashsale serves on ")) {
            line = out.readLine();
        }
        return URI.create(String.valueOf(line).replaceFirst(".* ", "")).getPort();
    }

    private HttpResponse<String> view(int port, String... headers) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/products/1"))
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }
}
