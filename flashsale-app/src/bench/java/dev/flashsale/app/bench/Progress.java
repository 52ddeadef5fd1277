package dev.flashsale.app.bench;

import java.io.Console;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far the run is: a bar on a terminal, a line for each step elsewhere. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean terminal;
    private final ProgressBar bar;

    private Progress(PrintStream out, boolean terminal, ProgressBar bar) {
        this.out = out;
        this.terminal = terminal;
        this.bar = bar;
    }

    static Progress onStandardError() {
        PrintStream out = System.err;
        boolean terminal = isTerminal();
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName("bench")
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(WIDTH)
                .clearDisplayOnFinish()
                .continuousUpdate();
        return new Progress(
                out,
                terminal,
                builder.setConsumer(terminal ? new ConsoleProgressBarConsumer(out, WIDTH) : new Silent())
                        .build());
    }

    /** Up to Java 21 there is a console only on a terminal; later ones have it tell. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException upTo21) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** How many steps there will be. */
    void expect(int steps) {
        bar.maxHint(steps);
    }

    void preparing(String what, long done, long all) {
        Stopping.check();
        bar.setExtraMessage(" " + what + ", " + 100 * done / Math.max(1, all) + " %");
    }

    /** @throws dev.flashsale.app.Problem if the program was told to stop */
    void begin(String step) {
        Stopping.check();
        bar.setExtraMessage(" " + step);
    }

    void end(String step) {
        bar.step();
        say(step);
    }

    /** Where there is no bar. */
    void say(String line) {
        if (!terminal) {
            out.println(line);
        }
    }

    @Override
    public void close() {
        bar.close();
    }

    private static final class Silent implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String rendered) {
            // Nobody watches.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
