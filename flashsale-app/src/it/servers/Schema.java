import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A schema of its own on the server of {@code FLASHSALE_TEST_DATABASE_URL}. */
record Schema(String name, String server, String username, String password) {

    interface Work {
        boolean in(Schema schema, Statement statement) throws Exception;
    }

    /** Makes one and drops it afterwards. */
    static boolean create(String purpose, Work work) throws Exception {
        Schema schema = new Schema(
                "flashsale_" + purpose + "_" + Long.toHexString(System.nanoTime()),
                System.getenv("FLASHSALE_TEST_DATABASE_URL"),
                System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_USERNAME", "root"),
                System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_PASSWORD", ""));
        try (Connection root = DriverManager.getConnection(schema.server, schema.username, schema.password);
                Statement statement = root.createStatement()) {
            execute(statement, "create database " + schema.name);
            try {
                return work.in(schema, statement);
            } finally {
                execute(statement, "drop database " + schema.name);
            }
        }
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        boolean unused = statement.execute(sql);
    }

    /** With which a command reaches it. */
    List<String> flags() {
        return List.of(
                "--database-url=" + server + name + "?allowPublicKeyRetrieval=true",
                "--database-username=" + username,
                "--database-password=" + password);
    }
}
