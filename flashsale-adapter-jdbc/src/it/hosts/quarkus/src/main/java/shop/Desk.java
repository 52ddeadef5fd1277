package shop;

import dev.flashsale.adapter.jdbc.hosts.ByHand;
import dev.flashsale.adapter.jdbc.hosts.Host;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;

/** What the host does in a transaction of JTA. */
@Singleton
class Desk {

    @Inject
    AgroalDataSource dataSource;

    @Transactional
    void inTransaction(Host.Work work) {
        try (Connection connection = dataSource.getConnection()) {
            work.in(new ByHand(connection));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
