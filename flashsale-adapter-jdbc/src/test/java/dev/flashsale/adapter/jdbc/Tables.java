package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What there is in a schema. */
record Tables(DataSource dataSource) {

    void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    List<String> names() {
        return column("show tables", 1);
    }

    /** The first column is 1. */
    List<String> column(String query, int column) {
        List<String> values = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(column));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(query, failed);
        }
        return values;
    }

    /** How each of ours would be made, columns, indexes and constraints, but for the history. */
    Map<String, String> definitions() {
        Map<String, String> definitions = new TreeMap<>();
        for (String table : names()) {
            if (table.startsWith("flashsale_") && !table.equals("flashsale_schema_history")) {
                String definition = column("show create table " + table, 2).getFirst();
                definitions.put(table, definition.replaceFirst(" AUTO_INCREMENT=\\d+", ""));
            }
        }
        return definitions;
    }

    /** The versions that the history has as made, in its order. */
    List<String> versions() {
        return column("select version from flashsale_schema_history where success = 1 order by installed_rank", 1);
    }
}
