package dev.flashsale.app.bench;

import dev.flashsale.app.Problem;
import dev.flashsale.app.bench.Crowd.Call;
import dev.flashsale.domain.product.ProductId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Who listens to a product: connections that one thread reads, which looks for nothing but events in them. */
final class Listeners implements AutoCloseable {

    private static final byte[] EVENT = "\ndata:".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Selector selector;
    private final AtomicIntegerArray events;
    private final Thread reader = new Thread(this::read, "listeners");

    private Listeners(Selector selector, int count) {
        this.selector = selector;
        this.events = new AtomicIntegerArray(count);
        reader.setDaemon(true);
    }

    /** They have heard of the product when it returns. */
    static Listeners of(int port, ProductId product, int count) throws Exception {
        Listeners listeners = new Listeners(Selector.open(), count);
        try {
            byte[] request = HttpConnection.get("/api/products/" + product + "/stream");
            InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            listeners.reader.start();
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(server);
                int unused = channel.write(ByteBuffer.wrap(request));
                channel.configureBlocking(false);
                SelectionKey unusedKey = channel.register(listeners.selector, SelectionKey.OP_READ, i);
            }
            listeners.await(new int[count]);
            return listeners;
        } catch (Exception e) {
            listeners.close();
            throw e;
        }
    }

    /** How long it took from the end of a call that changes something until the last of them had heard of it. */
    Duration heardOf(Call change) throws Exception {
        int[] before = new int[events.length()];
        for (int i = 0; i < before.length; i++) {
            before[i] = events.get(i);
        }
        var unused = change.make();
        long begun = System.nanoTime();
        await(before);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** How many events there were for all of them. */
    long events() {
        long sum = 0;
        for (int i = 0; i < events.length(); i++) {
            sum += events.get(i);
        }
        return sum;
    }

    private void await(int[] before) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < before.length; i++) {
            while (events.get(i) <= before[i]) {
                if (System.nanoTime() - until > 0) {
                    throw new Problem("A listener heard nothing for " + PATIENCE.toSeconds()
                            + " s: is `ulimit -n` above " + 2 * before.length + "?");
                }
                Thread.sleep(1);
            }
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (selector.isOpen()) {
                int unused = selector.select(1);
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        key.cancel();
                    }
                    count((Integer) key.attachment(), buffer.flip());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException over) {
            // Whoever waits for an event is told that none came.
        }
    }

    private void count(int listener, ByteBuffer read) {
        for (int at = 0; at + EVENT.length <= read.limit(); at++) {
            if (read.get(at) == EVENT[0] && isEvent(read, at)) {
                events.getAndIncrement(listener);
            }
        }
    }

    private static boolean isEvent(ByteBuffer read, int at) {
        for (int i = 1; i < EVENT.length; i++) {
            if (read.get(at + i) != EVENT[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
