package dev.flashsale.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a list, as far as a port looked at it. A row that cannot be read is named and hides none of the others, and a
 * part that has fewer rows than were asked for is no sign of the end.
 *
 * @param now the database's time
 * @param rows what was found, in the order of the list, by where it stands
 * @param unreadable where something stands that is not as it must be, and what is wrong with it
 * @param next the last place that was looked at, where the next part begins; empty if there is nothing behind it
 */
public record Slice<K, V>(Instant now, Map<K, V> rows, Map<K, RuntimeException> unreadable, Optional<K> next) {

    public Slice {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        unreadable = Collections.unmodifiableMap(new LinkedHashMap<>(unreadable));
    }
}
