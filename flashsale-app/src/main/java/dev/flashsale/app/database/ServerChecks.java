package dev.flashsale.app.database;

import static dev.flashsale.app.database.Finding.Severity.REFUSE;
import static dev.flashsale.app.database.Finding.Severity.WARN;

import dev.flashsale.adapter.jdbc.pool.WriterCheck;
import dev.flashsale.app.database.Finding.Severity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a database server must have, looked at through one connection. Changes nothing. */
public final class ServerChecks {

    /** The largest statement is one of 256 rows, each with an outcome that is kept for an Idempotency-Key. */
    private static final long LEAST_PACKET = 1 << 20;

    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);
    private static final Duration SLOW_ROUND_TRIP = Duration.ofMillis(5);
    private static final int ROUND_TRIPS = 20;
    private static final int LONG_SILENCE_SECONDS = 60;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private final Connection connection;
    private final ServerReader server;

    private ServerChecks(Connection connection) throws SQLException {
        this.connection = connection;
        this.server = new ServerReader(connection);
    }

    /** All of it, in the order in which people are told. */
    public static List<Finding> of(Connection connection) throws SQLException {
        ServerChecks checks = new ServerChecks(connection);
        List<Finding> all = new ArrayList<>();
        all.add(checks.version());
        all.add(checks.engine());
        all.add(checks.writer());
        checks.cluster().ifPresent(all::add);
        all.add(checks.binaryLog());
        all.add(checks.flush());
        checks.binaryLogFlush().ifPresent(all::add);
        all.add(Finding.ok("isolation", checks.isolation()));
        all.add(Finding.ok("time zone", checks.server.value("time_zone") + " in our sessions"));
        all.add(checks.packet());
        all.add(checks.lockTimeout());
        all.add(checks.silence());
        all.add(new Rights(checks.server).finding());
        all.add(checks.clock());
        all.add(checks.roundTrip());
        return all;
    }

    private Finding version() throws SQLException {
        String version = server.text("select version()");
        boolean mariaDb = version.toLowerCase(Locale.ROOT).contains("mariadb");
        Matcher matcher = VERSION.matcher(version);
        int number =
                matcher.matches() ? 1000 * Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2)) : 0;
        String advice = "use MySQL 8.4 or newer, or MariaDB 10.11 or newer";
        // Of before these two, neither has SKIP LOCKED.
        Severity severity = number < (mariaDb ? 10_006 : 8_000) ? REFUSE : WARN;
        return Finding.of("version", version, severity, number >= (mariaDb ? 10_011 : 8_004), advice);
    }

    private Finding engine() throws SQLException {
        String support = server.text("select support from information_schema.engines where engine = 'InnoDB'");
        String others = server.text(
                "select group_concat(table_name) from information_schema.tables where table_schema = database()"
                        + " and table_name like 'flashsale\\_%' and engine <> 'InnoDB'");
        return others.isEmpty()
                ? Finding.of(
                        "InnoDB",
                        support.isEmpty() ? "none" : support.toLowerCase(Locale.ROOT),
                        REFUSE,
                        List.of("YES", "DEFAULT").contains(support),
                        "enable InnoDB: other engines have no transactions")
                : new Finding("InnoDB", "not for " + others, REFUSE, "alter table … engine = InnoDB");
    }

    private Finding writer() throws SQLException {
        Optional<String> whyNot = WriterCheck.whyNot(connection);
        return Finding.of(
                "writer",
                whyNot.map(why -> "it " + why).orElse("takes changes"),
                REFUSE,
                whyNot.isEmpty(),
                "name the writer in the URL, or all that may become it: jdbc:mysql://a:3306,b:3306/database");
    }

    private Optional<Finding> cluster() throws SQLException {
        if (!server.value("group_replication_group_name").isEmpty()) {
            String consistency = server.value("group_replication_consistency");
            return Optional.of(Finding.ok(
                    "group replication",
                    server.value("group_replication_group_name") + ", consistency " + consistency));
        }
        if (!server.value("wsrep_on").equals("ON")) {
            return Optional.empty();
        }
        Map<String, String> status = server.pairs("show global status like 'wsrep\\_%'");
        return Optional.of(Finding.of(
                "Galera",
                status.getOrDefault("wsrep_cluster_size", "?") + " nodes, ready " + status.get("wsrep_ready"),
                REFUSE,
                "ON".equals(status.get("wsrep_ready")),
                "wait for the node to join its cluster, or use another"));
    }

    private Finding binaryLog() {
        if (!server.isOn("log_bin")) {
            return Finding.ok("binary log", "off");
        }
        String format = server.value("binlog_format");
        return Finding.of(
                "binary log",
                format.isEmpty() ? "on" : format,
                REFUSE,
                !format.equals("STATEMENT"),
                "set global binlog_format = 'ROW', and in the server's configuration: no write is possible at READ COMMITTED");
    }

    private Finding flush() {
        String flush = server.value("innodb_flush_log_at_trx_commit");
        return Finding.of(
                "innodb_flush_log_at_trx_commit",
                flush,
                WARN,
                flush.equals("1"),
                "set it to 1: what was acknowledged may be lost with the server's power");
    }

    private Optional<Finding> binaryLogFlush() {
        return server.isOn("log_bin")
                ? Optional.of(Finding.of(
                        "sync_binlog",
                        server.value("sync_binlog"),
                        WARN,
                        server.value("sync_binlog").equals("1"),
                        "set it to 1: what was acknowledged may be missing on the replicas after a loss of power"))
                : Optional.empty();
    }

    private String isolation() {
        String isolation = server.value("transaction_isolation");
        return (isolation.isEmpty() ? server.value("tx_isolation") : isolation)
                + " by default; ours are READ COMMITTED";
    }

    private Finding packet() {
        long bytes = server.number("max_allowed_packet");
        return Finding.of(
                "max_allowed_packet",
                Long.toString(bytes),
                REFUSE,
                bytes >= LEAST_PACKET,
                "set it to " + LEAST_PACKET + " or more: a full batch would not fit");
    }

    private Finding lockTimeout() {
        long seconds = server.number("innodb_lock_wait_timeout");
        return Finding.of(
                "innodb_lock_wait_timeout",
                seconds + " s in our sessions",
                WARN,
                seconds <= 5,
                "leave it out of the URL's sessionVariables: buyers wait that long");
    }

    /** MariaDB has one for transactions alone. */
    private Finding silence() {
        long transactions = server.number("idle_transaction_timeout");
        long seconds = transactions > 0 ? transactions : server.number("wait_timeout");
        return Finding.of(
                transactions > 0 ? "idle_transaction_timeout" : "wait_timeout",
                seconds + " s in our sessions",
                WARN,
                seconds <= LONG_SILENCE_SECONDS,
                "leave it out of the URL's sessionVariables: a program that dies may keep a product locked that long");
    }

    private Finding clock() throws SQLException {
        Instant before = Instant.now();
        Instant theirs;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select utc_timestamp(6)")) {
            boolean unused = row.next();
            theirs = row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
        Duration apart = Duration.between(
                before.plus(Duration.between(before, Instant.now()).dividedBy(2)), theirs);
        return Finding.of(
                "clock",
                apart.toMillis() + " ms after ours",
                WARN,
                apart.abs().compareTo(CLOCKS_APART) <= 0,
                "keep both in step (NTP): the age of webhooks is told by ours");
    }

    /** The shortest: the first ones are slow on this side. */
    private Finding roundTrip() throws SQLException {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < ROUND_TRIPS; i++) {
            long from = System.nanoTime();
            String unused = server.text("select 1");
            shortest = Math.min(shortest, System.nanoTime() - from);
        }
        return Finding.of(
                "round trip",
                "%.2f ms".formatted(shortest / 1e6),
                WARN,
                shortest <= SLOW_ROUND_TRIP.toNanos(),
                "run it nearer to the database: a batch is four of them");
    }
}
