package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.StockRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private final TestDatabase database = TestDatabase.get().withNewSchema();
    private final HikariDataSource pool = database.newPool(8);
    private final Tables tables = new Tables(pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void migratingTwiceChangesNothing() {
        Schema.migrate(pool);
        Schema.migrate(pool);

        assertThat(tables.names()).contains("flashsale_hold", "flashsale_schema_history");
    }

    @Test
    void aHostsTablesAndItsOwnHistoryAreLeftAlone() {
        tables.execute("create table orders (id int primary key)");
        tables.execute("create table flyway_schema_history (installed_rank int primary key)");

        Schema.migrate(pool);

        assertThat(tables.names()).contains("orders", "flyway_schema_history", "flashsale_order");
    }

    @Test
    void nodesThatStartTogetherMigrateOnce() throws Exception {
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starts.add(() -> {
                    Schema.migrate(pool);
                    return true;
                });
            }
            for (Future<Boolean> start : nodes.invokeAll(starts)) {
                assertThat(start.get()).isTrue();
            }
        }
    }

    @Test
    void aSchemaFromANewerProgramIsRefusedUntouched() {
        Schema.migrate(pool);
        tables.execute(
                "insert into flashsale_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) values (99, '999', 'later', 'SQL', 'V999__later.sql', 1,"
                        + " 'test', 1, 1)");

        assertThatThrownBy(() -> Schema.migrate(pool))
                .isInstanceOf(SchemaTooNew.class)
                .hasMessageContaining("999")
                .hasMessageContaining("newer");
    }

    @Test
    void theLedgerBeginsWithTheTotalsThatThereAre() {
        Schema.migrate(pool, Migration.all().subList(0, 2));
        tables.execute("insert into flashsale_product values (1, 'Console', 10, 'EUR'), (2, 'Box', 10, 'EUR')");
        tables.execute(
                "insert into flashsale_stock (product_id, total, available) values (1, 1000000000, 7), (2, 0, 0)");

        Schema.migrate(pool);

        StockRepository stocks = Ports.of(JdbcPorts.on(pool)).stocks();
        assertThat(stocks.ledger(new ProductId(1), Optional.empty(), 10).rows().values())
                .singleElement()
                .extracting(row -> row.change().pieces())
                .isEqualTo(1_000_000_000);
        assertThat(stocks.ledger(new ProductId(2), Optional.empty(), 10).rows()).isEmpty();
        assertThat(Ports.of(JdbcPorts.on(pool)).audits().audit().orphans()).isEmpty();
    }

    @Test
    void whatMustGoBackAndWhatWaitsForItsOrderIsListedFromTheUpgradeOn() {
        Schema.migrate(pool, Migration.all().subList(0, 2));
        tables.execute(
                "insert into flashsale_payment (transaction_id, order_id, status, effect, order_status, received_at)"
                        + " values ('paid', 1, 'success', 'applied', 'paid', utc_timestamp(6)),"
                        + " ('owed', 1, 'success', 'refund_required', 'paid', utc_timestamp(6)),"
                        + " ('early', 2, 'success', 'kept', null, utc_timestamp(6))");

        Schema.migrate(pool);

        Ports ports = Ports.of(JdbcPorts.on(pool));
        assertThat(ports.paymentLists().openRefunds(0, 10).rows().values())
                .extracting(refund -> refund.payment().payment().transactionId().value())
                .containsExactly("owed");
        List<Payment> kept =
                ports.transactions().run(attempt -> ports.paymentHousekeeping().lockKeptFor(Duration.ZERO, 10));
        assertThat(kept).extracting(payment -> payment.transactionId().value()).containsExactly("early");
    }
}
