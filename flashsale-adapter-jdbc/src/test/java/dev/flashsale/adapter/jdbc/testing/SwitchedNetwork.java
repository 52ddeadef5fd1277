package dev.flashsale.adapter.jdbc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy in front of the tests' database that swallows what is sent while it is told to, the end of a connection
 * included, as a network does that has failed; or that has the server pass for a read-only one. Only without TLS.
 */
public final class SwitchedNetwork implements AutoCloseable {

    /** As long as what takes its place, so that the packet is as long as it says. */
    private static final String ASKED = "@@global.read_only";

    private static final String ANSWERED = "1                 ";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> ended = ConcurrentHashMap.newKeySet();
    private volatile boolean swallowing;
    private volatile boolean readOnly;
    private final Thread accepting;

    public SwitchedNetwork(TestDatabase database) throws IOException {
        target = URI.create(database.url().substring("jdbc:".length()));
        accepting = Thread.ofVirtual().start(this::accept);
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Whoever is connected stays so, and hears nothing. What ended meanwhile is known to both sides afterwards. */
    public void swallow(boolean everything) {
        swallowing = everything;
        if (!everything) {
            ended.forEach(SwitchedNetwork::close);
        }
    }

    /** What its connections are told when they ask whether they are. */
    public void readOnly(boolean now) {
        readOnly = now;
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
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                if (!swallowing) {
                    out.write(requests && readOnly ? readOnly(buffer, length) : buffer, 0, length);
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // The other direction ended first.
        }
        ended.add(to);
        if (!swallowing) {
            close(to);
        }
    }

    private static byte[] readOnly(byte[] packet, int length) {
        return new String(packet, 0, length, StandardCharsets.ISO_8859_1)
                .replace(ASKED, ANSWERED)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is closed as well as it can be.
        }
    }

    /** Nobody gets in afterwards: a virtual thread that waits in accept may take one more, and it closes the port. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            accepting.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(SwitchedNetwork::close);
    }
}
