package dev.flashsale.adapter.rest.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flashsale.adapter.rest.RestSettings;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, which costs a bounded time and space whatever the client does or leaves undone.
 *
 * <p>Helidon's own connection, inside this one, waits without end for a body that does not arrive, interrupts a thread
 * that may have just begun to serve a request, and reads on after it has announced to close. So this one stands between
 * it and the socket and knows whose turn it is. Only where it is the client's, it is given up: once the time is over,
 * or, between two requests, when the server stops. Giving up closes the socket; no thread is ever interrupted but that of
 * a stream, which is the last thing that it serves: where it is stuck in TLS, closing would wait for it.
 */
final class ClientConnection extends AcceptedConnection implements ServerConnection {

    /** With what a client begins who knows that the server speaks HTTP/2. */
    private static final byte[] HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    /** How long a client whose request was refused half-read may take to read the answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private enum Turn {
        SERVER,
        /** The client is to take the answer. */
        CLIENT_READS,
        /** The client is to send. */
        CLIENT_SENDS,
        GIVEN_UP
    }

    private final FirstRequest firstRequest;
    private final DataReader reader = DataReader.create(this::next);
    private final ServerConnection http;
    private final @Nullable ServerConnectionSelector http2;
    private final Duration idleTimeout;
    private final Duration readTimeout;
    private final Duration longestStream;
    private final Duration streamPatience;
    private final long maxRequestBytes;

    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.SERVER);
    private volatile long deadlineNanos;
    private volatile boolean inRequest;
    private volatile boolean last;
    private volatile @Nullable Streams streams;
    private volatile @Nullable Thread stream;
    private @Nullable HttpPrologue prologue;
    private boolean begun;
    private boolean ended;
    private boolean refused;
    private long requestBytes;

    ClientConnection(
            ConnectionContext accepted,
            ServerConnectionSelector http,
            @Nullable ServerConnectionSelector http2,
            RestSettings settings,
            long maxRequestBytes) {
        super(accepted);
        this.firstRequest = new FirstRequest(DataReader.create(this::receive), settings.maxHeaderBytes());
        this.idleTimeout = settings.idleTimeout();
        this.readTimeout = settings.readTimeout();
        this.maxRequestBytes = maxRequestBytes;
        this.streamPatience = settings.streams().heartbeat().multipliedBy(2);
        this.longestStream = readTimeout.plus(settings.drainTimeout());
        allow(idleTimeout);
        this.http = http.connection(this);
        this.http2 = http2;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            if (http2 != null && reader.startsWith(HTTP_2)) {
                multiplexed();
                http2.connection(this).handle(limit);
            } else {
                http.handle(limit);
                linger();
            }
        } finally {
            if (streams != null) {
                streams.awaitEnd();
            }
        }
    }

    /** From now on it is one of HTTP/2. */
    void multiplexed() {
        streams = new Streams(super.executor(), idleTimeout, longestStream, this::closeSocket);
    }

    @Override
    public ExecutorService executor() {
        Streams ofHttp2 = streams;
        return ofHttp2 == null ? super.executor() : ofHttp2;
    }

    /** How far the client is beyond its time. */
    @Override
    public Duration idleTime() {
        Streams ofHttp2 = streams;
        if (ofHttp2 != null) {
            return ofHttp2.beyond();
        }
        Turn now = turn.get();
        long beyond = System.nanoTime() - deadlineNanos;
        return (now == Turn.CLIENT_SENDS || now == Turn.CLIENT_READS) && beyond > 0
                ? Duration.ofNanos(beyond)
                : Duration.ZERO;
    }

    /** Gives up a client that is beyond its time or between two requests; a request in flight is the last. */
    @Override
    public void close(boolean force) {
        last = true;
        boolean overdue = idleTime().isPositive();
        Streams ofHttp2 = streams;
        if (ofHttp2 != null) {
            if (ofHttp2.takeNoMore() || force || overdue) {
                closeSocket();
            }
            return;
        }
        if (force
                || ((overdue || !inRequest) && turn.compareAndSet(Turn.CLIENT_SENDS, Turn.GIVEN_UP))
                || (overdue && turn.compareAndSet(Turn.CLIENT_READS, Turn.GIVEN_UP))) {
            Thread ofStream = stream;
            if (ofStream == null) {
                closeSocket();
            } else {
                ofStream.interrupt();
            }
        }
    }

    /** A request's first line is here. */
    void requestBegan(HttpPrologue firstLine) {
        prologue = firstLine;
        if (ended) {
            throw new CloseConnectionException("the last request was answered");
        }
        inRequest = true;
        requestBytes = 0;
        allow(readTimeout);
        turn(Turn.SERVER);
    }

    /** The first line of the request. */
    HttpPrologue prologue() {
        return Objects.requireNonNull(prologue);
    }

    /** This request is the last: the client said so. */
    void lastAsked() {
        last = true;
        // It reads no further request, and interrupts nobody in the middle of one.
        http.close(false);
    }

    /** An answer begins that announces the end, with a part of the request perhaps still to come. */
    void lastAnnounced() {
        last = true;
        ended = true;
        refused = true;
    }

    /** An answer begins. */
    void answerBegan() {
        inRequest = false;
        ended = last;
        allow(idleTimeout);
        turn(Turn.CLIENT_READS);
    }

    /**
     * The answer is a stream, the last that this connection serves. A part of it is sent at least with each heartbeat, or the
     * client does not read. It has nothing more to send: that it has left is heard at once, and not by the next part.
     */
    void streamBegan() {
        Thread serving = Thread.currentThread();
        stream = serving;
        last = true;
        ended = true;
        partBegan();
        Thread unused = Thread.startVirtualThread(() -> {
            try {
                read();
            } catch (CloseConnectionException gone) {
                // As if it had sent something that nobody waits for.
            }
            serving.interrupt();
        });
    }

    /** A part of an answer is about to be sent. */
    void partBegan() {
        if (stream != null) {
            allow(streamPatience);
        }
    }

    private byte[] next() {
        if (begun) {
            return receive();
        }
        begun = true;
        return firstRequest.bytes();
    }

    private byte[] receive() {
        if (streams != null) {
            return read();
        }
        turn(Turn.CLIENT_SENDS);
        if (last && !inRequest) {
            linger();
            throw new CloseConnectionException("the last request was answered");
        }
        byte[] bytes = read();
        turn(Turn.SERVER);
        requestBytes += bytes.length;
        if (requestBytes > maxRequestBytes) {
            throw new CloseConnectionException("the request does not end");
        }
        if (!inRequest) {
            inRequest = true;
            allow(readTimeout);
        }
        return bytes;
    }

    /** Closing with unread input would make the network drop the answer: what still comes is read and thrown away. */
    private void linger() {
        if (refused) {
            allow(LINGER);
            turn(Turn.CLIENT_SENDS);
            while (!idleTime().isPositive()) {
                read();
            }
        }
    }

    private void allow(Duration time) {
        deadlineNanos = System.nanoTime() + time.toNanos();
    }

    private void turn(Turn next) {
        if (turn.getAndUpdate(now -> now == Turn.GIVEN_UP ? now : next) == Turn.GIVEN_UP) {
            throw new CloseConnectionException("the client took too long");
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }
}
