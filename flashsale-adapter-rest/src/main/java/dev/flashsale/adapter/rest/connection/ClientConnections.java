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
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Speaks HTTP/1.1, and HTTP/1.0 with those who begin so, on every accepted connection, as a {@link ClientConnection}. */
public final class ClientConnections implements ServerConnectionSelector {

    /** A body sent in chunks of one byte takes six for each. */
    private static final long WORST_FRAMING = 6;

    private static final String IDENTITY = "identity";
    private static final int SPARE_BYTES = 16 * 1024;

    private final RestSettings settings;
    private final Http1ConnectionSelector http;

    public ClientConnections(RestSettings settings) {
        this.settings = settings;
        this.http = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxHeadersSize(settings.maxHeaderBytes())
                        .sendKeepAliveHeader(false)
                        .addReceiveListener(new Requests())
                        .addSendListener(new Answers())
                        .build())
                .build();
    }

    @Override
    public ServerConnection connection(ConnectionContext accepted) {
        long maxRequestBytes = settings.maxHeaderBytes() + WORST_FRAMING * settings.maxBodyBytes() + SPARE_BYTES;
        return new ClientConnection(accepted, http, settings, maxRequestBytes);
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
        return http.supportedApplicationProtocols();
    }

    private static final class Requests implements Http1ConnectionListener {

        @Override
        public void prologue(ConnectionContext connection, HttpPrologue prologue) {
            ((ClientConnection) connection).requestBegan(prologue);
        }

        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
                ((ClientConnection) connection).lastAsked(bodyBytes(headers));
            }
            if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
                requireNotEncoded(((ClientConnection) connection).prologue(), headers);
            }
        }

        private static void requireNotEncoded(HttpPrologue prologue, Headers headers) {
            if (bodyBytes(headers) == 0) {
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

    /** Of a body of which the length is not known, or said wrongly, more than will come. */
    private static long bodyBytes(Headers headers) {
        try {
            return headers.contains(HeaderNames.TRANSFER_ENCODING)
                    ? Long.MAX_VALUE
                    : headers.contentLength().orElse(0);
        } catch (IllegalArgumentException malformed) {
            return Long.MAX_VALUE;
        }
    }

    private static final class Answers implements Http1ConnectionListener {

        @Override
        public void status(ConnectionContext connection, Status status) {
            ((ClientConnection) connection).answerBegan();
        }

        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
                ((ClientConnection) connection).lastAnnounced();
            }
        }
    }
}
