package dev.flashsale.adapter.jdbc.hosts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * What the {@code main} of a host does: the load on platform threads, then on virtual ones. Each run leaves a row in the file
 * {@code hosts.file}; the JVM exits with 1 if one of them found something. {@code hosts.seconds} and {@code hosts.seed} are
 * for trying things out.
 */
public final class HostRun {

    private static final int BUYERS = Integer.getInteger("hosts.buyers", 32);
    private static final int SECONDS = Integer.getInteger("hosts.seconds", 20);
    private static final long SEED = Long.getLong("hosts.seed", System.nanoTime());

    private HostRun() {}

    /** Builds a host on a database that is new. */
    @FunctionalInterface
    public interface Start {
        Host on(HostDatabase database) throws Exception;
    }

    /** @param name of a host that does not start */
    public static void main(String name, Start start) throws Exception {
        System.exit(run(name, start) ? 0 : 1);
    }

    /** Whether nothing was found. */
    public static boolean run(String name, Start start) throws Exception {
        System.out.println("seed " + SEED);
        try (HostDatabase database = HostDatabase.create()) {
            try (Host host = start.on(database)) {
                return run(host, database, false) & run(host, database, true);
            } catch (Exception | LinkageError failed) {
                failed.printStackTrace(System.out);
                tell(Result.line(name, root(failed)));
                return false;
            }
        }
    }

    private static boolean run(Host host, HostDatabase database, boolean virtual) throws Exception {
        Result result = new Load(host, database, virtual ? 2 : 1, virtual, BUYERS, SECONDS, SEED).go();
        System.out.println(result.counts().committed + " commits, " + result.counts().rolledBack + " rollbacks, Busy: "
                + result.counts().whyBusy());
        tell(result.line());
        return result.ok();
    }

    private static Throwable root(Throwable failed) {
        return failed.getCause() == null ? failed : root(failed.getCause());
    }

    /** Hosts that run at the same time share the file. */
    private static void tell(String row) throws IOException {
        System.out.println(row);
        String file = System.getProperty("hosts.file");
        if (file == null) {
            return;
        }
        try (FileChannel rows = FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                FileLock alone = rows.lock()) {
            String text = (rows.size() == 0 ? Result.HEADER + "\n" : "") + row + "\n";
            rows.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** An id as the column {@code booking.hold_id} has it. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
