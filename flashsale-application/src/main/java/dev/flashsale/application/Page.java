package dev.flashsale.application;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A page of a list. What comes or goes meanwhile may be seen or not; what stays is seen once.
 *
 * @param next where the next page begins; empty if this is the last
 */
public record Page<T, P>(List<T> items, Optional<P> next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page.
     *
     * @param rows by where they stand, one more than the page takes, if there are so many: that is how it is known to have a next one
     */
    static <T, P> Page<T, P> of(SortedMap<P, T> rows, PageSize size) {
        List<Map.Entry<P, T>> entries = List.copyOf(rows.entrySet());
        Page<Map.Entry<P, T>, P> page = of(entries, size, Map.Entry::getKey);
        return new Page<>(page.items().stream().map(Map.Entry::getValue).toList(), page.next());
    }

    /** As {@link #of(SortedMap, PageSize)}, of rows that say where they stand. */
    static <T, P> Page<T, P> of(List<T> rows, PageSize size, Function<T, P> position) {
        return rows.size() <= size.value()
                ? new Page<>(rows, Optional.empty())
                : new Page<>(rows.subList(0, size.value()), Optional.of(position.apply(rows.get(size.value() - 1))));
    }
}
