package dev.flashsale.adapter.jdbc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A TCP proxy in front of the tests' database that cuts a connection at its next COMMIT, once for each fault. */
public final class FaultyNetwork implements AutoCloseable {

    /** Where the connection is cut. */
    public enum Fault {
        /** COMMIT never reaches the server. */
        BEFORE_COMMIT,
        /** The server commits and its answer is lost. */
        AFTER_COMMIT
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI target;
    private final AtomicReference<List<Fault>> faults = new AtomicReference<>(List.of());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Fault> injected = new CopyOnWriteArrayList<>();

    public FaultyNetwork(TestDatabase database) throws IOException {
        target = URI.create(database.url().substring("jdbc:".length()));
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The faults of the next commits, one each. */
    public void inject(Fault... next) {
        faults.set(List.of(next));
    }

    /** What was injected so far. */
    public List<Fault> injected() {
        return List.copyOf(injected);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                Connection connection = new Connection(client, server);
                Thread.ofVirtual().start(() -> connection.pump(client, server, true));
                Thread.ofVirtual().start(() -> connection.pump(server, client, false));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean answerIsLost;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean requests) {
            byte[] buffer = new byte[64 * 1024];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    if (requests && isCommit(buffer, length)) {
                        Fault fault = nextFault();
                        if (fault == Fault.BEFORE_COMMIT) {
                            return;
                        }
                        answerIsLost = fault == Fault.AFTER_COMMIT;
                    } else if (!requests && answerIsLost) {
                        return;
                    }
                    out.write(buffer, 0, length);
                    out.flush();
                }
            } catch (IOException gone) {
                // The other direction ended first.
            } finally {
                close(client);
                close(server);
            }
        }
    }

    private @Nullable Fault nextFault() {
        List<Fault> left = faults.getAndUpdate(now -> now.isEmpty() ? now : now.subList(1, now.size()));
        if (left.isEmpty()) {
            return null;
        }
        injected.add(left.get(0));
        return left.get(0);
    }

    /** A COM_QUERY packet that says commit, and not {@code SET autocommit=0}; statements come one to a packet. */
    private static boolean isCommit(byte[] packet, int length) {
        return length > 5
                && packet[4] == 3
                && new String(packet, 5, length - 5, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .endsWith("commit");
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is closed as well as it can be.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(FaultyNetwork::close);
    }
}
