package dev.flashsale.app.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The note of a running server that is kept beside its data, so that others find it, or what is left of it.
 *
 * @param startedAt tells the process from a later one with the same number
 */
record RunningServer(long pid, Instant startedAt, int port) {

    /** The operating system tells a start relative to its boot, whose time it may correct a little. */
    private static final Duration SAME_START = Duration.ofSeconds(3);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    static RunningServer of(Process process, int port) {
        return new RunningServer(process.pid(), startedAt(process.toHandle()), port);
    }

    static Optional<RunningServer> readFrom(Path folder) throws IOException {
        Path file = fileIn(folder);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties note = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            note.load(reader);
            return Optional.of(new RunningServer(
                    Long.parseLong(note.getProperty("pid")),
                    Instant.ofEpochMilli(Long.parseLong(note.getProperty("started_at_ms"))),
                    Integer.parseInt(note.getProperty("port"))));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    void writeTo(Path folder) throws IOException {
        Properties note = new Properties();
        note.setProperty("pid", Long.toString(pid));
        note.setProperty("started_at_ms", Long.toString(startedAt.toEpochMilli()));
        note.setProperty("port", Integer.toString(port));
        Path unfinished = folder.resolve("server.new");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            note.store(writer, "the running MariaDB of this folder");
        }
        Files.move(unfinished, fileIn(folder), StandardCopyOption.REPLACE_EXISTING);
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(fileIn(folder));
    }

    /** The process, if it still runs and is that very server. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        Duration.between(startedAt(process), startedAt).abs().compareTo(SAME_START) < 0);
    }

    /** Asks the server to stop, and insists when it does not in good time; what it has committed is safe either way. */
    void stop() {
        process().ifPresent(process -> {
            boolean asked = process.destroy();
            if (!asked || !ended(process)) {
                boolean killed = process.destroyForcibly();
                boolean gone = killed && ended(process);
                if (!gone) {
                    throw new IllegalStateException("MariaDB, process " + pid + ", does not stop");
                }
            }
        });
    }

    private static boolean ended(ProcessHandle process) {
        try {
            return !process.onExit()
                    .get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .isAlive();
        } catch (TimeoutException | ExecutionException stillThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Instant startedAt(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Instant.ofEpochMilli(start.toEpochMilli()))
                .orElse(Instant.EPOCH);
    }

    private static Path fileIn(Path folder) {
        return folder.resolve("server");
    }
}
