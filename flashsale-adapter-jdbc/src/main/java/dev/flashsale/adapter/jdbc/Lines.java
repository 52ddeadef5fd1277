package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;

/** How many lines there are of those holds, or orders of holds, that are of several products: seen in their first rows. */
final class Lines {

    private final Map<HoldId, Integer> counts = new TreeMap<>();

    /**
     * The id of the hold that a row is of.
     *
     * @param count as the row says
     */
    static HoldId whole(HoldId id, int count) {
        return count < 0 ? id.line(-count) : id;
    }

    /** The ids of the holds that those of these rows are of, or are of orders of, that are of several products. */
    static Set<HoldId> ofSeveral(Result<? extends Record> rows, Field<HoldId> id, Field<Byte> count) {
        Set<HoldId> ids = new TreeSet<>();
        for (Record row : rows) {
            if (row.get(count) != 1) {
                ids.add(whole(row.get(id), row.get(count)));
            }
        }
        return ids;
    }

    /** The first so many. */
    static <K, V> NavigableMap<K, V> first(int limit, NavigableMap<K, V> rows) {
        while (rows.size() > limit) {
            rows.pollLastEntry();
        }
        return rows;
    }

    /** @param count as the row says */
    void see(HoldId id, int count) {
        if (count > 1) {
            counts.put(id, count);
        }
    }

    /** Whether no row was the first of several: as with nearly all. */
    boolean none() {
        return counts.isEmpty();
    }

    /** Of the rows beside the first ones, in their order. */
    List<HoldId> furtherIds() {
        return counts.keySet().stream().flatMap(this::furtherIds).sorted().toList();
    }

    private Stream<HoldId> furtherIds(HoldId id) {
        return id.lines(counts.getOrDefault(id, 1) - 1).stream().skip(1);
    }

    /**
     * The rows put together, as of when the further ones were read. What has lost a line was removed meanwhile.
     *
     * @param holdId of a row
     * @param whole puts a first row and its further ones together
     */
    <K, V> AsOf<K, V> whole(
            AsOf<K, V> first, AsOf<HoldId, V> further, Function<V, HoldId> holdId, BiFunction<V, List<V>, V> whole) {
        Map<K, V> rows = new LinkedHashMap<>();
        first.rows().forEach((key, row) -> {
            Integer count = counts.get(holdId.apply(row));
            if (count == null) {
                rows.put(key, row);
                return;
            }
            List<V> found = furtherIds(holdId.apply(row))
                    .flatMap(id -> Stream.ofNullable(further.rows().get(id)))
                    .toList();
            if (found.size() == count - 1) {
                rows.put(key, whole.apply(row, found));
            }
        });
        return new AsOf<>(further.now(), rows);
    }
}
