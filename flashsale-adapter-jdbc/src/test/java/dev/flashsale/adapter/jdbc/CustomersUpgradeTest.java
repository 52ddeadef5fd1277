package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before version 11 a customer's hold was forgotten by the customer when it ended. */
class CustomersUpgradeTest {

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(2);
    private final Tables tables = new Tables(pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void holdsThatHaveEndedAreFoundAndTheLimitDoesNotCountThem() {
        // given
        List<Migration> before = Migration.all().stream()
                .filter(migration -> migration.version() < 11)
                .toList();
        Schema.migrate(pool, before);
        tables.execute("insert into flashsale_product values (1, 'x', 10, 'EUR')");
        tables.execute("insert into flashsale_stock (product_id, total, available) values (1, 2, 1)");
        tables.execute("insert into flashsale_stock_ledger (product_id, pieces, entered_at, operator, reason)"
                + " values (1, 2, utc_timestamp(6), 'ann', 'put on sale')");
        tables.execute("insert into flashsale_hold (id, product_id, quantity, status, expires_at, customer_id) values"
                + " (x'01', 1, 1, 'active', utc_timestamp(6) + interval 1 hour, 'c-1'),"
                + " (x'02', 1, 1, 'released', utc_timestamp(6), 'c-1'),"
                + " (x'03', 1, 1, 'expired', utc_timestamp(6), null)");
        tables.execute(
                "insert into flashsale_customer_hold (hold_id, product_id, customer_id) values (x'01', 1, 'c-1')");

        // when
        Schema.migrate(pool);

        // then
        Flashsale flashsale = Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
        assertThat(flashsale
                        .lists()
                        .holds(new CustomerId("c-1"), Optional.empty(), PageSize.DEFAULT)
                        .items())
                .extracting(view -> view.status())
                .containsExactly(HoldStatus.ACTIVE, HoldStatus.RELEASED);
        assertThat(tables.column("select counted from flashsale_customer_hold order by hold_id", 1))
                .containsExactly("1", "0");
        assertThat(flashsale.audits().audit())
                .satisfies(report -> assertThat(report.clean()).as("%s", report).isTrue());
    }
}
