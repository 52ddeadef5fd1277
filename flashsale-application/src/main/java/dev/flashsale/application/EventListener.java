package dev.flashsale.application;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Is told in this process what was committed, also in the caller's own transactions.
 *
 * <p>Called after the commit, on the thread that committed: of a buyer who led the batch, before its callers are answered, so
 * it must be fast and thread-safe. What it throws is logged and changes nothing. What two transactions did may be told the
 * other way round; {@link dev.flashsale.domain.event.EventStamp#sequences} has the order where events are kept. What a
 * process that dies has not told is not told again: whoever must miss nothing has the events kept, and reads the outbox.
 */
public interface EventListener {

    /** Listens to nothing. */
    EventListener NONE = new EventListener() {
        @Override
        public Set<EventKind> kinds() {
            return EnumSet.noneOf(EventKind.class);
        }

        @Override
        public void committed(List<SaleEvent> events) {}
    };

    /** Tells each of them what it listens to; one that fails keeps nothing from the others. */
    static EventListener all(List<? extends EventListener> listeners) {
        return switch (listeners.size()) {
            case 0 -> NONE;
            case 1 -> listeners.getFirst();
            default -> new EventListeners(listeners);
        };
    }

    /** What it is told; asked once, when the sale is wired. */
    default Set<EventKind> kinds() {
        return EnumSet.allOf(EventKind.class);
    }

    /**
     * A transaction is committed.
     *
     * @param events what it did, in its order; one at least, each of those kinds
     */
    void committed(List<SaleEvent> events);
}
