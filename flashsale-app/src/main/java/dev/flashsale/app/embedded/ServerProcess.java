package dev.flashsale.app.embedded;

import dev.flashsale.app.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a MariaDB on the data of a folder and waits until it answers. */
final class ServerProcess {

    static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final int MAX_CONNECTIONS = 600;
    private static final int LOG_LINES_SHOWN = 3;

    private ServerProcess() {}

    static RunningServer start(Binaries binaries, Path folder, Path data) throws IOException {
        int port = freePort();
        Path log = folder.resolve("mariadb.log");
        ProcessBuilder builder = new ProcessBuilder(command(binaries, data, port))
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        binaries.exposeLibraries(builder);
        Process process = builder.start();
        RunningServer server = RunningServer.of(process, port);
        try {
            server.writeTo(folder);
            awaitAnswer(process, server, log);
            return server;
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    private static List<String> command(Binaries binaries, Path data, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--console",
                "--basedir=" + binaries.home(),
                "--datadir=" + data,
                "--tmpdir=" + Binaries.temporary(data),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Its users are whoever can log in to this machine: there is nobody to tell apart.
                "--skip-grant-tables",
                "--skip-name-resolve",
                // Without it the start makes keys, for up to 20 s.
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--max-connections=" + MAX_CONNECTIONS,
                "--max-allowed-packet=64M",
                // An acknowledged commit survives a power cut.
                "--innodb-flush-log-at-trx-commit=1"));
        if (!WINDOWS) {
            // Relative to the data: the path of a socket may have 107 characters at most.
            command.add("--socket=mariadb.sock");
            command.addAll(asUser());
        }
        return command;
    }

    /** Root must say that it means it. */
    static List<String> asUser() {
        return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
    }

    /** Its exit status, or -1 if it takes longer than that: then it is ended. */
    static int ends(Process process, Duration patience) {
        if (exitedWithin(process, patience) && !process.isAlive()) {
            return process.exitValue();
        }
        process.destroy();
        return -1;
    }

    private static void awaitAnswer(Process process, RunningServer server, Path log) throws IOException {
        long giveUpAt = System.nanoTime() + START_PATIENCE.toNanos();
        while (!answers(server.port())) {
            if (exitedWithin(process, Duration.ofMillis(50)) || System.nanoTime() > giveUpAt) {
                throw new Problem("The embedded MariaDB does not start. Its log, " + log + ", ends with: " + end(log));
            }
        }
    }

    static boolean answers(int port) {
        try (Connection connection = DriverManager.getConnection(url(port, "") + "&connectTimeout=1000", "root", "")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** The URL of a database of the server; there is no password. */
    static String url(int port, String database) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + database + "?sslMode=DISABLED";
    }

    private static boolean exitedWithin(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    static String end(Path log) throws IOException {
        List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
