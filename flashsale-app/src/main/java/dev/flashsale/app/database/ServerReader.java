package dev.flashsale.app.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server says of itself, in its own words: its variables as the session has them, and answers to questions. */
final class ServerReader {

    private final Connection connection;
    private final Map<String, String> variables;

    ServerReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.variables = pairs("show variables");
    }

    /** Empty where it has no such variable. */
    String value(String variable) {
        return variables.getOrDefault(variable, "");
    }

    boolean isOn(String variable) {
        return List.of("ON", "1").contains(value(variable));
    }

    long number(String variable) {
        String value = value(variable);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    String text(String sql) throws SQLException {
        List<String> column = column(sql);
        return column.isEmpty() ? "" : column.get(0);
    }

    List<String> column(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(Optional.ofNullable(rows.getString(1)).orElse(""));
            }
            return column;
        }
    }

    Map<String, String> pairs(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, String> pairs = new HashMap<>();
            while (rows.next()) {
                pairs.put(
                        rows.getString(1),
                        Optional.ofNullable(rows.getString(2)).orElse(""));
            }
            return pairs;
        }
    }
}
