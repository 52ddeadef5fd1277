package dev.flashsale.app.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.flashsale.app.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that do not keep their promises: the flow must notice. */
class TestFlowTest {

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void every_step_that_changes_something_fails_on_a_server_that_does_nothing() {
        // given
        answerAlways(200, "{\"available_stock\":10}");
        List<Step> told = new ArrayList<>();

        // when
        List<Step> steps = TestFlow.run(
                url(), 1, Optional.empty(), Optional.of("token"), Duration.ofSeconds(1), told::add, remark -> {});

        // then
        assertThat(steps).isEqualTo(told).hasSize(21);
        assertThat(steps.getFirst().ok()).isTrue();
        assertThat(steps.subList(1, steps.size())).noneMatch(Step::ok);
    }

    @Test
    void a_race_fails_on_a_server_that_sells_what_it_does_not_have() {
        // given
        answerAlways(201, "{\"hold_id\":\"h\",\"status\":\"active\"}");

        // when, then
        try (Shop shop = new Shop(url(), Optional.empty(), Optional.empty())) {
            assertThatThrownBy(new Race(new Purchase(shop, 1, 5))::run)
                    .isInstanceOf(Unexpected.class)
                    .hasMessage("40 buyers wanted the last 5, and 40 got one");
        }
    }

    @Test
    void bad_input_fails_on_a_server_that_verifies_nothing() {
        // given
        answerAlways(422, "application/problem+json", "{\"code\":\"invalid_field\"}");
        Gateway gateway = Gateway.standardWebhooks(Gateway.newSecret());

        // when, then
        try (Shop shop = new Shop(url(), Optional.of(gateway), Optional.empty())) {
            assertThatThrownBy(new BadInput(new Purchase(shop, 1, 5))::run)
                    .isInstanceOf(Unexpected.class)
                    .hasMessageContaining("POST /api/payments/webhook: expected status 401, got 422");
        }
    }

    @Test
    void a_product_with_too_little_left_is_a_problem_that_says_what_to_do() {
        // given
        answerAlways(200, "{\"available_stock\":" + (TestFlow.PIECES_NEEDED - 1) + "}");

        // when, then
        assertThatThrownBy(() -> TestFlow.run(
                        url(), 1, Optional.empty(), Optional.empty(), Duration.ZERO, step -> {}, remark -> {}))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("seed", "--product-id");
    }

    @Test
    void a_server_that_does_not_take_the_token_is_a_problem_that_says_what_to_do() {
        // given
        answerAlways(401, "application/problem+json", "{\"detail\":\"no such token\"}");

        // when, then
        assertThatThrownBy(() -> TestFlow.createProduct(url(), "token"))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("no such token", "--operator-token", "--product-id");
    }

    private void answerAlways(int status, String body) {
        answerAlways(status, "application/json", body);
    }

    private void answerAlways(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
