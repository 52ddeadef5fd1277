package dev.flashsale.adapter.jdbc;

import java.util.function.IntFunction;

/** A statement that writes. */
final class Update<T> extends Declaration<T> {

    private Update(
            String name, String indexes, IntFunction<? extends org.jooq.RowCountQuery> ofLength, Binding<T> binding) {
        super(name, indexes, ofLength, binding, "");
    }

    /** For a list. */
    static <T> Update<T> update(
            String name, String indexes, IntFunction<? extends org.jooq.RowCountQuery> ofLength, Binding<T> binding) {
        return new Update<>(name, indexes, ofLength, binding);
    }

    /** For one at a time. */
    static <T> Update<T> update(String name, String indexes, org.jooq.RowCountQuery ofOne, Each<T> binding) {
        return new Update<>(name, indexes, length -> ofOne, Binding.each(binding));
    }
}
