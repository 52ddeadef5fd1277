package dev.flashsale.adapter.rest.connection;

import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;

/** A connection as Helidon accepted it, but for how it is read. */
abstract class AcceptedConnection implements ConnectionContext {

    private final ConnectionContext accepted;

    AcceptedConnection(ConnectionContext accepted) {
        this.accepted = accepted;
    }

    /** What the client sent next; waits for it. */
    final byte[] read() {
        try {
            byte[] bytes = accepted.serverSocket().get();
            if (bytes == null) {
                throw new CloseConnectionException("the client closed the connection");
            }
            return bytes;
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("the connection is lost", e);
        }
    }

    final void closeSocket() {
        try {
            accepted.serverSocket().close();
        } catch (UncheckedIOException alreadyClosed) {
            // That is what was wanted.
        }
    }

    @Override
    public DataWriter dataWriter() {
        return accepted.dataWriter();
    }

    @Override
    public HelidonSocket serverSocket() {
        return accepted.serverSocket();
    }

    @Override
    public ListenerContext listenerContext() {
        return accepted.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return accepted.executor();
    }

    @Override
    public Router router() {
        return accepted.router();
    }

    @Override
    public PeerInfo remotePeer() {
        return accepted.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return accepted.localPeer();
    }

    @Override
    public boolean isSecure() {
        return accepted.isSecure();
    }

    @Override
    public String socketId() {
        return accepted.socketId();
    }

    @Override
    public String childSocketId() {
        return accepted.childSocketId();
    }
}
