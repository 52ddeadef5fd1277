package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A server that says it is a member of a Galera cluster, and on which what another member has committed is seen once the session
 * has been told to wait for it.
 */
class ClusterTest {

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(4);
    private final Flashsale elsewhere = Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
    private final List<String> said = new ArrayList<>();
    private Runnable arrives = () -> {};
    private final Flashsale here =
            Flashsale.on(JdbcPorts.on(new Member(pool)), Settings.defaults().withoutMemory());
    private final ProductId product = new ProductId(1);

    @BeforeEach
    void open() {
        Schema.migrate(pool);
        assertThat(elsewhere.products().put(Examples.product(product), 10)).isNotNull();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whatIsNotSeenYetIsLookedForAgainBeforeItIsDenied() {
        HoldId hold = here.holds().newId();
        arrives = () -> place(hold);
        assertThat(here.orders().place(hold)).isInstanceOf(OrderOutcome.Placed.class);

        HoldId released = here.holds().newId();
        arrives = () -> place(released);
        assertThat(here.holds().release(released)).isInstanceOf(ReleaseOutcome.Released.class);

        HoldId viewed = here.holds().newId();
        arrives = () -> place(viewed);
        assertThat(here.holds().view(viewed)).isPresent();

        ProductId added = new ProductId(2);
        arrives = () ->
                assertThat(elsewhere.products().put(Examples.product(added), 1)).isNotNull();
        assertThat(here.holds().place(new HoldRequest(here.holds().newId(), added, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void itIsDeniedAfterOneMoreLookAndTheSessionIsAsItWas() {
        HoldId unknown = here.holds().newId();

        assertThat(here.orders().place(unknown)).isEqualTo(new OrderOutcome.UnknownHold(unknown));
        assertThat(here.orders().place(unknown)).isEqualTo(new OrderOutcome.UnknownHold(unknown));

        String wait = "set session wsrep_sync_wait = 7";
        String waitNoMore = "set session wsrep_sync_wait = @@global.wsrep_sync_wait";
        assertThat(said)
                .containsExactly(
                        "show global variables where variable_name in ('wsrep_on', 'group_replication_group_name')",
                        wait,
                        waitNoMore,
                        wait,
                        waitNoMore);
    }

    @Test
    void noRefusalThatIsEarlyIsKeptUnderAKey() {
        HoldId hold = here.holds().newId();
        IdempotencyKey key = new IdempotencyKey("once");
        arrives = () -> place(hold);

        assertThat(here.orders().place(hold, key))
                .isInstanceOfSatisfying(
                        KeyedOutcome.First.class,
                        first -> assertThat(first.outcome()).isInstanceOf(OrderOutcome.Placed.class));
        assertThat(here.orders().place(hold, key)).isInstanceOf(KeyedOutcome.Replayed.class);
    }

    @Test
    void whatIsSeenCostsNothing() {
        HoldId hold = here.holds().newId();
        place(hold);

        assertThat(here.orders().place(hold)).isInstanceOf(OrderOutcome.Placed.class);

        assertThat(said).isEmpty();
    }

    private void place(HoldId id) {
        assertThat(elsewhere.holds().place(new HoldRequest(id, product, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }

    private final class Member extends DelegatingDataSource {

        Member(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, given) -> {
                        try {
                            Object answer = called.invoke(real, given);
                            return called.getName().equals("createStatement") ? ofMember((Statement) answer) : answer;
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        private Statement ofMember(Statement real) {
            return (Statement) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, called, given) -> {
                        if (!called.getName().startsWith("execute")) {
                            return called.invoke(real, given);
                        }
                        said.add((String) given[0]);
                        if (called.getName().equals("executeQuery")) {
                            return real.executeQuery("select 'wsrep_on', 'ON'");
                        }
                        arrives.run();
                        arrives = () -> {};
                        return false;
                    });
        }
    }
}
