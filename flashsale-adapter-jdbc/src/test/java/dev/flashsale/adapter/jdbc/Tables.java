package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
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

    /** How each of ours would be made, columns, indexes and constraints, but for what tells how the schema was made. */
    Map<String, String> definitions() {
        Map<String, String> definitions = new TreeMap<>();
        for (String table : names()) {
            if (table.startsWith("flashsale_") && !table.startsWith("flashsale_schema_")) {
                String definition = column("show create table " + table, 2).getFirst();
                definitions.put(table, definition.replaceFirst(" AUTO_INCREMENT=\\d+", ""));
            }
        }
        return definitions;
    }

    /** The rows of a query, in no order. */
    List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                List<Object> values = new ArrayList<>();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    Object value = row.getObject(column);
                    values.add(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
                }
                rows.add(values.toString());
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(query, failed);
        }
        rows.sort(null);
        return rows;
    }

    /** Makes this schema the same as another one on the server, but for tables of both that no script names. */
    void become(Tables other, String script) {
        String here = column("select database()", 1).getFirst();
        String there = other.column("select database()", 1).getFirst();
        List<String> wanted = other.names();
        List<String> dropped = names().stream()
                .filter(table ->
                        !wanted.contains(table) || script.contains(table) || table.startsWith("flashsale_schema_"))
                .toList();
        if (!dropped.isEmpty()) {
            execute("drop table " + String.join(", ", dropped));
        }
        wanted.removeAll(names());
        for (String table : wanted) {
            execute(other.column("show create table " + table, 2).getFirst());
            execute("insert into " + here + "." + table + " select * from " + there + "." + table);
        }
    }

    /** The versions that the history has as made, in its order. */
    List<String> versions() {
        return column("select version from flashsale_schema_history where success = 1 order by installed_rank", 1);
    }
}
