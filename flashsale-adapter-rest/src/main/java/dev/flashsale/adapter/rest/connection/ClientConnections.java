package dev.flashsale.adapter.rest.connection;

import dev.flashsale.adapter.rest.RestSettings;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.Http1ConnectionSelectorConfig;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.Http2Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1, and HTTP/1.0 or, if it is set to, HTTP/2 with those who begin so, on every accepted connection, as a
 * {@link ClientConnection}.
 */
public final class ClientConnections implements ServerConnectionSelector {

    /** A body sent in chunks of one byte takes six for each. */
    private static final long WORST_FRAMING = 6;

    /** Requests at once on a connection of HTTP/2. */
    private static final int MAX_STREAMS = 128;

    /** What all of them together may have sent and the server not yet read: the least that HTTP/2 begins with. */
    private static final int WINDOW_BYTES = 65_535;

    private static final String HTTP_1_0 = "http/1.0";
    private static final String HTTP_1_1 = "http/1.1";
    private static final String EVENTS = "text/event-stream";
    private static final String H2C = "h2c";
    private static final String IDENTITY = "identity";
    private static final int SPARE_BYTES = 16 * 1024;

    private final RestSettings settings;
    private final Http1ConnectionSelector http;
    private final @Nullable Http2ConnectionSelector http2;

    public ClientConnections(RestSettings settings) {
        this.settings = settings;
        Http1ConnectionSelectorConfig.Builder http1 = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxHeadersSize(settings.maxHeaderBytes())
                        .sendKeepAliveHeader(false)
                        .addReceiveListener(new Requests())
                        .addSendListener(new Answers())
                        .build());
        if (settings.http2()) {
            Http2Config config = Http2Config.builder()
                    .maxHeaderListSize(settings.maxHeaderBytes())
                    .maxConcurrentStreams(MAX_STREAMS)
                    .initialWindowSize(WINDOW_BYTES)
                    // It would end the connection; what is wrong with a path is found by its request alone.
                    .validatePath(false)
                    .build();
            this.http2 = Http2ConnectionSelector.builder().http2Config(config).build();
            http1.putUpgrader(H2C, new Upgrade(Http2Upgrader.create(config)));
        } else {
            this.http2 = null;
        }
        this.http = http1.build();
    }

    @Override
    public ServerConnection connection(ConnectionContext accepted) {
        long maxRequestBytes = settings.maxHeaderBytes() + WORST_FRAMING * settings.maxBodyBytes() + SPARE_BYTES;
        return new ClientConnection(accepted, http, http2, settings, maxRequestBytes);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http2 == null ? Set.of(HTTP_1_1, HTTP_1_0) : Set.of(HTTP_1_1, HTTP_1_0, "h2");
    }

    /** From HTTP/1.1 to HTTP/2, in the clear. */
    private record Upgrade(Http1Upgrader http2) implements Http1Upgrader {

        @Override
        public String supportedProtocol() {
            return http2.supportedProtocol();
        }

        @Override
        public @Nullable ServerConnection upgrade(
                ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
            ServerConnection upgraded = http2.upgrade(connection, prologue, headers);
            if (upgraded != null) {
                ((ClientConnection) connection).multiplexed();
            }
            return upgraded;
        }
    }

    private static final class Requests implements Http1ConnectionListener {

        @Override
        public void prologue(ConnectionContext connection, HttpPrologue prologue) {
            ((ClientConnection) connection).requestBegan(prologue);
        }

        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
                ((ClientConnection) connection).lastAsked();
            }
            if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
                requireNotEncoded(((ClientConnection) connection).prologue(), headers);
            }
        }

        private static void requireNotEncoded(HttpPrologue prologue, Headers headers) {
            if (!headers.contains(HeaderNames.CONTENT_LENGTH) && !headers.contains(HeaderNames.TRANSFER_ENCODING)) {
                return;
            }
            if (!headers.get(HeaderNames.CONTENT_ENCODING).get().equalsIgnoreCase(IDENTITY)) {
                throw RequestException.builder()
                        .type(DirectHandler.EventType.BAD_REQUEST)
                        .status(Status.UNSUPPORTED_MEDIA_TYPE_415)
                        .request(DirectTransportRequest.create(prologue, headers))
                        .header(HeaderValues.create(HeaderNames.ACCEPT_ENCODING, IDENTITY))
                        .build();
            }
            if (headers instanceof WritableHeaders<?> all) {
                // Helidon would refuse it, too.
                all.remove(HeaderNames.CONTENT_ENCODING);
            }
        }
    }

    private static final class Answers implements Http1ConnectionListener {

        @Override
        public void status(ConnectionContext connection, Status status) {
            ((ClientConnection) connection).answerBegan();
        }

        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (!isOfEvents(headers)) {
                if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
                    ((ClientConnection) connection).lastAnnounced();
                }
            } else if (headers.contains(HeaderNames.CONTENT_LENGTH) && headers instanceof WritableHeaders<?> all) {
                // The answer to HEAD: nobody knows how long that to GET would be.
                all.remove(HeaderNames.CONTENT_LENGTH);
            } else {
                ((ClientConnection) connection).streamBegan();
            }
        }

        @Override
        public void data(ConnectionContext connection, BufferData data) {
            ((ClientConnection) connection).partBegan();
        }

        private static boolean isOfEvents(Headers headers) {
            return headers.contains(HeaderNames.CONTENT_TYPE)
                    && headers.get(HeaderNames.CONTENT_TYPE).get().equals(EVENTS);
        }
    }
}
