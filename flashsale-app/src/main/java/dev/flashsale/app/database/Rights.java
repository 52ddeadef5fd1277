package dev.flashsale.app.database;

import dev.flashsale.app.database.Finding.Severity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the user may do with the tables, asked without doing it: EXPLAIN needs the rights of what it explains. */
record Rights(ServerReader server) {

    private static final Map<String, String> STATEMENTS = Map.of(
            "select", "select * from %1$s",
            "insert", "insert into %1$s (%2$s) values (%2$s)",
            "update", "update %1$s set %2$s = %2$s",
            "delete", "delete from %1$s");

    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    /** Of each table the first column is one that may be written. */
    Finding finding() throws SQLException {
        Map<String, String> tables = server.pairs("select table_name, column_name from information_schema.columns where"
                + " table_schema = database() and ordinal_position = 1 and table_name like 'flashsale\\_%'"
                + " and table_name <> 'flashsale_schema_history'");
        List<String> denied = new ArrayList<>();
        tables.forEach((table, column) -> STATEMENTS.forEach((right, statement) -> {
            if (isDenied("explain " + statement.formatted(table, column))) {
                denied.add(right + " on " + table);
            }
        }));
        return tables.isEmpty()
                ? Finding.ok("rights", "not told before migrate has run")
                : Finding.of(
                        "rights",
                        denied.isEmpty()
                                ? "to read and write " + tables.size() + " tables"
                                : "no " + String.join(", ", denied),
                        Severity.WARN,
                        denied.isEmpty(),
                        "grant select, insert, update, delete on all tables flashsale_…");
    }

    private boolean isDenied(String explain) {
        try {
            String unused = server.text(explain);
            return false;
        } catch (SQLException e) {
            return DENIED.contains(e.getErrorCode());
        }
    }
}
