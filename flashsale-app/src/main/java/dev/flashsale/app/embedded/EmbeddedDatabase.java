package dev.flashsale.app.embedded;

import dev.flashsale.app.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running MariaDB with a database {@code flashsale}, on the loopback alone, without a password. Closing it stops the
 * server, unless it is another program's. What is committed is kept in the folder and there again at the next start.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String DATABASE = "flashsale";
    private static final String THROW_AWAY = "throw-away-";

    private final Path folder;
    private final RunningServer server;
    private final @Nullable FolderLock lock;
    private final boolean kept;
    private volatile boolean closing;

    private EmbeddedDatabase(Path folder, RunningServer server, @Nullable FolderLock lock, boolean kept) {
        this.folder = folder;
        this.server = server;
        this.lock = lock;
        this.kept = kept;
    }

    /**
     * Starts the database of a folder, which is made if need be.
     *
     * @throws Problem if another program uses the folder, or it cannot be started
     */
    public static EmbeddedDatabase start(Path folder) {
        return telling(folder, made -> {
            Optional<FolderLock> lock = FolderLock.take(made);
            if (lock.isPresent()) {
                return start(made, made, lock.get(), true);
            }
            throw inUse(made);
        });
    }

    /**
     * As {@link #start}, but where another program has started the folder's database already it is used together, for
     * as long as the other one runs.
     */
    public static EmbeddedDatabase startOrJoin(Path folder) {
        return telling(folder, made -> {
            Optional<FolderLock> lock = FolderLock.take(made);
            if (lock.isPresent()) {
                return start(made, made, lock.get(), true);
            }
            RunningServer server = RunningServer.readFrom(made)
                    .filter(running -> ServerProcess.answers(running.port()))
                    .orElseThrow(() -> inUse(made));
            return new EmbeddedDatabase(made, server, null, true);
        });
    }

    /** Starts an empty database in a folder of its own beneath {@code parent}; closing it deletes that folder. */
    public static EmbeddedDatabase startThrowAway(Path parent) {
        return telling(parent, made -> {
            deleteAbandoned(made);
            Path folder = Files.createTempDirectory(made, THROW_AWAY);
            FolderLock lock = FolderLock.take(folder).orElseThrow(() -> inUse(folder));
            return start(made, folder, lock, false);
        });
    }

    private static EmbeddedDatabase start(Path binariesFolder, Path folder, FolderLock lock, boolean kept)
            throws IOException {
        try {
            stopAbandoned(folder);
            Binaries binaries = Binaries.in(binariesFolder);
            Path data = folder.resolve("data");
            if (!Files.isDirectory(data)) {
                binaries.install(data);
            }
            RunningServer server = ServerProcess.start(binaries, folder, data);
            EmbeddedDatabase database = new EmbeddedDatabase(folder, server, lock, kept);
            database.createDatabase();
            database.watch();
            return database;
        } catch (IOException | RuntimeException e) {
            stopAbandoned(folder);
            lock.close();
            throw e;
        }
    }

    /** Whoever holds the lock and finds a server running has outlived its owner. */
    private static void stopAbandoned(Path folder) throws IOException {
        RunningServer.readFrom(folder)
                .filter(left -> left.process().isPresent())
                .ifPresent(left -> {
                    LOG.info("Stopping the MariaDB, process {}, that an earlier Flashsale left behind", left.pid());
                    left.stop();
                });
        RunningServer.forget(folder);
    }

    private static void deleteAbandoned(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.filter(
                            path -> path.getFileName().toString().startsWith(THROW_AWAY))
                    .toList()) {
                Optional<FolderLock> lock = FolderLock.take(folder);
                if (lock.isPresent()) {
                    stopAbandoned(folder);
                    lock.get().close();
                    Folders.delete(folder);
                }
            }
        }
    }

    private void createDatabase() {
        try (Connection connection = DriverManager.getConnection(ServerProcess.url(server.port(), ""), "root", "");
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("create database if not exists " + DATABASE);
        } catch (SQLException e) {
            throw new Problem("The embedded MariaDB in " + folder + " refuses to work: " + e.getMessage(), e);
        }
    }

    private void watch() {
        Optional<CompletableFuture<Void>> unused =
                server.process().map(process -> process.onExit().thenRun(this::tellUnlessClosing));
    }

    private void tellUnlessClosing() {
        if (!closing) {
            LOG.error("The embedded MariaDB in {} has ended: mariadb.log may say why; start Flashsale again", folder);
        }
    }

    public String url() {
        return ServerProcess.url(server.port(), DATABASE);
    }

    public String username() {
        return "root";
    }

    /** Whether what is committed is there again at the next start. */
    public boolean isKept() {
        return kept;
    }

    public Path folder() {
        return folder;
    }

    /** The server's process. */
    public long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        closing = true;
        try {
            server.stop();
            RunningServer.forget(folder);
            lock.close();
            if (!kept) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new Problem("Could not tidy up " + folder + ": " + Problem.why(e), e);
        }
    }

    private static Problem inUse(Path folder) {
        return new Problem("The embedded database in " + folder + " is already in use by " + FolderLock.holder(folder)
                + ": stop that one, or give this one another folder with --embedded-folder or a server with"
                + " --database-url");
    }

    private static EmbeddedDatabase telling(Path folder, Start start) {
        Binaries.require();
        try {
            return start.in(Files.createDirectories(folder.toAbsolutePath()).toRealPath());
        } catch (IOException e) {
            throw new Problem(
                    "The embedded database cannot use the folder " + folder + " (" + Problem.why(e)
                            + "): choose another one with --embedded-folder",
                    e);
        }
    }

    @FunctionalInterface
    private interface Start {
        EmbeddedDatabase in(Path folder) throws IOException;
    }
}
