package dev.flashsale.app;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that a test runs, and that it may lack. */
public final class Programs {

    private static final List<String> OF_AN_ADMINISTRATOR = List.of("/usr/sbin", "/usr/local/sbin");

    private Programs() {}

    /** Where it is, on the path or where programs for administrators are. */
    public static Optional<Path> find(String name) {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1)),
                        OF_AN_ADMINISTRATOR.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Ends it with all that it has started, and returns when they are gone. */
    public static void end(Process process) throws Exception {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        for (ProcessHandle one : all) {
            boolean unused = one.destroyForcibly();
        }
        for (ProcessHandle one : all) {
            one.onExit().get(30, TimeUnit.SECONDS);
        }
    }
}
