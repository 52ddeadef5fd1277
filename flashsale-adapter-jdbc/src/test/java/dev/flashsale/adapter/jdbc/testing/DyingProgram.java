package dev.flashsale.adapter.jdbc.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The connections of a program that is killed while it migrates, before or after one of the statements that change
 * Flashsale's tables: all of them are gone at once, and it says no more.
 */
public final class DyingProgram extends AbstractDataSource {

    private static final Pattern CHANGE =
            Pattern.compile("(?is)\\s*(/\\*.*?\\*/\\s*|--[^\n]*\n\\s*)*(create|alter|drop|insert|update)\\s.*");

    private final TestDatabase database;
    private final int last;
    private final boolean done;
    private final List<Connection> connections = new ArrayList<>();
    private int changes;
    private boolean dead;

    private DyingProgram(TestDatabase database, int last, boolean done) {
        this.database = database;
        this.last = last;
        this.done = done;
    }

    /** The first one is 1. */
    public static DyingProgram before(int change, TestDatabase database) {
        return new DyingProgram(database, change, false);
    }

    public static DyingProgram after(int change, TestDatabase database) {
        return new DyingProgram(database, change, true);
    }

    public boolean isDead() {
        return dead;
    }

    @Override
    public Connection getConnection() throws SQLException {
        mustLive();
        Connection connection = DriverManager.getConnection(
                database.url() + "?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                database.username(),
                database.password());
        connections.add(connection);
        return proxy(Connection.class, (method, arguments) -> {
            Object answer = invoke(method, connection, arguments);
            return method.getName().equals("createStatement") ? counted((Statement) answer) : answer;
        });
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private Statement counted(Statement statement) {
        return proxy(Statement.class, (method, arguments) -> {
            boolean mine = method.getName().startsWith("execute")
                    && arguments.length > 0
                    && arguments[0] instanceof String sql
                    && isChange(sql)
                    && ++changes == last;
            if (mine && !done) {
                die();
            }
            try {
                return invoke(method, statement, arguments);
            } finally {
                if (mine) {
                    die();
                }
            }
        });
    }

    private static boolean isChange(String sql) {
        return CHANGE.matcher(sql).matches() && !sql.contains("flashsale_schema_");
    }

    private void die() throws SQLException {
        dead = true;
        for (Connection connection : connections) {
            connection.abort(Runnable::run);
        }
        mustLive();
    }

    private void mustLive() throws SQLException {
        if (dead) {
            throw new SQLNonTransientConnectionException("killed", "08S01");
        }
    }

    private interface Call {
        @Nullable
        Object to(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (!method.getName().equals("close") && !method.getName().equals("isClosed")) {
                        mustLive();
                    }
                    return call.to(method, arguments == null ? new Object[0] : arguments);
                }));
    }

    private static @Nullable Object invoke(Method method, Object target, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
