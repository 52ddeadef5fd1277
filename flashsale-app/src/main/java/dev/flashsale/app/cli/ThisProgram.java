package dev.flashsale.app.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How this very program is started again, from any folder: with the Java that runs it, and for a shell. */
final class ThisProgram {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._:=,@%+-]+");

    private ThisProgram() {}

    static String command() {
        String java =
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String classes = System.getProperty("java.class.path");
        // Started with -jar, the class path is the jar.
        return new File(classes).isFile()
                ? java + " -jar "
                        + quoted(Path.of(classes).toAbsolutePath().normalize().toString())
                : java + " -cp " + quoted(classes) + " dev.flashsale.app.Main";
    }

    /** As one word for sh, bash and zsh. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
