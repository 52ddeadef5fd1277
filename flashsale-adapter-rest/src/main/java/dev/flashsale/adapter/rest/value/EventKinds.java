package dev.flashsale.adapter.rest.value;

import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.domain.event.EventKind;
import java.util.List;
import java.util.Set;

/** Kinds of events as clients name them. */
public final class EventKinds {

    private EventKinds() {}

    /** One at least, or {@link Refused}. */
    public static Set<EventKind> of(String field, List<String> words) {
        if (words.isEmpty()) {
            throw Refused.invalid(field, field + " must name one kind at least; * is all.");
        }
        try {
            return EventKind.of(words);
        } catch (IllegalArgumentException unknown) {
            throw Refused.invalid(field, field + " has " + unknown.getMessage() + ".");
        }
    }
}
