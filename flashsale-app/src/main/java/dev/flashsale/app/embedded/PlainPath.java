package dev.flashsale.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another name of a folder for as long as it is needed, a link to it: the script that sets up a database is a shell's,
 * and takes no path with a space or a quote in it. A folder that has none keeps its own name.
 */
final class PlainPath implements AutoCloseable {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._+-]+");

    private final Path folder;
    private final Path name;
    private final @Nullable Path made;

    private PlainPath(Path folder, Path name, @Nullable Path made) {
        this.folder = folder;
        this.name = name;
        this.made = made;
    }

    static PlainPath to(Path folder) throws IOException {
        if (ServerProcess.WINDOWS || PLAIN.matcher(folder.toString()).matches()) {
            return new PlainPath(folder, folder, null);
        }
        Path made = Files.createTempDirectory("flashsale-");
        try {
            return new PlainPath(folder, Files.createSymbolicLink(made.resolve("embedded"), folder), made);
        } catch (IOException e) {
            Files.delete(made);
            throw e;
        }
    }

    /** The other name of something in the folder. */
    Path of(Path inside) {
        return name.resolve(folder.relativize(inside));
    }

    @Override
    public void close() throws IOException {
        if (made != null) {
            Files.delete(name);
            Files.delete(made);
        }
    }
}
