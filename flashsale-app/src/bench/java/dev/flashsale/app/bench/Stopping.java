package dev.flashsale.app.bench;

import dev.flashsale.app.Problem;

/** Whether the program was told to stop while it measures: nobody calls any more, and what was made is dropped. */
final class Stopping {

    private static volatile boolean told;

    private Stopping() {}

    static void tell() {
        told = true;
    }

    static boolean told() {
        return told;
    }

    static void check() {
        if (told) {
            throw new Problem("Stopped before everything was measured");
        }
    }
}
