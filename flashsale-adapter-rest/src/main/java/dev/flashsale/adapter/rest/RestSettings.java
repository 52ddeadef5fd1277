package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.http.Cors;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the server listens and what it lets a client do: the usual, but for what is named. */
public final class RestSettings {

    /** Each costs a comparison for each request that shows one. */
    public static final int MAX_TOKENS = 10;

    public static final int MAX_ORIGINS = 100;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_COUNT = 1_000_000;

    private final String host;
    private final int port;
    private final List<String> operatorTokens;
    private final WebhookSettings webhooks;
    private final LimitSettings limits;
    private final StreamSettings streams;
    private final List<String> corsOrigins;
    private final boolean http2;
    private final @Nullable TlsSettings tls;
    private final int maxBodyBytes;
    private final int maxHeaderBytes;
    private final int maxConnections;
    private final int maxConcurrentRequests;
    private final Duration idleTimeout;
    private final Duration readTimeout;
    private final Duration drainTimeout;
    private final boolean accessLog;
    private final String eventSource;
    private final boolean privateEndpoints;

    private RestSettings(Builder builder) {
        host = Bounds.host(builder.host);
        port = Bounds.checked("port", builder.port, 0, MAX_PORT);
        operatorTokens = Bounds.operatorTokens(builder.operatorTokens);
        webhooks = builder.webhooks;
        limits = builder.limits;
        streams = builder.streams;
        corsOrigins = Bounds.corsOrigins(builder.corsOrigins);
        http2 = builder.http2;
        tls = builder.tls;
        maxBodyBytes = Bounds.checked("max body bytes", builder.maxBodyBytes, 1, MAX_BYTES);
        maxHeaderBytes = Bounds.checked("max header bytes", builder.maxHeaderBytes, 1, MAX_BYTES);
        maxConnections = Bounds.checked("max connections", builder.maxConnections, 1, MAX_COUNT);
        maxConcurrentRequests = Bounds.checked("max concurrent requests", builder.maxConcurrentRequests, 1, MAX_COUNT);
        idleTimeout = Bounds.checked("idle timeout", builder.idleTimeout);
        readTimeout = Bounds.checked("read timeout", builder.readTimeout);
        drainTimeout = Bounds.checked("drain timeout", builder.drainTimeout);
        accessLog = builder.accessLog;
        eventSource = builder.eventSource;
        privateEndpoints = builder.privateEndpoints;
    }

    /** The usual ones. */
    public static RestSettings defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether this can be an operator's token: in clear, or {@code sha256:} and the whole of its hash. */
    public static boolean isOperatorToken(String token) {
        return OperatorToken.takes(token);
    }

