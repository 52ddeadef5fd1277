package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.adapter.rest.http.Endpoint;
import dev.flashsale.adapter.rest.http.Filter;
import dev.flashsale.adapter.rest.http.ProblemFilter;
import dev.flashsale.adapter.rest.http.Route;
import dev.flashsale.adapter.rest.http.SecurityHeaders;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** At a route of the operator's. */
class OperatorTokenTest {

    private static final Logger HELIDON = Logger.getLogger("io.helidon");
    private static final String CLEAR = "correct-horse";
    /** printf %s battery-staple | sha256sum */
    private static final String HASHED = "sha256:481fd32833966be5ea069e1ee38aab255d779d5510123c244d08de4194bbbee6";

    private static final List<String> BOTH = List.of(CLEAR, HASHED);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer correct-horse", "bearer correct-horse", "Bearer battery-staple"})
    void each_of_several_tokens_is_let_in_whether_it_is_stored_in_clear_or_hashed(String authorization)
            throws Exception {
        assertThat(answer(BOTH, authorization).status()).isEqualTo(200);
        assertThat(answer(BOTH.reversed(), authorization).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer wrong",
                "Bearer correct-hors",
                "Bearer correct-horse,battery-staple",
                "Bearer " + HASHED,
                "Bearer 481fd32833966be5ea069e1ee38aab255d779d5510123c244d08de4194bbbee6",
                "Basic correct-horse",
                "correct-horse"
            })
    void a_wrong_token_is_refused(String authorization) throws Exception {
        assertUnauthorized(answer(BOTH, authorization), "Authorization: Bearer");
    }

    @Test
    void a_missing_token_is_refused() throws Exception {
        assertUnauthorized(answer(BOTH, null), "Authorization: Bearer");
    }

    @Test
    void a_hash_may_be_written_in_capitals() throws Exception {
        String capitals = "sha256:" + HASHED.substring("sha256:".length()).toUpperCase(Locale.ROOT);

        assertThat(answer(List.of(capitals), "Bearer battery-staple").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer null", "Bearer []", "Bearer correct-horse"})
    void without_a_token_nobody_is_an_operator_and_the_answer_says_how_to_set_one(String authorization)
            throws Exception {
        assertUnauthorized(
                answer(List.of(), authorization), "has no operator token", "flashsale.operator.token", "FLASHSALE_");
    }

    @ParameterizedTest
    @CsvSource({
        "any text, true",
        HASHED + ", true",
        "sha256:, false",
        "sha256:481fd3, false",
        HASHED + "0, false",
        "' ', false",
        "'', false"
    })
    void what_is_blank_or_half_a_hash_cannot_be_a_token(String token, boolean taken) {
        assertThat(OperatorToken.takes(token)).isEqualTo(taken);
    }

    private static void assertUnauthorized(Answer answer, String... says) {
        Problems.assertProblem(answer, 401, "operator_token_required", false);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(answer.json().get("detail").asString()).contains(says).doesNotContain(CLEAR);
    }

    private static Answer answer(List<String> tokens, String authorization) throws Exception {
        OperatorToken token = new OperatorToken(tokens);
        Route route = Filter.before(
                request -> dev.flashsale.adapter.rest.http.Answer.ok("{}".getBytes(UTF_8)),
                List.of(new SecurityHeaders(), new ProblemFilter(), token));
        WebServer server = server(new Endpoint(route, AnswerListener.NONE.of("GET", "/"), System::nanoTime, null));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()));
            if (authorization != null) {
                request.header("Authorization", authorization);
            }
            return Answer.of(client.send(request.build(), BodyHandlers.ofString()));
        } finally {
            server.stop();
        }
    }

    private static WebServer server(Handler endpoint) {
        HELIDON.setLevel(Level.WARNING);
        return WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .routing(HttpRouting.builder().get("/", endpoint))
                .build()
                .start();
    }
}
