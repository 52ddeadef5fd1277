package dev.flashsale.app.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * On what is measured.
 *
 * @param variables of the database, those that decide what a commit costs and promises
 */
record Surroundings(String version, Map<String, String> variables, int cores, String jvm, long maxHeapMegabytes) {

    static Surroundings of(DataSource database) throws SQLException {
        Map<String, String> variables = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "show global variables where variable_name in ('innodb_flush_log_at_trx_commit', 'sync_binlog',"
                                + " 'log_bin', 'innodb_buffer_pool_size', 'innodb_flush_method', 'innodb_doublewrite',"
                                + " 'version', 'version_comment')")) {
            while (rows.next()) {
                String unused = variables.put(rows.getString(1), rows.getString(2));
            }
        }
        String version = Objects.requireNonNull(variables.remove("version"));
        String product = version.contains("MariaDB") ? "MariaDB" : "MySQL";
        version = product + " " + version.replaceFirst("-MariaDB.*", "") + " " + variables.remove("version_comment");
        return new Surroundings(
                version,
                Map.copyOf(variables),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Whether a commit that was acknowledged can be lost with the machine's power. */
    boolean relaxed() {
        boolean logged = "ON".equals(variables.get("log_bin"));
        return !"1".equals(variables.get("innodb_flush_log_at_trx_commit"))
                || "OFF".equals(variables.get("innodb_doublewrite"))
                || (logged && !"1".equals(variables.get("sync_binlog")));
    }

    String line() {
        return version + ": " + new TreeMap<>(variables) + "; " + cores + " cores for this JVM, " + jvm
                + ", heap up to " + maxHeapMegabytes + " MB";
    }
}
