package dev.flashsale.adapter.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.flashsale.adapter.rest.Certificates;
import dev.flashsale.application.port.WebhookSender.Attempt;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.webhook.EndpointSecret;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebhookSenderTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration HASTY = Duration.ofMillis(400);
    private static final EndpointSecret SECRET = EndpointSecret.random(new SecureRandom());
    private static final KeptEvent EVENT = new KeptEvent(
            "1-7",
            1,
            7,
            EventKind.ORDER_PAID,
            Instant.parse("2026-11-27T08:00:00.123456Z"),
            "{\"order_id\":5,\"of\":\"Müller\"}");

    private final AtomicInteger looks = new AtomicInteger();
    private HttpWebhookSender sender = sender(PATIENT, true);

    private static HttpWebhookSender sender(Duration timeout, boolean allowPrivate) {
        return new HttpWebhookSender(
                new DeliverySettings(timeout, allowPrivate, "/shop"), InstantSource.system(), System::nanoTime);
    }

    private static HttpWebhookSender resolving(boolean allowPrivate, DnsResolver names) {
        return new HttpWebhookSender(
                new DeliverySettings(PATIENT, allowPrivate, "/shop"),
                InstantSource.system(),
                System::nanoTime,
                names,
                SSLContexts.createSystemDefault());
    }

    /** Each look for a name gets the next of these, and all further ones the last. */
    private DnsResolver answering(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                int look = Math.min(looks.getAndIncrement(), addresses.length - 1);
                return new InetAddress[] {InetAddress.getByName(addresses[look])};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private void use(HttpWebhookSender other) {
        sender.close();
        sender = other;
    }

    @AfterEach
    void close() {
        sender.close();
    }

    private Attempt send(URI url) {
        return sender.send(url, List.of(SECRET), EVENT);
    }

    @Test
    void whatIsSentIsACloudEventThatEverySecretSigned() throws Exception {
        EndpointSecret older = EndpointSecret.random(new SecureRandom());
        try (Receiver receiver = new Receiver(Receiver.answering("202 Accepted", "thanks"))) {
            Attempt attempt = sender.send(receiver.url(), List.of(SECRET, older), EVENT);

            assertThat(attempt.delivered()).isTrue();
            assertThat(attempt.status()).isEqualTo(202);
            assertThat(attempt.answer()).isEqualTo("thanks");
            Receiver.Received received = receiver.received.remove();
            assertThat(received.headers())
                    .containsEntry("", "POST /hook HTTP/1.1")
                    .containsEntry("content-type", "application/cloudevents+json")
                    .containsEntry("webhook-id", "1-7")
                    .doesNotContainKeys("accept-encoding", "cookie", "upgrade", "authorization");
            HttpHeaders headers = HttpHeaders.of(
                    received.headers().entrySet().stream()
                            .filter(header -> header.getKey().startsWith("webhook-"))
                            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                    (name, value) -> true);
            String body = new String(received.body(), StandardCharsets.UTF_8);
            for (EndpointSecret secret : List.of(SECRET, older)) {
                assertThatCode(() -> new Webhook(secret.text()).verify(body, headers))
                        .doesNotThrowAnyException();
            }
            CloudEvent event = new JsonFormat().deserialize(received.body());
            assertThat(event.getId()).isEqualTo("1-7");
            assertThat(event.getSource()).isEqualTo(URI.create("/shop"));
            assertThat(event.getType()).isEqualTo("dev.flashsale.order.paid");
            assertThat(event.getSubject()).isEqualTo("products/1");
            assertThat(event.getTime()).isEqualTo(OffsetDateTime.ofInstant(EVENT.at(), ZoneOffset.UTC));
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getExtension("sequence")).isEqualTo("7");
            assertThat(new String(event.getData().toBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(EVENT.payload());
        }
    }

    @Test
    void whatIsOfNoProductHasNoSubject() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering("204 No Content", ""))) {
            KeptEvent ofNone = new KeptEvent("0-1", 0, 1, EventKind.REFUND_REQUIRED, EVENT.at(), "{}");

            assertThat(sender.send(receiver.url(), List.of(SECRET), ofNone).delivered())
                    .isTrue();

            assertThat(new JsonFormat()
                            .deserialize(receiver.received.remove().body())
                            .getSubject())
                    .isNull();
        }
    }

    @Test
    void aReceiverThatFailsAndComesBackIsTakenAtItsWord() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering("503 Busy\r\nRetry-After: 120", "later\u001b[2J"))) {
            Attempt failed = send(receiver.url());
            assertThat(failed.delivered()).isFalse();
            assertThat(failed.status()).isEqualTo(503);
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(2));
            assertThat(failed.answer()).isEqualTo("later [2J");

            receiver.nowBehave(Receiver.answering("429 Slow\r\nRetry-After: Fri, 27 Nov 2099 08:00:00 GMT", ""));
            assertThat(send(receiver.url()).retryAfter()).isGreaterThan(Duration.ofDays(1));

            receiver.nowBehave(Receiver.answering("500 No\r\nRetry-After: soon", ""));
            assertThat(send(receiver.url()).retryAfter()).isNull();

            receiver.nowBehave(Receiver.answering("200 OK", ""));
            assertThat(send(receiver.url()).delivered()).isTrue();
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        try (Receiver elsewhere = new Receiver(Receiver.answering("200 OK", ""));
                Receiver receiver =
                        new Receiver(Receiver.answering(status + " There\r\nLocation: " + elsewhere.url(), ""))) {
            assertThat(send(receiver.url()).status()).isEqualTo(status);
            assertThat(elsewhere.connections).hasValue(0);
        }
    }

    @Test
    void of2MBAnsweredOneKBIsLookedAt() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering("200 OK", "x".repeat(2 << 20)))) {
            assertThat(send(receiver.url()).answer()).isEqualTo("x".repeat(1024));
            assertThat(send(receiver.url()).delivered()).isTrue();
        }
    }

    @Test
    void anAnswerWithoutAnEndEndsAfterOneKB() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.forever("HTTP/1.1 200 OK\r\n\r\n", new byte[] {'x'}))) {
            assertThat(send(receiver.url()).answer()).isEqualTo("x".repeat(1024));
        }
    }

    @Test
    void aGzipBombIsNotUnpacked() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10 << 20]);
        }
        String packed = bomb.toString(StandardCharsets.ISO_8859_1);
        try (Receiver receiver = new Receiver(Receiver.answering("200 OK\r\nContent-Encoding: gzip", packed))) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.delivered()).isTrue();
            // As gzip begins, with its control character taken out.
            assertThat(attempt.answer()).hasSizeLessThanOrEqualTo(1024).startsWith(" \uFFFD");
        }
    }

    @Test
    void whoHangsIsGivenUpInTime() throws Exception {
        use(sender(HASTY, true));
        CountDownLatch over = new CountDownLatch(1);
        try (Receiver receiver = new Receiver(out -> await(over))) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.status()).isZero();
            assertThat(attempt.answer()).isEqualTo("it gave no answer within 400 ms");
            over.countDown();
        }
    }

    @Test
    void whoSendsHeadersForeverIsGivenUp() throws Exception {
        use(sender(HASTY, true));
        CountDownLatch over = new CountDownLatch(1);
        // A byte now and then keeps every timeout of a single read from ending it.
        Receiver.Behaviour trickle = out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            while (!await(over, Duration.ofMillis(20))) {
                out.write('x');
                out.flush();
            }
        };
        try (Receiver receiver = new Receiver(trickle)) {
            assertThat(send(receiver.url()).status()).isZero();
            over.countDown();
        }
        use(sender(PATIENT, true));
        byte[] header = "X-More: of it\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Receiver receiver = new Receiver(Receiver.forever("HTTP/1.1 200 OK\r\n", header))) {
            assertThat(send(receiver.url()).answer()).startsWith("it gave no answer: ");
        }
    }

    @Test
    void aBodyThatTricklesIsNotWaitedForButItsStatusCounts() throws Exception {
        // Long enough for the status to come on a busy machine.
        use(sender(Duration.ofSeconds(2), true));
        CountDownLatch over = new CountDownLatch(1);
        try (Receiver receiver = new Receiver(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nbegun".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            while (!await(over, Duration.ofMillis(20))) {
                out.write('.');
                out.flush();
            }
        })) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.delivered()).isTrue();
            assertThat(attempt.answer()).startsWith("begun").hasSizeLessThan(500);
            over.countDown();
        }
    }

    @Test
    void whoClosesOrTalksNonsenseHasGivenNoAnswer() throws Exception {
        int free;
        try (Receiver receiver = new Receiver(out -> {
            throw new IOException("closes");
        })) {
            free = receiver.port();
            assertThat(send(receiver.url()).answer()).isEqualTo("it closed the connection without an answer");
            receiver.nowBehave(out -> {
                out.write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                throw new IOException("closes");
            });
            assertThat(send(receiver.url()).status()).isZero();
        }
        assertThat(send(URI.create("http://127.0.0.1:" + free + "/")).answer()).isEqualTo("it cannot be connected to");
    }

    @Test
    void aCertificateMustBeOfTheNameAndOfSomebodyTrusted(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        ServerSocket tls = certificates
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DnsResolver here = answering("127.0.0.1");
        HttpWebhookSender trusting = new HttpWebhookSender(
                new DeliverySettings(PATIENT, true, "/"),
                InstantSource.system(),
                System::nanoTime,
                here,
                certificates.trustingClient());
        try (Receiver receiver = new Receiver(tls, Receiver.answering("200 OK", ""))) {
            URI right = URI.create("https://localhost:" + receiver.port() + "/");
            assertThat(send(right).answer()).startsWith("TLS failed: ");
            use(trusting);
            assertThat(send(URI.create("https://other.example:" + receiver.port() + "/"))
                            .answer())
                    .startsWith("TLS failed: ");
            assertThat(receiver.received).isEmpty();
            assertThat(send(right).delivered()).isTrue();
        }
    }

    @Test
    void aNameThatLeadsElsewhereAfterTheLookIsNotConnectedTo() throws Exception {
        use(resolving(false, answering("93.184.215.14", "127.0.0.1")));
        try (Receiver receiver = new Receiver(Receiver.answering("200 OK", ""))) {
            URI rebound = URI.create("https://rebound.example:" + receiver.port() + "/");
            assertThat(sender.refusal(rebound)).isEmpty();

            Attempt attempt = send(rebound);

            assertThat(attempt.status()).isZero();
            assertThat(attempt.answer()).isEqualTo("the address 127.0.0.1 is private, which is not allowed here");
            assertThat(receiver.connections).hasValue(0);
        }
    }

    @Test
    void theVeryAddressThatWasLookedAtIsConnectedTo() throws Exception {
        // Whoever looked a second time would be led to where nobody listens.
        use(resolving(true, answering("127.0.0.1", "127.0.0.77")));
        try (Receiver receiver = new Receiver(Receiver.answering("200 OK", ""))) {
            assertThat(send(URI.create("http://pinned.example:" + receiver.port() + "/"))
                            .delivered())
                    .isTrue();
            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void aNameWithOneForbiddenAddressIsRefusedAsAWhole() {
        DnsResolver both = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByName("93.184.215.14"), InetAddress.getByName("10.0.0.1")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        use(resolving(false, both));

        assertThat(sender.refusal(URI.create("https://both.example/")))
                .hasValueSatisfying(why -> assertThat(why).contains("10.0.0.1"));
        assertThat(send(URI.create("https://both.example/")).answer()).contains("10.0.0.1");
    }

    @Test
    void aNameServerThatHangsHoldsNobodyUp() {
        CountDownLatch over = new CountDownLatch(1);
        DnsResolver hanging = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                await(over);
                throw new UnknownHostException(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        use(new HttpWebhookSender(
                new DeliverySettings(HASTY, false, "/"),
                InstantSource.system(),
                System::nanoTime,
                hanging,
                SSLContexts.createSystemDefault()));

        assertThat(sender.refusal(URI.create("https://slow.example/")))
                .contains("its name could not be resolved in time");
        assertThat(send(URI.create("https://slow.example/")).status()).isZero();
        over.countDown();
    }

    private static void await(CountDownLatch latch) {
        assertThat(await(latch, PATIENT)).isTrue();
    }

    private static boolean await(CountDownLatch latch, Duration duration) {
        try {
            return latch.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
