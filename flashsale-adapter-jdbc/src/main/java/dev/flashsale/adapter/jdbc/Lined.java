package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.Sql.At;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * How lines are put together to what they are of.
 *
 * <p>A statement for what has lines finds them by the first column of a key. A locking read of that kind locks the gap behind
 * the lines at REPEATABLE READ, even the end of the table, where all that is new goes; there it is done by whole keys.
 *
 * @param <K> what the lines of one have in common
 * @param whole puts all lines of one, in their order, together
 */
record Lined<K extends Comparable<K>, L, V>(
        Function<L, K> key, ToIntFunction<L> number, ToIntFunction<L> count, Function<List<L>, V> whole) {

    /** A line's whole key. */
    record Line<K>(K of, int number) {}

    /** All lines of one that has so many. */
    static <K> List<Line<K>> all(K of, int count) {
        List<Line<K>> lines = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            lines.add(new Line<>(of, number));
        }
        return lines;
    }

    Line<K> keyOf(L line) {
        return new Line<>(key.apply(line), number.applyAsInt(line));
    }

    /**
     * What these lines are; what lacks one is left out.
     *
     * @param lines those of one beside one another, in their order
     */
    Map<K, V> wholes(List<L> lines) {
        Map<K, V> wholes = LinkedHashMap.newLinkedHashMap(lines.size());
        for (int from = 0; from < lines.size(); ) {
            K one = key.apply(lines.get(from));
            int to = from + 1;
            while (to < lines.size() && key.apply(lines.get(to)).equals(one)) {
                to++;
            }
            if (to - from == count.applyAsInt(lines.get(from))) {
                wholes.put(one, whole.apply(lines.subList(from, to)));
            }
            from = to;
        }
        return wholes;
    }

    /**
     * What each of these lines is of, whole. One whose others were removed meanwhile, or are missing, stays by itself.
     *
     * @param find what these are
     */
    Function<L, V> wholeOf(Collection<L> lines, Function<Set<K>, Map<K, V>> find) {
        Set<K> ofSeveral = lines.stream()
                .filter(line -> count.applyAsInt(line) > 1)
                .map(key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<K, V> wholes = ofSeveral.isEmpty() ? Map.of() : find.apply(ofSeveral);
        return line -> {
            V found = wholes.get(key.apply(line));
            return found == null ? whole.apply(List.of(line)) : found;
        };
    }

    /**
     * Reads lines by their whole keys, first the first ones and then those that are beside them, as their statements' order
     * has them put together.
     *
     * @param query for lines of one number
     */
    List<At<L>> byNumber(Sql sql, Query<Line<K>, At<L>> query, Collection<K> keys) {
        List<At<L>> all = new ArrayList<>();
        List<K> more = keys.stream().sorted().toList();
        for (int number = 1; !more.isEmpty(); number++) {
            int last = number;
            List<At<L>> found = sql.query(
                    query, more.stream().map(id -> new Line<>(id, last)).toList());
            all.addAll(found);
            more = found.stream()
                    .map(At::value)
                    .filter(line -> count.applyAsInt(line) > last)
                    .map(key)
                    .toList();
        }
        all.sort(Comparator.comparing((At<L> line) -> key.apply(line.value()))
                .thenComparingInt(line -> number.applyAsInt(line.value())));
        return all;
    }

    /** Runs a statement for lines of one number, for each of the numbers. */
    static <T> void update(Sql sql, Update<T> update, Collection<T> lines, Function<T, Object> alike) {
        lines.stream()
                .collect(Collectors.groupingBy(alike))
                .values()
                .forEach(some -> Sql.requireAll(some, sql.update(update, some)));
    }
}
