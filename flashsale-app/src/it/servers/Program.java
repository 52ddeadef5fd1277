import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runnable jar, whose output is kept. */
record Program(Process process, Path log) implements AutoCloseable {

    private static final Pattern SERVES = Pattern.compile("serves on (http://[^ ]+:\\d+)");

    static Program serve(Path folder, String name, String jar, List<String> flags) throws IOException {
        List<String> serve = new ArrayList<>(List.of(
                "--http-port=0",
                "--http-host=127.0.0.1",
                "--hold-ttl=1h",
                "--operator-token=" + Buyers.TOKEN,
                "--webhook-unsigned=accept"));
        serve.addAll(flags);
        return start(folder, name, jar, "serve", serve);
    }

    static int run(Path folder, String name, String jar, String command, List<String> flags) throws Exception {
        try (Program program = start(folder, name, jar, command, flags)) {
            return program.process().waitFor(5, TimeUnit.MINUTES)
                    ? program.process().exitValue()
                    : -1;
        }
    }

    private static Program start(Path folder, String name, String jar, String command, List<String> flags)
            throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar, command));
        line.addAll(flags);
        return new Program(
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    Buyers.Server server(String name) throws Exception {
        return new Buyers.Server(name, await(SERVES));
    }

    private String await(Pattern line) throws Exception {
        for (int i = 0; process.isAlive() && i < 1_200; i++) {
            Matcher found = line.matcher(Files.readString(log));
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(100);
        }
        throw new AssertionError(Files.readString(log));
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
