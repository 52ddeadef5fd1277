import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A rollout, from its first server to its last: the old version sells, the new one comes and changes the tables under it, both sell
 * the same two products, a large one and one that sells out, each buyer going from one server to the other between his steps, and
 * then the old one is stopped. Fails unless everything that was acknowledged is there, nothing else is, no server answered 5xx
 * and the new one's audit finds nothing. Arguments: a folder for logs, the old jar, the new one, and flags for the new
 * server, if any.
 */
final class Rollout {

    private static final int BUYERS = 32;
    private static final int LARGE = 1_000_000;
    private static final int SMALL = 200;
    private static final Duration ALONE = Duration.ofSeconds(5);
    private static final Duration TOGETHER = Duration.ofSeconds(Integer.getInteger("rollout.seconds", 30));

    private final Buyers buyers = new Buyers(Duration.ZERO);

    public static void main(String[] arguments) throws Exception {
        boolean ok = Schema.create(
                "rollout",
                (schema, statement) -> new Rollout()
                        .run(Path.of(arguments[0]), arguments, schema, new Tables(statement, schema.name())));
        if (!ok) {
            System.exit(1);
        }
    }

    private record Tables(Statement statement, String schema) {

        int version() throws SQLException {
            try (var rows = statement.executeQuery("select max(cast(version as signed)) from " + schema
                    + ".flashsale_schema_history where success = 1")) {
                rows.next();
                return rows.getInt(1);
            }
        }

        /** As a version would that forgets a piece: all of this must fail then. */
        void oversell(String product) throws SQLException {
            int unused = statement.executeUpdate("update " + schema
                    + ".flashsale_stock set available = available + 1 where product_id = " + product);
        }
    }

    private boolean run(Path folder, String[] arguments, Schema schema, Tables tables) throws Exception {
        List<String> database = schema.flags();
        String oldJar = arguments[1];
        String newJar = arguments[2];
        List<String> ofTheNew =
                Stream.concat(database.stream(), Stream.of(arguments).skip(3)).toList();
        try (Program before = Program.serve(folder, "old", oldJar, database)) {
            Buyers.Server old = before.server("old");
            String large = buyers.put(old, LARGE);
            String small = buyers.put(old, SMALL);
            int from = tables.version();
            buyers.open.add(old);
            buyers.come(BUYERS, large, small);
            Thread.sleep(ALONE);
            int alone = buyers.holds.size();
            long came = System.nanoTime();
            try (Program after = Program.serve(folder, "new", newJar, ofTheNew)) {
                Buyers.Server renewed = after.server("new");
                buyers.open.add(renewed);
                int meanwhile = buyers.holds.size();
                long startSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - came);
                System.out.printf("tables of version %d became %d while the old one sold%n", from, tables.version());
                if (Boolean.getBoolean("rollout.canary")) {
                    tables.oversell(small);
                }
                Thread.sleep(TOGETHER);
                int together = buyers.holds.size();
                buyers.open.remove(old);
                before.close();
                Thread.sleep(ALONE);
                buyers.leave();
                System.out.printf(
                        "holds: %d by the old one alone in %d s, %d while the new one came in %d s, %d by both in %d s,"
                                + " %d by the new one alone in %d s%n",
                        alone,
                        ALONE.toSeconds(),
                        meanwhile - alone,
                        startSeconds,
                        together - meanwhile,
                        TOGETHER.toSeconds(),
                        buyers.holds.size() - together,
                        ALONE.toSeconds());
                buyers.check(renewed, large, LARGE);
                buyers.check(renewed, small, SMALL);
                buyers.lookUp(renewed);
            }
        } finally {
            buyers.leave();
        }
        int audit = Program.run(folder, "audit", newJar, "audit", database);
        int again = Program.run(folder, "old-again", oldJar, "migrate", database);
        System.out.println("the old one, started again: exit " + again + ", see old-again.log");
        return buyers.tell(audit);
    }
}
