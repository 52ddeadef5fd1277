package dev.flashsale.adapter.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.testing.Repositories;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** The ports on the tests' database, shared by this module's tests. */
final class OnTestDatabase {

    static final HikariDataSource POOL = TestDatabase.get().newPool(32);
    static final Ports PORTS = Ports.of(JdbcPorts.on(POOL));

    private OnTestDatabase() {}

    static Repositories repositories() {
        return new Repositories(
                PORTS.products(),
                PORTS.stocks(),
                PORTS.holds(),
                PORTS.orders(),
                PORTS.payments(),
                new Repositories.Lists(PORTS.holdLists(), PORTS.orderLists(), PORTS.paymentLists()),
                new Repositories.Housekeeping(
                        PORTS.holdHousekeeping(), PORTS.orderHousekeeping(), PORTS.paymentHousekeeping()),
                PORTS.operatorLog(),
                PORTS.idempotencyKeys(),
                PORTS.events(),
                PORTS.endpoints());
    }

    static <T> T inTransaction(Supplier<T> work) {
        return PORTS.transactions().run(attempt -> work.get());
    }

    static Instant now() {
        try (Connection connection = POOL.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select utc_timestamp(6)")) {
            row.next();
            return row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
