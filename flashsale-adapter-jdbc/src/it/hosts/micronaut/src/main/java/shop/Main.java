package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.hosts.Host;
import dev.flashsale.adapter.jdbc.hosts.HostDatabase;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.Pools;
import dev.flashsale.application.Flashsale;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.util.Map;
import javax.sql.DataSource;

/** Micronaut as its users have it: HikariCP, and transactions of Micronaut Data. */
public class Main {

    static final String NAME = "Micronaut 4.10.8, Data JDBC, HikariCP";

    record Shop(ApplicationContext context, Flashsale flashsale, Desk desk) implements Host {

        static Host on(HostDatabase database) throws Exception {
            database.execute(HostDatabase.BOOKING);
            ApplicationContext context = ApplicationContext.run(Map.of(
                    "datasources.default.url", database.url(),
                    "datasources.default.username", database.username(),
                    "datasources.default.password", database.password(),
                    "datasources.flashsale.url", database.url(),
                    "datasources.flashsale.username", database.username(),
                    "datasources.flashsale.password", database.password()));
            refusesToTakePart(context.getBean(DataSource.class));
            return new Shop(context, context.getBean(Flashsale.class), context.getBean(Desk.class));
        }

        /** What a transaction of Micronaut's has would be ended by a batch. */
        private static void refusesToTakePart(DataSource injected) {
            try {
                throw new AssertionError("not refused: " + JdbcPorts.on(injected));
            } catch (IllegalArgumentException refused) {
                if (!String.valueOf(refused.getMessage()).contains("Micronaut")) {
                    throw refused;
                }
            }
        }

        private HikariDataSource pool(String name) {
            return (HikariDataSource)
                    DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class, Qualifiers.byName(name)));
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String manager() {
            return "DataSourceTransactionManager (Micronaut's)";
        }

        @Override
        public boolean joins() {
            return false;
        }

        @Override
        public void inTransaction(Work work) {
            desk.inTransaction(work);
        }

        @Override
        public Pools pools() {
            return Pools.of(pool("default"), pool("flashsale"));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    public static void main(String[] args) throws Exception {
        HostRun.main(NAME, Shop::on);
    }
}
