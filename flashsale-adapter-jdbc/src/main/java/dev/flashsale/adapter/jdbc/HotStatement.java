package dev.flashsale.adapter.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jooq.Query;
import org.jooq.conf.ParamType;

/**
 * A statement of the hot path for a list of rows or keys. jOOQ renders it once for each length of the list and never
 * again; {@link Sql} sends it by JDBC, which costs a tenth of it.
 */
final class HotStatement {

    /** Understood by MySQL and MariaDB; what jOOQ has for it is not. */
    private static final String SHARED = " lock in share mode";

    private final IntFunction<? extends Query> ofLength;
    private final String end;
    private final AtomicReferenceArray<String> rendered = new AtomicReferenceArray<>(Sql.MAX_LENGTH + 1);

    /** @param ofLength the statement for a list of that many; each parameter in it is bound, none is inlined by name */
    HotStatement(IntFunction<? extends Query> ofLength) {
        this(ofLength, "");
    }

    private HotStatement(IntFunction<? extends Query> ofLength, String end) {
        this.ofLength = ofLength;
        this.end = end;
    }

    /** The same read of what is committed now, whatever the transaction's isolation: others may read it, and not change it. */
    HotStatement shared() {
        return new HotStatement(ofLength, SHARED);
    }

    /** The same, locking what it finds; fails if somebody else has some of it. */
    HotStatement atOnce() {
        return new HotStatement(ofLength, " for update nowait");
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

    String sql(int length) {
        String known = rendered.get(length);
        if (known == null) {
            known = ofLength.apply(length).getSQL(ParamType.INDEXED) + end;
            rendered.set(length, known);
        }
        return known;
    }
}
