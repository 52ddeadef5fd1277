package dev.flashsale.app.cli;

import dev.flashsale.app.Problem;
import dev.flashsale.app.WrongCall;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.Purge;
import dev.flashsale.application.Purge.Removed;
import dev.flashsale.application.Purge.Step;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.payment.PurgePolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        description = "Removes holds that were released or expired long ago, and those whose order failed or expired,"
                + " with the order and its payments, and idempotency keys. What is paid or to be refunded stays. Safe to"
                + " interrupt, repeat and run on several nodes, while the sale goes on.")
final class PurgeCommand extends FlashsaleCommand {

    private static final int STEPS_PER_LINE = 500;
    private static final int MAX_BUSY = 10;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            required = true,
            converter = AsDuration.class,
            description = "How long it must have been over, such as 30d; 1d or more. Longer than your payment gateway"
                    + " repeats its webhooks.")
    private Duration olderThan = Duration.ZERO;

    @Option(
            names = "--batch",
            paramLabel = "HOLDS",
            defaultValue = "1000",
            description = "Holds in one transaction, at most. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--pause",
            paramLabel = "DURATION",
            defaultValue = "10ms",
            converter = AsDuration.class,
            description = "Between two transactions. Default: ${DEFAULT-VALUE}.")
    private Duration pause = Duration.ZERO;

    @Option(names = "--dry-run", description = "Remove nothing, tell how much it would be.")
    private boolean dryRun;

    private long seen;
    private long holds;
    private long orders;
    private long payments;

    @Override
    public Integer call() throws InterruptedException {
        Purge first = firstPage();
        try (RunningFlashsale flashsale = RunningFlashsale.withoutServer(Purpose.OPERATE, settings())) {
            purge(flashsale.flashsale().housekeeping(), first);
            say("");
            sayKeys(
                    dryRun
                            ? countKeys(flashsale.flashsale().housekeeping())
                            : forgetKeys(flashsale.flashsale().housekeeping()));
        }
        return DONE;
    }

    private Purge firstPage() {
        Duration age = allowed(
                "--older-than", "a duration of 1d or more, such as 30d", () -> new PurgePolicy(olderThan).age());
        if (pause.isNegative()) {
            throw new WrongCall(refusal("--pause", pause.toMillis() + "ms", "a duration of 0 or more"));
        }
        return allowed(
                "--batch",
                "a whole number from 1 to " + Purge.MAX_SIZE,
                () -> new Purge(age, batch, Optional.empty(), dryRun));
    }

    private void purge(Housekeeping housekeeping, Purge first) throws InterruptedException {
        Optional<HoldId> next = first.after();
        int steps = 0;
        do {
            Purge page = new Purge(olderThan, batch, next, dryRun);
            Step step = patiently(() -> housekeeping.purge(page));
            count(step);
            next = step.next();
            steps++;
            if (next.isPresent() && steps % STEPS_PER_LINE == 0) {
                say(" so far");
            }
            if (next.isPresent() && !step.removed().equals(Removed.NOTHING)) {
                Thread.sleep(pause);
            }
        } while (next.isPresent());
    }

    /** A database that is busy for a moment must not end the work of an hour. */
    private static <T> T patiently(Supplier<T> step) throws InterruptedException {
        for (int busy = 1; ; busy++) {
            try {
                return step.get();
            } catch (Busy tryAgain) {
                if (busy == MAX_BUSY) {
                    throw new Problem(
                            "The database is too busy to go on; what was removed so far is gone for good,"
                                    + " start it again later for the rest",
                            tryAgain);
                }
                Thread.sleep(tryAgain.retryAfter());
            }
        }
    }

    private int countKeys(Housekeeping housekeeping) throws InterruptedException {
        return patiently(() -> housekeeping.countOldKeys(olderThan));
    }

    private long forgetKeys(Housekeeping housekeeping) throws InterruptedException {
        long keys = 0;
        int forgotten;
        do {
            forgotten = patiently(() -> housekeeping.forgetKeys(olderThan));
            keys += forgotten;
        } while (forgotten > 0);
        return keys;
    }

    private void count(Step step) {
        seen += step.seen();
        holds += step.removed().holds();
        orders += step.removed().orders();
        payments += step.removed().payments();
    }

    private void sayKeys(long keys) {
        out().println(String.format(Locale.ROOT, "%s %d idempotency keys", removed(), keys));
        out().flush();
    }

    private String removed() {
        return dryRun ? "Would remove" : "Removed";
    }

    private void say(String soFar) {
        out().println(String.format(
                Locale.ROOT,
                "%s %d holds, %d orders and %d payments of %d holds seen%s",
                removed(),
                holds,
                orders,
                payments,
                seen,
                soFar));
        out().flush();
    }
}
