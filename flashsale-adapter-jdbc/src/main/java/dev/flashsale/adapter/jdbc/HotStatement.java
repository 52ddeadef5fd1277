package dev.flashsale.adapter.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.conf.ParamType;

/**
 * A statement of the hot path for a list of rows or keys. jOOQ renders it once for each length of the list and never
 * again; JDBC binds its parameters and reads its rows, which costs a tenth of it.
 */
final class HotStatement {

    /** Longer lists are sent in several statements. */
    static final int MAX_LENGTH = 256;

    private final DSLContext dsl;
    private final IntFunction<? extends Query> ofLength;
    private final AtomicReferenceArray<String> rendered = new AtomicReferenceArray<>(MAX_LENGTH + 1);

    /** @param ofLength the statement for a list of that many; each parameter in it is bound, none is inlined by name */
    HotStatement(DSLContext dsl, IntFunction<? extends Query> ofLength) {
        this.dsl = dsl;
        this.ofLength = ofLength;
    }

    /** Sets the parameters of one of the statements, in the order in which they stand in it. */
    @FunctionalInterface
    interface Binding<T> {
        void bind(List<T> some, Parameters parameters) throws SQLException;
    }

    @FunctionalInterface
    interface Reading<R> {
        R read(Row row) throws SQLException;
    }

    /** Runs it for the whole list and says how many rows it changed. */
    <T> int update(List<T> all, Binding<T> binding) {
        return run(all, binding, PreparedStatement::executeUpdate);
    }

    /** Runs it for the whole list and answers the rows that it finds, in the statement's order. */
    <T, R> List<R> query(List<T> all, Binding<T> binding, Reading<R> reading) {
        List<R> found = new ArrayList<>(all.size());
        int unused = run(all, binding, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.read(new Row(rows)));
                }
            }
            return 0;
        });
        return found;
    }

    @FunctionalInterface
    private interface Execution {
        int of(PreparedStatement statement) throws SQLException;
    }

    private <T> int run(List<T> all, Binding<T> binding, Execution execution) {
        if (all.isEmpty()) {
            return 0;
        }
        return dsl.connectionResult(connection -> {
            int sum = 0;
            for (int from = 0; from < all.size(); from += MAX_LENGTH) {
                List<T> some = all.subList(from, Math.min(from + MAX_LENGTH, all.size()));
                try (PreparedStatement statement = connection.prepareStatement(sql(some.size()))) {
                    binding.bind(some, new Parameters(statement));
                    sum += execution.of(statement);
                }
            }
            return sum;
        });
    }

    private String sql(int length) {
        String known = rendered.get(length);
        if (known == null) {
            known = ofLength.apply(length).getSQL(ParamType.INDEXED);
            rendered.set(length, known);
        }
        return known;
    }
}
