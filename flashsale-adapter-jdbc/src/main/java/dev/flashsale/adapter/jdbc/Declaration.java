package dev.flashsale.adapter.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jooq.conf.ParamType;

/**
 * A statement, declared once, for a list of rows or keys. jOOQ renders it once for each length of the list and never again;
 * {@link Sql} sends it by JDBC, which costs a tenth of it.
 *
 * @param <T> what is bound for each row or key
 */
abstract sealed class Declaration<T> permits Query, Update {

    /** Instead of an index: an audit reads everything. */
    static final String SCAN = "everything";

    final String name;
    final String indexes;
    final IntFunction<? extends org.jooq.Query> ofLength;
    final Binding<T> binding;
    private final String end;
    private final AtomicReferenceArray<String> rendered = new AtomicReferenceArray<>(Sql.MAX_LENGTH + 1);

    /**
     * @param name for tests and whoever looks for it
     * @param indexes those that it reads by, between blanks
     * @param ofLength the statement for a list of that many; each parameter in it is bound, none is inlined by name
     * @param binding binds them, in the order in which they stand in the statement
     * @param end what jOOQ has no words for
     */
    Declaration(
            String name,
            String indexes,
            IntFunction<? extends org.jooq.Query> ofLength,
            Binding<T> binding,
            String end) {
        this.name = name;
        this.indexes = indexes;
        this.ofLength = ofLength;
        this.binding = binding;
        this.end = end;
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    interface Binding<T> {

        void bind(List<T> some, Parameters parameters) throws SQLException;

        /** One after the other. */
        static <T> Binding<T> each(Each<T> each) {
            return (some, parameters) -> {
                for (T one : some) {
                    each.bind(one, parameters);
                }
            };
        }

        /** What all have in common, which the first one says, and then one after the other. */
        static <T> Binding<T> common(Each<T> common, Each<T> each) {
            return (some, parameters) -> {
                common.bind(some.getFirst(), parameters);
                each(each).bind(some, parameters);
            };
        }
    }

    @FunctionalInterface
    interface Each<T> {
        void bind(T one, Parameters parameters) throws SQLException;
    }

    final void bind(List<T> some, Parameters parameters) throws SQLException {
        binding.bind(some, parameters);
    }

    final String sql(int length) {
        String known = rendered.get(length);
        if (known == null) {
            known = ofLength.apply(length).getSQL(ParamType.INDEXED) + end;
            rendered.set(length, known);
        }
        return known;
    }

    @Override
    public String toString() {
        return name;
    }
}
