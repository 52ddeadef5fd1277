package dev.flashsale.adapter.jdbc.hosts;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A new schema for a host, on the server that {@code FLASHSALE_TEST_DATABASE_URL} names ({@code jdbc:mysql://host:port/},
 * with {@code …_USERNAME}, by default root, and {@code …_PASSWORD}, by default empty).
 */
public record HostDatabase(String server, String name, String username, String password) implements AutoCloseable {

    /** The host's own table, for a host without migrations of its own. */
    public static final String BOOKING = "create table booking (id bigint not null auto_increment primary key,"
            + " hold_id binary(16) not null, note varchar(20) not null, key booking_of_hold (hold_id))";

    public static HostDatabase create() throws SQLException {
        String server = System.getenv("FLASHSALE_TEST_DATABASE_URL");
        if (server == null || server.isBlank()) {
            throw new IllegalStateException("FLASHSALE_TEST_DATABASE_URL must name a server: jdbc:mysql://host:port/");
        }
        HostDatabase database = new HostDatabase(
                server.endsWith("/") ? server : server + "/",
                "flashsale_host_" + Long.toHexString(ThreadLocalRandom.current().nextLong()),
                System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_USERNAME", "root"),
                System.getenv().getOrDefault("FLASHSALE_TEST_DATABASE_PASSWORD", ""));
        database.onServer("create database " + database.name);
        return database;
    }

    public String url() {
        return server + name;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), username, password);
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        try {
            onServer("drop database if exists " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void onServer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server, username, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
