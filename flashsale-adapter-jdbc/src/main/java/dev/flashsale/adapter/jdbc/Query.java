package dev.flashsale.adapter.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jooq.Select;

/**
 * A statement that reads.
 *
 * @param <R> what a row says
 */
final class Query<T, R> extends Declaration<T> {

    private final Reading<R> reading;

    private Query(
            String name,
            String indexes,
            IntFunction<? extends org.jooq.Query> ofLength,
            Binding<T> binding,
            Reading<R> reading,
            String end) {
        super(name, indexes, ofLength, binding, end);
        this.reading = reading;
    }

    /** For a list. */
    static <T, R> Query<T, R> query(
            String name,
            String indexes,
            IntFunction<? extends Select<?>> ofLength,
            Binding<T> binding,
            Reading<R> reading) {
        return new Query<>(name, indexes, ofLength, binding, reading, "");
    }

    /** For one at a time. */
    static <T, R> Query<T, R> query(String name, String indexes, Select<?> ofOne, Each<T> binding, Reading<R> reading) {
        return new Query<>(name, indexes, length -> ofOne, Binding.each(binding), reading, "");
    }

    /**
     * The same read of what is committed now, whatever the transaction's isolation: others may read it, and not change it.
     * In words that MySQL and MariaDB understand; what jOOQ has for it is not.
     */
    Query<T, R> shared() {
        return with(".shared", " lock in share mode");
    }

    /** The same, locking what it finds. */
    Query<T, R> locked() {
        return with(".locked", " for update");
    }

    /** The same, locking what it finds; fails if somebody else has some of it. */
    Query<T, R> atOnce() {
        return with(".atOnce", " for update nowait");
    }

    /** The same, locking what it finds and passing over what somebody else has. */
    Query<T, R> skipLocked() {
        return with(".free", " for update skip locked");
    }

    private Query<T, R> with(String suffix, String ending) {
        return new Query<>(name + suffix, indexes, ofLength, binding, reading, ending);
    }

    @FunctionalInterface
    interface Reading<R> {
        R read(Row row) throws SQLException;
    }

    /** Nothing for a row that is not as it must be, so that it harms none of those that are locked with it. */
    static <R> Reading<Optional<R>> ifReadable(Reading<R> reading) {
        return row -> {
            try {
                return Optional.of(reading.read(row));
            } catch (RuntimeException wrong) {
                return Optional.empty();
            }
        };
    }

    R read(Row row) throws SQLException {
        return reading.read(row);
    }
}
