package dev.flashsale.app.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A table of the numbers from 0 to {@value #COUNT}, exclusive, to make many rows of on the server. */
final class SomeNumbers {

    static final int COUNT = 100_000;

    private static final String DIGIT = "(select 0 as d union all select 1 union all select 2 union all select 3"
            + " union all select 4 union all select 5 union all select 6 union all select 7 union all select 8"
            + " union all select 9)";

    private SomeNumbers() {}

    /** @param schema with auto-commit off */
    static void in(DataSource schema) throws SQLException {
        try (Connection connection = schema.getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("create table flashsale_bench_number (n int not null primary key)");
            requireRows(
                    COUNT,
                    statement.executeUpdate("insert into flashsale_bench_number"
                            + " select a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d from " + DIGIT + " a, "
                            + DIGIT + " b, " + DIGIT + " c, " + DIGIT + " d, " + DIGIT + " e"));
            connection.commit();
        }
    }

    /** What is measured beside rows that were not made says nothing. */
    static void requireRows(long wanted, int made) {
        if (made != wanted) {
            throw new IllegalStateException(made + " rows were made to measure beside instead of " + wanted);
        }
    }
}
