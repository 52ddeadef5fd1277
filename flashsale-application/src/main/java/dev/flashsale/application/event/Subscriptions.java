package dev.flashsale.application.event;

import dev.flashsale.application.EventListener;
import dev.flashsale.application.batch.AroundWork;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.Transactions.Work;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who wants which events: what is kept for others, and what is told in this process. */
public final class Subscriptions {

    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());

    private final Set<EventKind> always;
    private final Set<EventKind> told;
    private final EventListener listener;
    private final LongSupplier nanoTime;
    private volatile Set<EventKind> subscribed;
    private volatile Set<EventKind> wanted;
    private volatile @Nullable ForAWhile forAWhile;

    /** Kinds that are kept until a moment of the process's clock. */
    private record ForAWhile(Set<EventKind> kinds, long untilNanos) {}

    /**
     * Those that are known from the beginning.
     *
     * @param always kinds that are kept, whoever else subscribes
     */
    public Subscriptions(Set<EventKind> always, EventListener listener, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.always = copy(always);
        this.told = copy(listener.kinds());
        this.listener = listener;
        subscribed = this.always;
        wanted = both(subscribed, told);
    }

    void keep(Set<EventKind> kinds) {
        subscribed = both(always, kinds);
        wanted = both(subscribed, told);
    }

    void keepFor(Set<EventKind> kinds, Duration time) {
        forAWhile = new ForAWhile(copy(kinds), nanoTime.getAsLong() + time.toNanos());
    }

    Set<EventKind> kept() {
        return withThoseForAWhile(subscribed);
    }

    private Set<EventKind> wanted() {
        return withThoseForAWhile(wanted);
    }

    private Set<EventKind> withThoseForAWhile(Set<EventKind> kinds) {
        ForAWhile now = forAWhile;
        return now == null || nanoTime.getAsLong() - now.untilNanos() >= 0 ? kinds : both(kinds, now.kinds());
    }

    boolean wants(EventKind kind) {
        return wanted().contains(kind);
    }

    private static Set<EventKind> copy(Set<EventKind> kinds) {
        Set<EventKind> copy = EnumSet.noneOf(EventKind.class);
        copy.addAll(kinds);
        return copy;
    }

    private static Set<EventKind> both(Set<EventKind> one, Set<EventKind> other) {
        Set<EventKind> both = copy(one);
        both.addAll(other);
        return both;
    }

    /** A listener that fails, in whatever way, fails alone. */
    void tell(List<SaleEvent> events) {
        List<SaleEvent> some =
                events.stream().filter(event -> told.contains(event.kind())).toList();
        if (some.isEmpty()) {
            return;
        }
        try {
            listener.committed(some);
        } catch (Throwable failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A listener to events failed; what it was told is done all the same",
                    failed);
        }
    }

    /** Transactions whose writes are told, where somebody wants to know. */
    public Transactions of(Transactions all) {
        return new AroundWork(all) {
            @Override
            protected <T> Work<T> around(Work<T> work) {
                Set<EventKind> now = wanted();
                return now.isEmpty() ? work : tx -> told(tx, work, now);
            }
        };
    }

    private <T> T told(Transaction tx, Work<T> work, Set<EventKind> now) {
        Story story = new Story(tx, now, kept());
        T answer = work.run(new ToldTransaction(tx, story));
        List<SaleEvent> events = story.end();
        if (!events.isEmpty()) {
            tx.afterCommit(() -> tell(events));
        }
        return answer;
    }
}
