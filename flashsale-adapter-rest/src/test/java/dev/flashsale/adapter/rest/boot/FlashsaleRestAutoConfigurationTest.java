package dev.flashsale.adapter.rest.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flashsale.adapter.rest.AnswerListener;
import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a host of Spring Boot gets for {@code flashsale.http.port}, and how it has it otherwise. */
@Timeout(60)
class FlashsaleRestAutoConfigurationTest {

    private static final ProductId PRODUCT = new ProductId(1);

    private final HttpClient client = HttpClient.newHttpClient();

    private final ApplicationContextRunner withoutFlashsale = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(FlashsaleRestAutoConfiguration.class));
    private final ApplicationContextRunner withoutPort =
            withoutFlashsale.withBean(Flashsale.class, FlashsaleRestAutoConfigurationTest::selling);
    private final ApplicationContextRunner host =
            withoutPort.withPropertyValues("flashsale.http.port=0", "flashsale.http.host=127.0.0.1");

    private static Flashsale selling() {
        Flashsale flashsale = Flashsale.inMemory();
        assertThat(flashsale.products().put(Examples.product(PRODUCT), 1)).isNotNull();
        return flashsale;
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_host_with_a_flashsale_sells_over_http_for_one_property() {
        host.run(context -> {
            String hold = "{\"product_id\":1,\"quantity\":1}";

            assertThat(post(context, "/api/holds", hold).statusCode()).isEqualTo(201);
            assertThat(post(context, "/api/holds", hold).body()).contains("\"all_held\"");
            assertThat(context.getBean(Flashsale.class).products().view(PRODUCT))
                    .hasValueSatisfying(
                            product -> assertThat(product.stock().available()).isZero());
        });
    }

    @Test
    void the_document_and_the_health_are_there_and_neither_console_nor_metrics() {
        host.run(context -> {
            assertThat(get(context, "/openapi.yaml").body()).contains("openapi: 3.1", "/api/holds:");
            assertThat(get(context, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(context, "/console").statusCode()).isEqualTo(404);
            assertThat(get(context, "/metrics").statusCode()).isEqualTo(404);
        });
    }

    @Test
    void a_database_that_does_not_answer_is_not_ready() {
        InMemoryFlashsale busy = Flashsale.inMemory();
        busy.busy(true);

        withoutFlashsale
                .withBean(Flashsale.class, () -> busy)
                .withPropertyValues("flashsale.http.port=0", "flashsale.http.host=127.0.0.1")
                .run(context ->
                        assertThat(get(context, "/health/ready").statusCode()).isEqualTo(503));
    }

    @Test
    void without_the_port_or_without_a_flashsale_nothing_is_served() {
        withoutPort.run(context -> assertThat(context).doesNotHaveBean(FlashsaleHttpServer.class));
        withoutFlashsale
                .withPropertyValues("flashsale.http.port=0")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FlashsaleHttpServer.class));
    }

    @Test
    void what_is_the_hosts_own_is_used() {
        CompletableFuture<String> answered = new CompletableFuture<>();
        RestSettings own = RestSettings.builder().host("127.0.0.1").port(0).build();

        host.withBean(RestSettings.class, () -> own)
                .withBean(Probes.class, () -> Probes.of(() -> false))
                .withBean(AnswerListener.class, () -> (method, route) -> (status, nanos) -> answered.complete(route))
                .run(context -> {
                    assertThat(context.getBean(RestSettings.class)).isSameAs(own);
                    assertThat(get(context, "/health/ready").statusCode()).isEqualTo(503);
                    assertThat(answered.join()).isEqualTo("/health/ready");
                });
    }

    /** An operator, and nobody's word for a payment. */
    @Test
    void without_a_secret_no_gateway_is_believed() {
        host.withPropertyValues("flashsale.operator.token=secret").run(context -> {
            assertThat(post(context, "/api/payments/webhook", "{}").statusCode())
                    .isEqualTo(401);
            assertThat(get(context, "/api/products").statusCode()).isEqualTo(401);
            assertThat(get(context, "/api/products", "Authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(200);
        });
    }

    @Test
    void a_stop_answers_what_is_in_flight_and_takes_nothing_more() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        host.withBean(
                        Probes.class,
                        () -> Probes.of(() -> {
                            asked.countDown();
                            return await(answer);
                        }))
                .run(context -> {
                    FlashsaleHttpServer server = context.getBean(FlashsaleHttpServer.class);
                    int port = server.port();
                    CompletableFuture<Integer> inFlight = CompletableFuture.supplyAsync(
                            () -> get(context, "/health/ready").statusCode());
                    await(asked);

                    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
                    while (listens(port)) {
                        Thread.onSpinWait();
                    }
                    answer.countDown();

                    assertThat(inFlight.join()).isEqualTo(200);
                    stopped.join();
                    assertThat(server.isRunning()).isFalse();
                });
    }

    /** As a whole program, which finds all of it by META-INF. */
    @Test
    void a_port_in_use_is_said_in_words() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SpringApplication host = new SpringApplication(Host.class);
            host.setBannerMode(Banner.Mode.OFF);

            Throwable failure = catchThrowable(
                    () -> host.run("--flashsale.http.host=127.0.0.1", "--flashsale.http.port=" + taken.getLocalPort()));

            assertThat(said(failure)).singleElement().satisfies(said -> {
                assertThat(said.getDescription()).contains("127.0.0.1:" + taken.getLocalPort());
                assertThat(said.getAction()).contains("flashsale.http.port");
            });
        }
    }

    /** By all the analyzers that there are, but those that need the context. */
    private static List<FailureAnalysis> said(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, null, (type, name, needsMore) -> {})
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .toList();
    }

    @EnableAutoConfiguration
    static class Host {

        @Bean
        Flashsale flashsale() {
            return selling();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flashsale.http.port, 65536",
        "flashsale.http.max-body-bytes, 0",
        "flashsale.http.max-header-bytes, 1048577",
        "flashsale.http.max-connections, 0",
        "flashsale.http.max-concurrent-requests, 0",
        "flashsale.http.idle-timeout, 0s",
        "flashsale.http.read-timeout, 2h",
        "flashsale.http.drain-timeout, -1s",
        "flashsale.http.trusted-proxies, nowhere",
        "flashsale.http.cors-origins, shop.example",
        "flashsale.http.tls-certificate, /nowhere.pem",
        "flashsale.stream.max-listeners, -1",
        "flashsale.stream.interval, 0s",
        "flashsale.stream.heartbeat, 2h",
        "flashsale.payment.under-way, No",
        "flashsale.operator.token, sha256:1",
        "flashsale.webhook.secret, short",
        "flashsale.limit.address, often",
        "flashsale.limit.customer, 0/1s",
    })
    void what_is_not_allowed_is_named(String property, String value) {
        host.withPropertyValues("flashsale.http.tls-key=/nowhere.pem".repeat(property.contains("tls") ? 1 : 0))
                .withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                refused -> assertThat(refused.getName()).isEqualTo(property)));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private HttpResponse<String> get(ApplicationContext context, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(context, path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(ApplicationContext context, String path, String body) {
        return send(HttpRequest.newBuilder(uri(context, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static URI uri(ApplicationContext context, String path) {
        return URI.create(
                "http://127.0.0.1:" + context.getBean(FlashsaleHttpServer.class).port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
