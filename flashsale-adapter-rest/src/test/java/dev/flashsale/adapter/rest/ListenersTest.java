package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.EventStream.Event;
import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.Busy;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many who listen, or some who do it badly, cost a server and one another. */
@Timeout(60)
class ListenersTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMinutes(10);
    private static final String ONE = "/api/products/1/stream";

    private final AtomicInteger available = new AtomicInteger(9);
    private final BlockingQueue<ProductId> readings = new LinkedBlockingQueue<>();
    private Service service;

    @AfterEach
    void stop() {
        service.afterEach(null);
    }

    @Test
    void a_silent_stream_has_heartbeats_and_is_not_idle() throws Exception {
        serve(new StreamSettings(10, SOON, Duration.ofMillis(300)));
        try (EventStream stream = EventStream.open(service, ONE)) {
            stream.product();

            List<Event> silence = List.of(stream.next(), stream.next(), stream.next(), stream.next());

            assertThat(silence)
                    .as("for longer than any other connection may idle")
                    .allMatch(event -> event.comment().isPresent());
            available.set(8);
            assertThat(stream.product().data()).contains("\"available_stock\":8");
        }
    }

    @Test
    void more_than_may_are_told_to_come_back() throws Exception {
        serve(new StreamSettings(2, LATE, LATE));
        EventStream first = EventStream.open(service, ONE);
        try (EventStream second = EventStream.open(service, ONE)) {
            Answer third = service.get(ONE);

            Problems.assertProblem(third, 503, "busy", true);
            assertThat(third.header("retry-after")).isEqualTo("5");
            assertThat(streams()).isEqualTo(new PlaceUse("streams", 2, 2, 1));
            assertThat(service.get("/api/products/1").status()).isEqualTo(200);

            first.close();
            // Though nothing is sent that it could not take.
            await(() -> streams().inUse() == 1);
            try (EventStream fourth = EventStream.open(service, ONE)) {
                assertThat(fourth.product().data()).contains("\"available_stock\":9");
                assertThat(second.product().data()).contains("\"available_stock\":9");
            }
        }
    }

    @Test
    void they_get_half_of_the_connections_at_most_and_no_place_of_others() throws Exception {
        service = new Service(TestSettings.builder()
                .streams(new StreamSettings(100, SOON, LATE))
                .maxConnections(10)
                .maxConcurrentRequests(2)
                .build());
        begin();
        List<EventStream> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(EventStream.open(service, ONE));
        }

        Problems.assertProblem(service.get(ONE), 503, "busy", true);
        assertThat(service.get("/api/products/1").status()).isEqualTo(200);
        await(() -> service.places().stream().allMatch(place -> place.inUse() == 0));
        for (EventStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void who_may_be_none_at_all() throws Exception {
        serve(new StreamSettings(0, SOON, LATE));

        Problems.assertProblem(service.get(ONE), 503, "busy", true);
        assertThat(readings).isEmpty();
    }

    @Test
    void one_reading_is_for_all_and_there_is_none_when_they_have_left() throws Exception {
        serve(new StreamSettings(10, SOON, LATE));
        assertThat(readings.poll(100, TimeUnit.MILLISECONDS)).isNull();
        try (EventStream one = EventStream.open(service, ONE);
                EventStream other = EventStream.open(service, ONE)) {
            one.product();
            other.product();
            readings.clear();
            available.set(8);
            one.product();
            other.product();
            assertThat(readings.size())
                    .as("at most one in 20 ms, whoever listens")
                    .isBetween(1, 50);
        }

        await(() -> streams().inUse() == 0);
        int last = 0;
        while (readings.poll(200, TimeUnit.MILLISECONDS) != null) {
            last++;
        }
        assertThat(last).isLessThan(1000);
        try (EventStream again = EventStream.open(service, ONE)) {
            assertThat(again.product().data()).contains("\"available_stock\":8");
            available.set(7);
            assertThat(again.product().data()).contains("\"available_stock\":7");
        }
    }

    @Test
    void a_crowd_that_comes_at_once_is_not_read_for_one_by_one() throws Exception {
        serve(new StreamSettings(100, LATE, LATE));
        List<Socket> crowd = new ArrayList<>();
        CountDownLatch allAsked = new CountDownLatch(1);
        service.fakes.viewProduct = id -> {
            FailureTest.await(allAsked);
            return read(id);
        };
        try {
            for (int i = 0; i < 50; i++) {
                crowd.add(new Socket("127.0.0.1", service.port()));
                ask(crowd.get(i), ONE);
            }
            allAsked.countDown();
            for (Socket one : crowd) {
                readUntil(one, "\"available_stock\":9}\n\n");
            }
            assertThat(readings.size())
                    .as("once, and again for those who come as that ends")
                    .isBetween(1, 5);
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void while_nothing_can_be_read_they_hear_their_heartbeats() throws Exception {
        serve(new StreamSettings(10, SOON, Duration.ofMillis(200)));
        try (EventStream stream = EventStream.open(service, ONE)) {
            stream.product();
            service.fakes.viewProduct = id -> {
                throw Busy.queue("nobody knows", Duration.ofSeconds(1));
            };
            assertThat(stream.next().comment()).isPresent();
            assertThat(stream.next().comment()).isPresent();

            available.set(8);
            service.fakes.viewProduct = this::read;

            assertThat(stream.product().data()).contains("\"available_stock\":8");
        }
    }

    @Test
    void who_does_not_read_is_given_up_and_nobody_waits_for_it() throws Exception {
        serve(new StreamSettings(10, Duration.ofMillis(5), Duration.ofMillis(500)));
        IntSupplier changing = available::incrementAndGet;
        service.fakes.viewProduct = id -> Optional.of(view(id, "€".repeat(200), changing.getAsInt() % 1000));
        String all = "/api/products/stream?"
                + IntStream.rangeClosed(1, 20).mapToObj(id -> "id=" + id).collect(Collectors.joining("&"));
        try (Socket slow = new Socket();
                EventStream other = EventStream.open(service, ONE)) {
            slow.setReceiveBufferSize(2048);
            slow.connect(new InetSocketAddress("127.0.0.1", service.port()));
            ask(slow, all);
            await(() -> streams().inUse() == 2);

            while (streams().inUse() == 2) {
                assertThat(other.product().data()).contains("\"id\":1,");
            }

            assertThat(streams()).isEqualTo(new PlaceUse("streams", 10, 1, 0));
            assertThat(other.product().data()).contains("\"id\":1,");
        }
    }

    @Test
    void who_sends_something_more_ends_it() throws Exception {
        serve(new StreamSettings(10, LATE, LATE));
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            ask(socket, ONE);
            readUntil(socket, "\"available_stock\":9}\n\n");

            ask(socket, "/health/live");

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .doesNotContain("HTTP/1.1");
            await(() -> streams().inUse() == 0);
        }
    }

    @Test
    void a_stop_ends_every_stream_at_once() throws Exception {
        serve(new StreamSettings(10, SOON, LATE));
        try (EventStream one = EventStream.open(service, ONE);
                EventStream other = EventStream.open(service, "/api/products/stream?id=1&id=2")) {
            one.product();
            other.product();
            other.product();
            long begun = System.nanoTime();

            service.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThatThrownBy(one::next).isInstanceOf(IOException.class).hasMessageContaining("has ended");
            assertThatThrownBy(other::next).isInstanceOf(IOException.class).hasMessageContaining("has ended");
        }
    }

    @Test
    void five_hundred_hear_of_a_change() throws Exception {
        serve(new StreamSettings(500, SOON, LATE));
        List<Socket> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                Socket socket = new Socket("127.0.0.1", service.port());
                listeners.add(socket);
                ask(socket, ONE);
            }
            for (Socket listener : listeners) {
                readUntil(listener, "\"available_stock\":9}\n\n");
            }
            assertThat(streams().inUse()).isEqualTo(500);

            available.set(8);

            for (Socket listener : listeners) {
                readUntil(listener, "\"available_stock\":8}\n\n");
            }
        } finally {
            for (Socket listener : listeners) {
                listener.close();
            }
        }
    }

    @Test
    void of_http2_it_ends_before_its_connection_is_given_up() throws Exception {
        service = new Service(TestSettings.builder()
                .http2(true)
                .readTimeout(Duration.ofMillis(700))
                .streams(new StreamSettings(10, SOON, Duration.ofMillis(200)))
                .build());
        begin();
        try (HttpClient client = HttpClient.newHttpClient();
                EventStream stream = EventStream.openUnchecked(client, service.request("GET", ONE, null))) {
            assertThat(stream.product().data()).contains("\"available_stock\":9");
            available.set(8);
            assertThat(stream.product().data()).contains("\"available_stock\":8");

            assertThatThrownBy(stream::product).hasMessageContaining("has ended");
            assertThat(client.send(
                                    service.request("GET", "/health/live", null),
                                    java.net.http.HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void serve(StreamSettings streams) {
        service = new Service(TestSettings.builder()
                .streams(streams)
                .idleTimeout(Duration.ofMillis(500))
                .readTimeout(Duration.ofMillis(500))
                .build());
        begin();
    }

    private void begin() {
        service.beforeEach(null);
        service.fakes.viewProduct = this::read;
    }

    private Optional<ProductView> read(ProductId id) {
        readings.add(id);
        return Optional.of(view(id, "Sneaker", available.get()));
    }

    private static ProductView view(ProductId id, String name, int available) {
        return new ProductView(
                new Product(id, name, Money.of("10", "EUR")), new Stock(id, 1000, available), SaleState.OPEN);
    }

    private PlaceUse streams() {
        return service.streams();
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
    }

    private static void readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("what comes after " + read).isNotNegative();
            read.append((char) next);
        }
    }

    static void await(BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
