package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.EventListener;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what was committed to the host's context: {@code @EventListener void on(OrderPaid paid)} is told. After the commit,
 * on the thread that committed: {@code @Async} takes it off that.
 */
record ApplicationEvents(Set<EventKind> kinds, ApplicationEventPublisher publisher) implements EventListener {

    @Override
    public void committed(List<SaleEvent> events) {
        events.forEach(publisher::publishEvent);
    }
}
