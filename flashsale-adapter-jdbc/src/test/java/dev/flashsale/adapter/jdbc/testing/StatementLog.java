package dev.flashsale.adapter.jdbc.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Remembers the statements that go through a DataSource, with their parameters, so that they can be explained. */
public final class StatementLog extends DelegatingDataSource {

    private final List<Sent> sent = new ArrayList<>();

    public StatementLog(DataSource dataSource) {
        super(dataSource);
    }

    /** A statement as it was sent. */
    public record Sent(String sql, List<Parameter> parameters) {

        /** The same parameters for another statement, such as one that begins with {@code explain}. */
        public PreparedStatement prepare(Connection connection, String prefix) throws Exception {
            PreparedStatement statement = connection.prepareStatement(prefix + sql);
            for (Parameter parameter : parameters) {
                parameter.setOn(statement);
            }
            return statement;
        }
    }

    record Parameter(Method setter, @Nullable Object[] arguments) {
        void setOn(PreparedStatement statement) throws Exception {
            setter.invoke(statement, arguments);
        }
    }

    /** What the work sends. */
    public List<Sent> of(Runnable work) {
        sent.clear();
        work.run();
        return List.copyOf(sent);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            Object answer = invoke(method, connection, arguments);
            return answer instanceof PreparedStatement statement && arguments[0] instanceof String sql
                    ? logged(statement, sql)
                    : answer;
        });
    }

    private PreparedStatement logged(PreparedStatement statement, String sql) {
        List<Parameter> parameters = new ArrayList<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length >= 2) {
                parameters.add(new Parameter(method, arguments));
            } else if (method.getName().startsWith("execute")) {
                sent.add(new Sent(sql, List.copyOf(parameters)));
            }
            return invoke(method, statement, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object to(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.to(method, arguments == null ? new Object[0] : arguments)));
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
