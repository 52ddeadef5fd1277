package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A DataSource that takes part in a container's transactions, as those of Quarkus, WildFly or Liberty do. */
@Timeout(120)
class EnlistedConnectionsTest {

    private final ProductId product = Examples.newProductId();
    private final HikariDataSource pool = pool(true);
    private final Container container = new Container(pool);
    private final Flashsale flashsale =
            Flashsale.on(JdbcPorts.on(container), Settings.defaults().withoutMemory());

    private static HikariDataSource pool(boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.get().url() + "?allowPublicKeyRetrieval=true");
        config.setUsername(TestDatabase.get().username());
        config.setPassword(TestDatabase.get().password());
        config.setMaximumPoolSize(20);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @BeforeEach
    void stock() {
        assertThat(Flashsale.on(JdbcPorts.on(pool), Settings.defaults())
                        .products()
                        .put(Examples.product(product), 1_000))
                .isNotNull();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** What the thread has is one connection, which the container alone commits or rolls back, and which JDBC says refuses. */
    private static final class Container extends DelegatingDataSource {

        private final ThreadLocal<Connection> enlisted = new ThreadLocal<>();

        Container(HikariDataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = enlisted.get();
            return connection == null ? super.getConnection() : lent(connection);
        }

        void inTransaction(Runnable work) throws SQLException {
            try (Connection connection = super.getConnection()) {
                connection.setAutoCommit(false);
                enlisted.set(connection);
                work.run();
                connection.commit();
            } finally {
                enlisted.remove();
            }
        }

        private static Connection lent(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, given) -> {
                        switch (called.getName()) {
                            case "commit", "rollback", "setAutoCommit" ->
                                throw new SQLException(called.getName() + " while taking part in a transaction");
                            case "close" -> {
                                return null;
                            }
                            default -> {
                                try {
                                    return called.invoke(connection, given);
                                } catch (InvocationTargetException thrown) {
                                    throw thrown.getCause();
                                }
                            }
                        }
                    });
        }
    }

    private HoldRequest request() {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(1));
    }

    /** The very first call may be in one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsWrittenInATransactionThatOnlyTheContainerMayEnd(boolean afterACallOutside) throws Exception {
        if (afterACallOutside) {
            assertThat(flashsale.holds().place(request())).isInstanceOf(HoldOutcome.Placed.class);
        }
        HoldRequest request = request();

        container.inTransaction(() -> assertThatThrownBy(() -> flashsale.holds().place(request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("JTA")
                .hasMessageContaining("takes part in none"));

        assertThat(flashsale.holds().view(request.holdId())).isEmpty();
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void nothingIsReadInOne() throws Exception {
        container.inTransaction(
                () -> assertThatThrownBy(() -> flashsale.products().view(product))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("JTA"));

        assertThat(flashsale.products().view(product)).isPresent();
    }

    /** Strangers share a batch with whoever leads it, and may have to ask again; what they are told is true. */
    @Test
    void whatOthersAreToldMeanwhileIsTrue() throws Exception {
        AtomicInteger placed = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Callable<Object>> all = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            boolean enlisted = number % 2 == 0;
            Runnable ask = () -> {
                try {
                    if (flashsale.holds().place(request()) instanceof HoldOutcome.Placed) {
                        placed.incrementAndGet();
                    }
                } catch (IllegalStateException told) {
                    refused.incrementAndGet();
                }
            };
            all.add(Executors.callable(() -> {
                for (int time = 0; time < 20; time++) {
                    try {
                        if (enlisted) {
                            container.inTransaction(ask);
                        } else {
                            ask.run();
                        }
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                }
            }));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
            for (Future<Object> done : threads.invokeAll(all)) {
                done.get();
            }
        }

        assertThat(refused).hasPositiveValue();
        assertThat(flashsale.products().view(product).orElseThrow().stock().available())
                .isEqualTo(1_000 - placed.get());
    }

    /** What a pool has anyway is no sign, and is asked about once. */
    @Test
    void aPoolWithoutAutoCommitIsAskedOnce() throws Exception {
        AtomicInteger rollbacks = new AtomicInteger();
        try (HikariDataSource without = pool(false)) {
            Flashsale there = Flashsale.on(
                    JdbcPorts.on(new DelegatingDataSource(without) {
                        @Override
                        public Connection getConnection() throws SQLException {
                            return counted(super.getConnection(), rollbacks);
                        }
                    }),
                    Settings.defaults().withoutMemory());

            for (int time = 0; time < 5; time++) {
                assertThat(there.holds().place(request())).isInstanceOf(HoldOutcome.Placed.class);
            }
        }
        assertThat(rollbacks).hasValue(1);
    }

    private static Connection counted(Connection connection, AtomicInteger rollbacks) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, given) -> {
                    if (called.getName().equals("rollback")) {
                        rollbacks.incrementAndGet();
                    }
                    try {
                        return called.invoke(connection, given);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
