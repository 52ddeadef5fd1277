package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.port.Ports;
import javax.sql.DataSource;

/** The one door to this adapter: everything the use cases need, on one DataSource. */
public final class JdbcPorts {

    private JdbcPorts() {}

    /**
     * The ports on a database that {@link Schema#migrate} has made ready. Thread-safe; holds nothing to close.
     *
     * @param dataSource MySQL 8.4 or 9, or MariaDB 10.11 or 11, through Connector/J. A caller's Spring transaction is
     *     joined if it is on this very DataSource
     */
    public static Ports on(DataSource dataSource) {
        Sql sql = new Sql(dataSource);
        JdbcTransactions transactions = new JdbcTransactions(dataSource);
        return new Ports(
                transactions,
                new JdbcProductRepository(sql, transactions),
                new JdbcStockRepository(sql, transactions),
                new JdbcHoldRepository(sql, transactions),
                new JdbcOrderRepository(sql, transactions),
                new JdbcPaymentRepository(sql, transactions),
                new JdbcAuditRepository(sql, transactions),
                new JdbcOperatorLog(sql, transactions),
                new JdbcIdempotencyKeyRepository(sql));
    }
}
