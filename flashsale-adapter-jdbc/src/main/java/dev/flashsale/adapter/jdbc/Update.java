package dev.flashsale.adapter.jdbc;

import java.util.function.IntFunction;

/** A statement that writes. */
final class Update<T> extends Declaration<T> {

    private Update(
            String name,
            String indexes,
            IntFunction<? extends org.jooq.RowCountQuery> ofLength,
            Binding<T> binding,
            String end) {
        super(name, indexes, ofLength, binding, end);
    }

    private Update(Update<T> insert, String end) {
        super(insert.name, insert.indexes, insert.ofLength, insert.binding, end);
    }

    /** For a list. */
    static <T> Update<T> update(
            String name, String indexes, IntFunction<? extends org.jooq.RowCountQuery> ofLength, Binding<T> binding) {
        return new Update<>(name, indexes, ofLength, binding, "");
    }

    /** For one at a time. */
    static <T> Update<T> update(String name, String indexes, org.jooq.RowCountQuery ofOne, Each<T> binding) {
        return new Update<>(name, indexes, length -> ofOne, Binding.each(binding), "");
    }

    /**
     * The same insert, which changes what is there already. In words that MySQL and MariaDB understand; of jOOQ's, newer ones are
     * MySQL's alone.
     *
     * @param change of the row that is there, in which {@code values(column)} is what was to be inserted
     */
    Update<T> orChange(String change) {
        return new Update<>(this, " on duplicate key update " + change);
    }
}
