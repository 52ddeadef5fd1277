package dev.flashsale.application.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.flashsale.application.Busy;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Work;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * What fails fails alone: the rest goes on, and somebody hears of it. The listener is told each time, the log once an hour for
 * each subject, with what to do.
 */
public final class Failures {

    /** Nobody hears of them but the log. */
    public static final Failures UNTOLD = new Failures(Notifications.NONE, System::nanoTime);

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());
    private static final long QUIET_NANOS = Duration.ofHours(1).toNanos();
    private static final int MAX_SUBJECTS = 1000;

    private final Notifications notifications;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Map<Subject, Long> logged = new LinkedHashMap<>();

    public Failures(Notifications notifications, LongSupplier nanoTime) {
        this.notifications = notifications;
        this.nanoTime = nanoTime;
    }

    private record Subject(Work work, String name) {}

    /** Does it for each of these by itself. What is fought for is left for the next time, and is no failure. */
    public <T> int sum(Collection<T> all, Work work, Function<T, String> subject, ToIntFunction<T> one) {
        return all.stream()
                .mapToInt(each -> alone(work, subject.apply(each), () -> one.applyAsInt(each)))
                .sum();
    }

    /** Answers 0 instead of a failure. */
    private int alone(Work work, String subject, IntSupplier one) {
        try {
            return one.getAsInt();
        } catch (Busy foughtFor) {
            return 0;
        } catch (Throwable failed) {
            report(work, subject, failed);
            return 0;
        }
    }

    /**
     * Has it heard of.
     *
     * @param subject what it was done to, in words for people: {@code product 7}
     */
    public void report(Work work, String subject, Throwable cause) {
        notifications.tell(listener -> listener.failed(new SaleListener.Failure(work, subject, cause)));
        if (isNews(new Subject(work, subject))) {
            LOG.log(
                    Level.WARNING,
                    work.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + subject
                            + " failed, and everything else goes on: " + rootOf(cause)
                            + (cause instanceof Busy
                                    ? ""
                                    : ". `audit` tells what contradicts what, `audit --repair` mends what"
                                            + " follows from the rest. It is tried again, and told once an hour"));
            LOG.log(Level.DEBUG, subject, cause);
        }
    }

    private synchronized boolean isNews(Subject subject) {
        long now = nanoTime.getAsLong();
        Long before = logged.get(subject);
        if (before != null && now - before < QUIET_NANOS) {
            return false;
        }
        if (before == null && logged.size() >= MAX_SUBJECTS) {
            logged.remove(logged.keySet().iterator().next());
        }
        logged.put(subject, now);
        return true;
    }

    private static String rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString().replaceAll("\\s+", " ") : rootOf(cause);
    }
}
