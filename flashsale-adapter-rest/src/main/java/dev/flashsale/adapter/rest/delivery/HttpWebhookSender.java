package dev.flashsale.adapter.rest.delivery;

import dev.flashsale.adapter.rest.event.CloudEvent;
import dev.flashsale.adapter.rest.webhook.StandardWebhooksSignature;
import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends events as CloudEvents that are signed by Standard Webhooks. The other side may be anybody's: whatever it does, an
 * attempt ends in time, reads 1 KB, follows no redirect and reaches no address that is not allowed.
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {

    private static final ContentType CLOUD_EVENT = ContentType.create(CloudEvent.MEDIA_TYPE);
    private static final String USER_AGENT = "Flashsale";
    private static final int CONNECTIONS_PER_ENDPOINT = 8;
    private static final int CONNECTIONS = 256;
    private static final int HEADERS = 100;
    private static final int LINE_BYTES = 8192;
    /** Afterwards its name is resolved again. */
    private static final TimeValue CONNECTION_LIVES = TimeValue.ofMinutes(1);

    private final DeliverySettings settings;
    private final EndpointAddress address;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final CloseableHttpClient client;
    private final StandardWebhooksSignature signature = new StandardWebhooksSignature();

    /** @param clock for when something is signed */
    public HttpWebhookSender(DeliverySettings settings, InstantSource clock, LongSupplier nanoTime) {
        this(settings, clock, nanoTime, SystemDefaultDnsResolver.INSTANCE, SSLContexts.createSystemDefault());
    }

    HttpWebhookSender(
            DeliverySettings settings, InstantSource clock, LongSupplier nanoTime, DnsResolver names, SSLContext tls) {
        this.settings = settings;
        this.address = new EndpointAddress(names, settings);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.client = client(connections(address, tls, settings.timeout()), settings.timeout());
    }

    /** Why nothing may be sent to an address, as {@link #refusal} says it. */
    public static Function<URI, Optional<String>> refusals(boolean allowPrivate) {
        DeliverySettings usual = DeliverySettings.defaults();
        EndpointAddress addresses = new EndpointAddress(
                SystemDefaultDnsResolver.INSTANCE, new DeliverySettings(usual.timeout(), allowPrivate, usual.source()));
        return addresses::refusal;
    }

    private static PoolingHttpClientConnectionManager connections(DnsResolver names, SSLContext tls, Duration atMost) {
        Timeout timeout = Timeout.of(atMost);
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls, HttpsSupport.getDefaultHostnameVerifier()))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADERS)
                                .setMaxLineLength(LINE_BYTES)
                                .build())
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(timeout).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(CONNECTION_LIVES)
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setMaxConnPerRoute(CONNECTIONS_PER_ENDPOINT)
                .setMaxConnTotal(CONNECTIONS)
                .build();
    }

    /** Its proxies are none whatever the JVM is set to: they would resolve the name themselves. */
    private static CloseableHttpClient client(PoolingHttpClientConnectionManager connections, Duration atMost) {
        Timeout timeout = Timeout.of(atMost);
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent(USER_AGENT)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    @Override
    public Optional<String> refusal(URI url) {
        FutureTask<Optional<String>> look = new FutureTask<>(() -> address.refusal(url));
        try {
            return inTime(look);
        } catch (TimeoutException late) {
            return Optional.of("its name could not be resolved in time");
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("its name could not be resolved: the program is stopping");
        }
    }

    @Override
    public Attempt send(URI url, List<EndpointSecret> secrets, KeptEvent event) {
        return send(url, secrets, event.id(), CloudEvent.json(event, settings.source()));
    }

    /**
     * As {@link #send(URI, List, KeptEvent)}, of an event that is written already.
     *
     * @param cloudEvent in JSON
     */
    public Attempt send(URI url, List<EndpointSecret> secrets, String id, byte[] cloudEvent) {
        Optional<String> refusal = address.formRefusal(url);
        if (refusal.isPresent()) {
            return new Attempt(0, refusal.get(), null, Duration.ZERO);
        }
        Instant now = clock.instant();
        HttpPost request = request(url, secrets, id, cloudEvent, now);
        Exchange exchange = new Exchange(request, now);
        FutureTask<Integer> run = new FutureTask<>(() -> exchange.run(client));
        long begun = nanoTime.getAsLong();
        String whyNone = "";
        try {
            int unused = inTime(run);
        } catch (TimeoutException late) {
            whyNone = "it gave no answer within " + settings.timeout().toMillis() + " ms";
        } catch (ExecutionException failed) {
            whyNone = Exchange.why(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            whyNone = "it was not waited for: the program is stopping";
        } finally {
            request.abort();
        }
        return exchange.end(whyNone, Duration.ofNanos(nanoTime.getAsLong() - begun));
    }

    private HttpPost request(URI url, List<EndpointSecret> secrets, String id, byte[] body, Instant now) {
        HttpPost request = new HttpPost(url);
        request.setEntity(new ByteArrayEntity(body, CLOUD_EVENT));
        signature
                .headers(id, now, secrets.stream().map(EndpointSecret::bytes).toList(), body)
                .forEach(request::setHeader);
        return request;
    }

    /** On a thread of the system: a name server that is slow holds whatever thread waits for it, and with a virtual one all of them. */
    private <T> T inTime(FutureTask<T> task) throws TimeoutException, ExecutionException, InterruptedException {
        Thread.ofPlatform().daemon().name("webhook").start(task);
        return task.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
