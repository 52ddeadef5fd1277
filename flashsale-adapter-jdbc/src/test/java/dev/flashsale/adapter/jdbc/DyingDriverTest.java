package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.Trouble;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A connection dies, and its driver says so in a way that its pool does not understand. */
@Timeout(60)
class DyingDriverTest {

    enum Death {
        NULL_POINTER_IN_PREPARE("prepareStatement", new NullPointerException("the session is null")),
        NULL_POINTER_IN_UPDATE("executeUpdate", new NullPointerException("the session is null")),
        NULL_POINTER_IN_QUERY("executeQuery", new NullPointerException("the session is null")),
        NULL_POINTER_IN_CLOSE("close", new NullPointerException("the session is null")),
        NULL_POINTER_IN_COMMIT("commit", new NullPointerException("the session is null")),
        RESET_WITHOUT_STATE("executeUpdate", new SQLException("Connection reset")),
        FAILED_OVER_TO_A_READER("executeUpdate", new SQLException("Connection is read-only. No changes", "S1009"));

        private final String method;
        private final Exception failure;

        Death(String method, Exception failure) {
            this.method = method;
            this.failure = failure;
        }

        Trouble trouble() {
            return this == FAILED_OVER_TO_A_READER ? Trouble.NOT_WRITER : Trouble.CONNECTION_LOST;
        }
    }

    private final ProductId product = Examples.newProductId();
    private final HikariDataSource pool = TestDatabase.get().newPool(1);
    private final AtomicInteger deaths = new AtomicInteger();
    private @Nullable Death death;
    private final Flashsale flashsale = Flashsale.on(
            JdbcPorts.on(new DyingConnections()), Settings.defaults().withoutMemory());

    @BeforeEach
    void stockOfTen() {
        assertThat(flashsale.products().put(Examples.product(product), 10)).isNotNull();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void isTriedAgainOnAnotherConnection(Death how) {
        String before = connection();
        die(how, 1);

        assertThat(flashsale.holds().place(request())).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(deaths).as("deaths to come").hasValue(0);
        assertThat(connection()).as("the connection").isNotEqualTo(before);
        assertThat(available()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void isBusyInTheEndAndTheNextIsServed(Death how) {
        HoldRequest request = request();
        die(how, 3);

        assertThat(catchThrowable(() -> flashsale.holds().place(request)))
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.trouble()).isEqualTo(how.trouble()));

        assertThat(deaths).as("deaths to come").hasValue(0);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).isEqualTo(7);
    }

    @Test
    void aReadIsTriedAgainOnAnotherConnection() {
        String before = connection();
        die(Death.NULL_POINTER_IN_QUERY, 1);

        assertThat(available()).isEqualTo(10);

        assertThat(deaths).as("deaths to come").hasValue(0);
        assertThat(connection()).as("the connection").isNotEqualTo(before);
    }

    private void die(Death how, int times) {
        death = how;
        deaths.set(times);
    }

    private HoldRequest request() {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(3));
    }

    private int available() {
        return flashsale.products().view(product).orElseThrow().stock().available();
    }

    private String connection() {
        return new Tables(pool).column("select connection_id()", 1).getFirst();
    }

    private final class DyingConnections extends DelegatingDataSource {

        DyingConnections() {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return dying(Connection.class, super.getConnection());
        }

        private <T> T dying(Class<T> type, T target) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        dieIn(method);
                        Object answer;
                        try {
                            answer = method.invoke(target, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getTargetException();
                        }
                        return answer instanceof PreparedStatement statement
                                ? dying(PreparedStatement.class, statement)
                                : answer;
                    }));
        }

        private void dieIn(Method method) throws Exception {
            Death how = death;
            if (how != null
                    && method.getName().equals(how.method)
                    && (!method.getName().equals("close") || method.getDeclaringClass() != Connection.class)
                    && deaths.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw how.failure;
            }
        }
    }
}
