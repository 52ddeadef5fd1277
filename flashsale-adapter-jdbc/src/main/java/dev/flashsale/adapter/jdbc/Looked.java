package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.Slice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list, read by itself, so that one that is not as it must be hides none of the others.
 *
 * @param where it stands
 * @param unreadable what is wrong with it; null if nothing is
 */
record Looked<K, R>(K where, @Nullable At<R> row, @Nullable RuntimeException unreadable) {

    /** @param where reads first where a row stands, and then {@code row} from its first column again */
    static <K, R> Query.Reading<Looked<K, R>> at(Query.Reading<K> where, Query.Reading<At<R>> row) {
        return columns -> {
            K key = where.read(columns.again());
            try {
                return new Looked<>(key, row.read(columns.again()), null);
            } catch (RuntimeException wrong) {
                return new Looked<>(key, null, wrong);
            }
        };
    }

    /** Of these, of which one more was looked for than are wanted. */
    static <K, R> Slice<K, R> slice(Sql sql, List<Looked<K, R>> found, int limit) {
        Map<K, R> rows = new LinkedHashMap<>();
        Map<K, RuntimeException> unreadable = new LinkedHashMap<>();
        Instant latest = Instant.MIN;
        List<Looked<K, R>> shown = found.subList(0, Math.min(limit, found.size()));
        for (Looked<K, R> looked : shown) {
            At<R> row = looked.row();
            if (row == null) {
                unreadable.put(looked.where(), Objects.requireNonNull(looked.unreadable()));
            } else {
                rows.put(looked.where(), row.value());
                latest = row.time().isAfter(latest) ? row.time() : latest;
            }
        }
        return new Slice<>(
                rows.isEmpty() ? sql.time() : latest,
                rows,
                unreadable,
                found.size() > limit ? Optional.of(shown.getLast().where()) : Optional.empty());
    }

    /**
     * What each of these lines is of, whole.
     *
     * @param find what these are
     */
    static <K, I extends Comparable<I>, L, V> Slice<K, V> wholes(
            Slice<K, L> lines, Lined<I, L, V> lined, Function<Set<I>, Map<I, V>> find) {
        Map<K, V> rows = new LinkedHashMap<>();
        Map<K, RuntimeException> unreadable = new LinkedHashMap<>(lines.unreadable());
        try {
            Function<L, V> whole = lined.wholeOf(lines.rows().values(), find);
            lines.rows().forEach((where, line) -> rows.put(where, whole.apply(line)));
        } catch (SqlFailure ofDatabase) {
            throw ofDatabase;
        } catch (RuntimeException ofOne) {
            rows.clear();
            lines.rows().forEach((where, line) -> {
                try {
                    rows.put(where, lined.wholeOf(List.of(line), find).apply(line));
                } catch (SqlFailure ofDatabase) {
                    throw ofDatabase;
                } catch (RuntimeException wrong) {
                    unreadable.put(where, wrong);
                }
            });
        }
        return new Slice<>(lines.now(), rows, unreadable, lines.next());
    }

    /**
     * Those that exist among these: all at once, or each by itself if one cannot be read.
     *
     * @param find what these are
     */
    static <K, V> Slice<K, V> each(Sql sql, Set<K> ids, Function<Set<K>, Map<K, V>> find) {
        Map<K, V> rows = new LinkedHashMap<>();
        Map<K, RuntimeException> unreadable = new LinkedHashMap<>();
        try {
            rows.putAll(find.apply(ids));
        } catch (SqlFailure ofDatabase) {
            throw ofDatabase;
        } catch (RuntimeException ofOne) {
            for (K id : ids) {
                try {
                    rows.putAll(find.apply(Set.of(id)));
                } catch (SqlFailure ofDatabase) {
                    throw ofDatabase;
                } catch (RuntimeException wrong) {
                    unreadable.put(id, wrong);
                }
            }
        }
        return new Slice<>(sql.time(), rows, unreadable, Optional.empty());
    }

    /** One more than are wanted, so that it is known whether there is one. */
    static int more(int limit) {
        return limit == Integer.MAX_VALUE ? limit : limit + 1;
    }
}