    /** Whether these are {@value #MAX_ORIGINS} at most, such as {@code https://shop.example}; or one {@code *} for all. */
    public static boolean areOrigins(List<String> origins) {
        return origins.size() <= MAX_ORIGINS && Cors.areOrigins(origins);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public List<String> operatorTokens() {
        return operatorTokens;
    }

    public WebhookSettings webhooks() {
        return webhooks;
    }

    public LimitSettings limits() {
        return limits;
    }

    public StreamSettings streams() {
        return streams;
    }

    public List<String> corsOrigins() {
        return corsOrigins;
    }

    public boolean http2() {
        return http2;
    }

    public @Nullable TlsSettings tls() {
        return tls;
    }

    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    public int maxConnections() {
        return maxConnections;
    }

    public int maxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public Duration idleTimeout() {
        return idleTimeout;
    }

    public Duration readTimeout() {
        return readTimeout;
    }

    public Duration drainTimeout() {
        return drainTimeout;
    }

    public boolean accessLog() {
        return accessLog;
    }

    public String eventSource() {
        return eventSource;
    }

    /** Whether operators may have events sent to this machine and to private networks. */
    public boolean privateEndpoints() {
        return privateEndpoints;
    }

    /** Names what is not as usual. */
    public static final class Builder {

        private String host = "0.0.0.0";
        private int port = 8080;
        private List<String> operatorTokens = List.of();
        private WebhookSettings webhooks = WebhookSettings.defaults();
        private LimitSettings limits = LimitSettings.none();
        private StreamSettings streams = StreamSettings.defaults();
        private List<String> corsOrigins = List.of();
        private boolean http2;
        private @Nullable TlsSettings tls;
        private int maxBodyBytes = 64 * 1024;
        private int maxHeaderBytes = 8 * 1024;
        private int maxConnections = 20_000;
        private int maxConcurrentRequests = 1_024;
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration readTimeout = Duration.ofSeconds(30);
        private Duration drainTimeout = Duration.ofSeconds(10);
        private boolean accessLog;
        private String eventSource = "/flashsale";
        private boolean privateEndpoints;

        private Builder() {}

        /** The address to listen on; usually all of this machine. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** The port to listen on, 0 for a free one; usually 8080. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Let their bearer read every order, {@value #MAX_TOKENS} at most; usually none, so that nobody may. */
        public Builder operatorTokens(List<String> tokens) {
            operatorTokens = tokens;
            return this;
        }

        /** By what a report of a payment is known to be the gateway's; usually nobody is believed. */
        public Builder webhooks(WebhookSettings settings) {
            webhooks = settings;
            return this;
        }

        /** How often a client may ask for a hold; usually without a limit. */
        public Builder limits(LimitSettings settings) {
            limits = settings;
            return this;
        }

        /** How products are listened to; usually by 10,000 at most. */
        public Builder streams(StreamSettings settings) {
            streams = settings;
            return this;
        }

        /** Whose pages may read the answers, see {@link #areOrigins}; usually none but the server's own. */
        public Builder corsOrigins(List<String> origins) {
            corsOrigins = origins;
            return this;
        }

        /** Whether HTTP/2 is spoken with who wants it, for what that keeps less well see docs/proxies.md; usually not. */
        public Builder http2(boolean spoken) {
            http2 = spoken;
            return this;
        }

        /** What encrypts connections; usually nothing, since a proxy does. */
        public Builder tls(@Nullable TlsSettings files) {
            tls = files;
            return this;
        }

        /** A larger body is refused with 413; usually 64 KiB. */
        public Builder maxBodyBytes(int most) {
            maxBodyBytes = most;
            return this;
        }

        /** All headers of a request together; more is refused with 431; usually 8 KiB. */
        public Builder maxHeaderBytes(int most) {
            maxHeaderBytes = most;
            return this;
        }

        /** More of them wait to be accepted; usually 20,000. */
        public Builder maxConnections(int most) {
            maxConnections = most;
            return this;
        }

        /** More of them are refused with 503 at once; new holds past half of it, product reads past a quarter, each at least one. Health checks do not count; usually 1,024. */
        public Builder maxConcurrentRequests(int most) {
            maxConcurrentRequests = most;
            return this;
        }

        /** How long a connection may be silent between two requests, up to an hour; usually a minute. */
        public Builder idleTimeout(Duration duration) {
            idleTimeout = duration;
            return this;
        }

        /** How long a request may take to arrive in full, up to an hour; usually 30 seconds. */
        public Builder readTimeout(Duration duration) {
            readTimeout = duration;
            return this;
        }

        /** How long closing waits for requests in flight, up to an hour; usually 10 seconds. */
        public Builder drainTimeout(Duration duration) {
            drainTimeout = duration;
            return this;
        }

        /** Whether every answer is told to the logger {@code dev.flashsale.access} at INFO; usually not. */
        public Builder accessLog(boolean on) {
            accessLog = on;
            return this;
        }

        /** What events call the sale that they are of: a URI or the path of one; usually {@code /flashsale}. */
        public Builder eventSource(String uri) {
            eventSource = uri;
            return this;
        }

        /** No unless it is said. */
        public Builder privateEndpoints(boolean allowed) {
            privateEndpoints = allowed;
            return this;
        }

        /** Refuses with an {@link IllegalArgumentException} what is out of its bounds. */
        public RestSettings build() {
            return new RestSettings(this);
        }
    }
}
