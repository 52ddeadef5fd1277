package dev.flashsale.adapter.jdbc.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/** A user of the database server with the rights that a test gives it, gone when closed. */
public record TestUser(TestDatabase database, String name) implements AutoCloseable {

    private static final String PASSWORD = "secret";

    /** A user without any right. */
    public static TestUser in(TestDatabase database) {
        TestUser user = new TestUser(
                database, "user_" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        user.execute("create user '" + user.name + "'@'%' identified by '" + PASSWORD + "'");
        return user;
    }

    /** Gives it rights in the database's schema. */
    public TestUser with(String rights) {
        String schema = database.url().substring(database.url().lastIndexOf('/') + 1);
        execute("grant " + rights + " on " + schema + ".* to '" + name + "'@'%'");
        return this;
    }

    /** The database as this user reaches it. */
    public TestDatabase login() {
        return new TestDatabase(database.url(), name, PASSWORD);
    }

    @Override
    public void close() {
        execute("drop user '" + name + "'@'%'");
    }

    private void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
