import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * So many listen to a product of one server while its stock changes a few times, and then while buyers buy it. Tells when the first, the
 * middle and the last of them had heard of each change. Fails unless every one hears of
 * every change, and of the last stock once the buyers have gone. Arguments: a folder for logs, the jar and how many.
 */
final class Crowd {

    private static final int STOCK = 1_000_000;
    private static final int CHANGES = 5;
    private static final int BUYERS = 8;
    private static final Duration SALE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] AVAILABLE = "\"available_stock\":".getBytes(StandardCharsets.US_ASCII);

    private final Buyers buyers = new Buyers(Duration.ofMillis(20));
    private final Selector selector = Selector.open();

    /** What each has heard last, and when. */
    private final AtomicLongArray available;

    private final AtomicLongArray heardAt;

    private Crowd(int listeners) throws IOException {
        available = new AtomicLongArray(listeners);
        heardAt = new AtomicLongArray(listeners);
    }

    public static void main(String[] arguments) throws Exception {
        boolean ok = Schema.create(
                "listeners",
                (schema, statement) -> new Crowd(Integer.parseInt(arguments[2]))
                        .run(Path.of(arguments[0]), arguments[1], schema.flags()));
        System.exit(ok ? 0 : 1);
    }

    private boolean run(Path folder, String jar, List<String> database) throws Exception {
        int listeners = available.length();
        List<String> flags = new ArrayList<>(database);
        flags.add("--stream-max-listeners=" + listeners);
        flags.add("--http-max-connections=" + 2 * listeners);
        try (Program program = Program.serve(folder, "listeners", jar, flags)) {
            Buyers.Server server = program.server("listeners");
            buyers.open.add(server);
            String product = buyers.put(server, STOCK);
            Thread reader = Thread.ofPlatform().daemon().start(this::read);
            listen(URI.create(server.url()), product);
            await(STOCK);
            System.out.printf("%,d listen%n", listeners);
            for (int change = 1; change <= CHANGES; change++) {
                int stock = STOCK + change;
                Buyers.expect(
                        buyers.send(
                                server,
                                "POST",
                                "/api/products/" + product + "/stock",
                                "{\"stock\":" + stock + ",\"reason\":\"a test\"}"),
                        200);
                long changed = System.nanoTime();
                await(stock);
                long[] took = new long[listeners];
                Arrays.setAll(took, i -> TimeUnit.NANOSECONDS.toMillis(heardAt.get(i) - changed));
                Arrays.sort(took);
                System.out.printf(
                        "heard of change %d after %d ms (first), %d ms (half of them), %d ms (last)%n",
                        change, took[0], took[listeners / 2], took[listeners - 1]);
            }
            buyers.come(BUYERS, product, product);
            Thread.sleep(SALE.toMillis());
            buyers.leave();
            await(STOCK + CHANGES - buyers.taken(product));
            System.out.printf(
                    "%,d holds in %d s beside them, answers %s; all have heard of the last one%n",
                    buyers.holds.size(), SALE.toSeconds(), buyers.answers);
            buyers.wrong.forEach(System.out::println);
            reader.interrupt();
            return buyers.wrong.isEmpty();
        }
    }

    private void listen(URI server, String product) throws IOException {
        byte[] request = ("GET /api/products/" + product + "/stream HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < available.length(); i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
            int unused = channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            SelectionKey unusedKey = channel.register(selector, SelectionKey.OP_READ, i);
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        try {
            while (!Thread.interrupted()) {
                int unused = selector.select(1);
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        key.cancel();
                    }
                    hear((Integer) key.attachment(), buffer.flip());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException over) {
            System.out.println("nobody reads any more: " + over);
        }
    }

    /** An event is smaller than a segment, and so is read whole. */
    private void hear(int listener, ByteBuffer read) {
        for (int at = read.limit() - AVAILABLE.length - 1; at >= 0; at--) {
            if (read.get(at) == AVAILABLE[0] && isAvailable(read, at)) {
                long number = 0;
                for (int i = at + AVAILABLE.length; i < read.limit() && Character.isDigit(read.get(i)); i++) {
                    number = number * 10 + read.get(i) - '0';
                }
                available.set(listener, number);
                heardAt.set(listener, System.nanoTime());
                return;
            }
        }
    }

    private static boolean isAvailable(ByteBuffer read, int at) {
        for (int i = 1; i < AVAILABLE.length; i++) {
            if (read.get(at + i) != AVAILABLE[i]) {
                return false;
            }
        }
        return true;
    }

    private void await(long stock) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < available.length(); i++) {
            while (available.get(i) != stock) {
                if (System.nanoTime() > until) {
                    throw new AssertionError(
                            "listener " + i + " knows of " + available.get(i) + " pieces, not of " + stock);
                }
                Thread.sleep(1);
            }
        }
    }
}
