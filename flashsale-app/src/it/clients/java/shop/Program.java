package shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output goes to a file, and that does not outlive this. */
final class Program implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 180;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Program start(Path folder, String name, String... command) throws IOException {
        Path log = folder.resolve(name + ".log");
        return new Program(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Fails unless it ends well. */
    static void run(Path folder, String name, String... command) throws IOException, InterruptedException {
        try (Program program = start(folder, name, command)) {
            if (!program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || program.process.exitValue() != 0) {
                throw new AssertionError(name + " failed:\n" + program.said());
            }
        }
    }

    /** What the first group finds in what it says. */
    String await(Pattern line) throws IOException, InterruptedException {
        for (int i = 0; process.isAlive() && i < PATIENCE_SECONDS * 10; i++) {
            Matcher matcher = line.matcher(said());
            if (matcher.find()) {
                return matcher.group(1);
            }
            boolean unused = process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("nothing of " + line + " in:\n" + said());
    }

    void mustNotSay(String word) throws IOException {
        if (said().contains(word)) {
            throw new AssertionError(said());
        }
    }

    private String said() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (process.onExit()
                .completeOnTimeout(process, 30, TimeUnit.SECONDS)
                .join()
                .isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }
}
