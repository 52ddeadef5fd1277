package shop;

import dev.flashsale.adapter.jdbc.hosts.ByHand;
import dev.flashsale.adapter.jdbc.hosts.Host;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What the host does in a transaction of Micronaut's. */
@Singleton
class Desk {

    private final DataSource dataSource;

    Desk(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Transactional
    void inTransaction(Host.Work work) {
        try (Connection connection = dataSource.getConnection()) {
            work.in(new ByHand(connection));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
