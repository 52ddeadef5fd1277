package dev.flashsale.adapter.jdbc.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The load finds what is wrong with a host. */
class LoadTest {

    private TestDatabase schema;
    private HostDatabase database;
    private HikariDataSource pool;

    @BeforeEach
    void aDatabase() throws Exception {
        schema = TestDatabase.get().withNewSchema();
        int end = schema.url().lastIndexOf('/') + 1;
        database = new HostDatabase(
                schema.url().substring(0, end), schema.url().substring(end), schema.username(), schema.password());
        pool = schema.newPool(20);
        Schema.migrate(pool);
        database.execute(HostDatabase.BOOKING);
    }

    @AfterEach
    void noPool() {
        pool.close();
    }

    @Test
    void aTransactionThatIsNotJoined() throws Exception {
        try (HikariDataSource other = schema.newPool(20)) {
            Flashsale elsewhere = Flashsale.on(JdbcPorts.on(other), Settings.defaults());

            assertThat(found(new TemplateHost(elsewhere))).containsKey("told ABSENT, is ACTIVE");
        }
    }

    @Test
    void aTransactionThatIsJoinedUnexpectedly() throws Exception {
        assertThat(found(new TemplateHost(onPool()) {
                    @Override
                    public boolean joins() {
                        return false;
                    }
                }))
                .containsKey("told ACTIVE, is ABSENT");
    }

    @Test
    void rowsThatAreCommittedByHalves() throws Exception {
        assertThat(found(new TemplateHost(onPool()) {
                    @Override
                    public void inTransaction(Work work) {
                        work.in(new Rows(jdbc));
                    }
                }))
                .containsKey("the host's rows were committed by halves");
    }

    @Test
    void whatIsLeaked() throws Exception {
        database.execute("create table other (id int not null)");
        Connection leaked = pool.getConnection();
        leaked.setAutoCommit(false);
        leaked.createStatement().execute("insert into other values (1)");

        assertThat(found(new TemplateHost(onPool()) {
                    @Override
                    public void inTransaction(Work work) {
                        super.inTransaction(work);
                        if (!TransactionSynchronizationManager.hasResource("left")) {
                            TransactionSynchronizationManager.bindResource("left", "here");
                        }
                    }

                    @Override
                    public Pools pools() {
                        jdbc.execute("set session transaction isolation level serializable");
                        return super.pools();
                    }
                }))
                .containsKeys(
                        "connections leaked",
                        "left on a thread",
                        "transactions left open",
                        "connections are not as they were");
        leaked.close();
    }

    private Flashsale onPool() {
        return Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
    }

    private Map<String, Integer> found(Host host) throws Exception {
        return new Load(host, database, 1, false, 8, 1, 42).go().violations().counts();
    }

    /** A host that does it right. */
    private class TemplateHost extends SpringHost {

        final JdbcTemplate jdbc = new JdbcTemplate(pool);
        private final TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(pool));

        TemplateHost(Flashsale flashsale) {
            super("template", new JdbcTransactionManager(pool), flashsale, pool);
            template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        }

        @Override
        public void inTransaction(Work work) {
            template.executeWithoutResult(status -> work.in(new Rows(jdbc)));
        }

        @Override
        public void close() {}
    }
}
