package dev.flashsale.application;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Several, one after the other. */
final class EventListeners implements EventListener {

    private final List<Told> all;

    EventListeners(List<? extends EventListener> listeners) {
        all = listeners.stream()
                .map(listener -> new Told(listener, Set.copyOf(listener.kinds())))
                .toList();
    }

    /** A listener, and what it listens to. */
    private record Told(EventListener listener, Set<EventKind> kinds) {}

    @Override
    public Set<EventKind> kinds() {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        all.forEach(told -> kinds.addAll(told.kinds()));
        return kinds;
    }

    @Override
    public void committed(List<SaleEvent> events) {
        SaleListeners.tell(all, told -> {
            List<SaleEvent> some = events.stream()
                    .filter(event -> told.kinds().contains(event.kind()))
                    .toList();
            if (!some.isEmpty()) {
                told.listener().committed(some);
            }
        });
    }
}
