package dev.flashsale.application.operator;

import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** Makes pages of rows that were read. */
final class Pages {

    private Pages() {}

    /** How many rows to read: one more than the page takes, so that it is known whether there is a next one. */
    static int rowsOf(PageSize size) {
        return size.value() + 1;
    }

    /** @param rows by where they stand, as many as {@link #rowsOf} says if there are so many */
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
