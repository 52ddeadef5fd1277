package dev.flashsale.application.event;

import dev.flashsale.application.EventListener;
import dev.flashsale.application.batch.AroundWork;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.Transactions.Work;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who wants which events: what is kept for others, and what is told in this process. */
public final class Subscriptions {

    private static final System.Logger LOG = System.getLogger(Subscriptions.class.getName());

    private final Set<EventKind> always;
    private final Set<EventKind> told;
    private final EventListener listener;
    private volatile Set<EventKind> byProgram = Set.of();
    private volatile Set<EventKind> byOthers = Set.of();
    private volatile Set<EventKind> kept;
    private volatile Set<EventKind> wanted;

    /**
     * Those that are known from the beginning.
     *
     * @param always kinds that are kept, whoever else subscribes
     */
    public Subscriptions(Set<EventKind> always, EventListener listener) {
        this.always = copy(always);
        this.told = copy(listener.kinds());
        this.listener = listener;
        kept = this.always;
        wanted = both(kept, told);
    }

    /** What this process wants to have kept. */
    void keep(Set<EventKind> kinds) {
        byProgram = copy(kinds);
        changed();
    }

    /** What endpoints and readers want, as the database has it. */
    void keepForOthers(Set<EventKind> kinds) {
        byOthers = copy(kinds);
        changed();
    }

    private void changed() {
        kept = both(always, both(byProgram, byOthers));
        wanted = both(kept, told);
    }

    Set<EventKind> kept() {
        return kept;
    }

    boolean wants(EventKind kind) {
        return wanted.contains(kind);
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
                Set<EventKind> now = wanted;
                return now.isEmpty() ? work : tx -> told(tx, work, now);
            }
        };
    }

    private <T> T told(Transaction tx, Work<T> work, Set<EventKind> now) {
        Story story = new Story(tx, now, kept);
        T answer = work.run(new ToldTransaction(tx, story));
        List<SaleEvent> events = story.end();
        if (!events.isEmpty()) {
            tx.afterCommit(() -> tell(events));
        }
        return answer;
    }
}
