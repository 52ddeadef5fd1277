package dev.flashsale.adapter.rest.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashsale.adapter.rest.http.Streamed;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that listens to some products. Its connection's thread sends what is new and waits for more: what changed
 * several times meanwhile is sent once, as it is then.
 */
final class Listener implements Streamed {

    /** A comment, which a client ignores. */
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(UTF_8);

    /** When a server stops, not all of its listeners come to another one at the same moment. */
    private static final int COME_BACK_AFTER_MS = 2000;

    private static final int SPREAD_MS = 3000;
    private static final String BETWEEN_TAGS = ".";

    private final List<LiveProduct> products;
    private final @Nullable String[] known;
    private final long heartbeatNanos;
    private final long longestNanos;
    private final Consumer<Listener> whenOver;

    private volatile @Nullable Thread thread;
    private volatile boolean news = true;
    private volatile boolean ended;

    /**
     * @param lastEventId what it knows, in the words of an earlier event's id
     * @param longest how long it may listen before it has to come back
     * @param whenOver called once
     */
    Listener(
            List<LiveProduct> products,
            String lastEventId,
            Duration heartbeat,
            Duration longest,
            Consumer<Listener> whenOver) {
        this.products = products;
        String[] tags = lastEventId.split("\\.", -1);
        this.known = tags.length == products.size() ? tags : new String[products.size()];
        this.heartbeatNanos = heartbeat.toNanos();
        this.longestNanos = longest.toNanos();
        this.whenOver = whenOver;
    }

    List<LiveProduct> products() {
        return products;
    }

    /** Something has changed; returns whether nobody had said so since it last looked. */
    boolean tell() {
        if (news) {
            return false;
        }
        news = true;
        LockSupport.unpark(thread);
        return true;
    }

    /** Whether it has yet to look at what has changed. */
    boolean isTold() {
        return news;
    }

    /** It is to end, as if the client had enough. */
    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        thread = Thread.currentThread();
        long begun = System.nanoTime();
        int retry = COME_BACK_AFTER_MS + ThreadLocalRandom.current().nextInt(SPREAD_MS);
        out.write(("retry: " + retry + "\n\n").getBytes(UTF_8));
        out.flush();
        long silentSince = System.nanoTime();
        while (!ended && !Thread.currentThread().isInterrupted()) {
            if (news) {
                news = false;
                if (!sendNews(out)) {
                    return;
                }
                silentSince = System.nanoTime();
            }
            long now = System.nanoTime();
            long left = longestNanos - (now - begun);
            if (left <= 0) {
                return;
            }
            long untilHeartbeat = heartbeatNanos - (now - silentSince);
            if (untilHeartbeat <= 0) {
                out.write(HEARTBEAT);
                out.flush();
                silentSince = now;
            } else if (!news && !ended) {
                LockSupport.parkNanos(this, Math.min(left, untilHeartbeat));
            }
        }
    }

    /** Sends what it does not know, if anything; returns whether there may be more some time. */
    private boolean sendNews(OutputStream out) throws IOException {
        for (int i = 0; i < known.length; i++) {
            Snapshot latest = products.get(i).latest();
            if (latest == null) {
                // Who comes back hears that it does not exist.
                return false;
            }
            if (!latest.tag().equals(known[i])) {
                known[i] = latest.tag();
                if (known.length == 1) {
                    out.write(latest.eventAlone());
                } else {
                    out.write(Snapshot.id(String.join(BETWEEN_TAGS, tags())));
                    out.write(latest.event());
                }
            }
        }
        out.flush();
        return true;
    }

    /** Of a product that it knows nothing of yet, an empty one. */
    private List<String> tags() {
        return Arrays.stream(known).map(tag -> tag == null ? "" : tag).toList();
    }

    @Override
    public void close() {
        whenOver.accept(this);
    }
}
