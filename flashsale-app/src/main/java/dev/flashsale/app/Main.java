package dev.flashsale.app;

import dev.flashsale.app.cli.CommandLineInterface;

/** Where the program starts. Compiled for Java 17, so that an older Java can say what is missing. */
public final class Main {

    private static final int NEEDED = 21;

    private Main() {}

    public static void main(String[] arguments) {
        int running = Runtime.version().feature();
        if (running < NEEDED) {
            System.err.println("Flashsale needs Java " + NEEDED + " or newer, this is Java " + running + " ("
                    + System.getProperty("java.home") + "): start it with the bin/java of a newer JDK");
            System.exit(1);
        }
        System.exit(CommandLineInterface.run(arguments));
    }
}
