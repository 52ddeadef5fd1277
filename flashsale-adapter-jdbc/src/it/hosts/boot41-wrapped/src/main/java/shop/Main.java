package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Spring Boot 4.1 with a DataSource in front of its pool that is the shop's, Boot's manager's and the library's. */
@SpringBootApplication
public class Main {

    @Bean
    Flashsale flashsale(DataSource dataSource, PlatformTransactionManager transactionManager, Environment environment) {
        Schema.migrate(dataSource);
        JdbcPorts.Builder ports = JdbcPorts.builder(dataSource).transactionManager(transactionManager);
        if (environment.matchesProfiles("routing")) {
            // Whatever it leads to is one database.
            ports.tenants(() -> null);
        }
        return Flashsale.on(ports.build(), Settings.defaults());
    }

    @Bean
    @ConfigurationProperties("pool")
    HikariDataSource pool() {
        return new HikariDataSource();
    }

    /** A connection is taken from the pool when the first statement is sent. */
    @Configuration
    @Profile("lazy")
    static class Lazy {

        @Bean
        @Primary
        DataSource dataSource(HikariDataSource pool) {
            return new LazyConnectionDataSourceProxy(pool);
        }
    }

    /** Read-only transactions go to another pool, as to a replica; here, it is of the same database. */
    @Configuration
    @Profile("routing")
    static class Routing {

        @Bean
        @ConfigurationProperties("pool")
        HikariDataSource replica() {
            return new HikariDataSource();
        }

        @Bean
        @Primary
        DataSource dataSource(HikariDataSource pool, HikariDataSource replica) {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? "replica" : "writer";
                }
            };
            routing.setTargetDataSources(Map.of("writer", pool, "replica", replica));
            return routing;
        }
    }

    /** For code that knows nothing of Spring's transactions: its connections are the transaction's. */
    @Configuration
    @Profile("transaction-aware")
    static class Aware {

        @Bean
        @Primary
        DataSource dataSource(HikariDataSource pool) {
            return new TransactionAwareDataSourceProxy(pool);
        }
    }

    /** Where the shop's transactions are. */
    @Component
    static class Desk {

        private final SpringHost.Rows rows;

        Desk(JdbcTemplate jdbc) {
            this.rows = new SpringHost.Rows(jdbc);
        }

        @Transactional
        public void book(SpringHost.Work work) {
            work.in(rows);
        }
    }

    static class Shop extends SpringHost {

        private final ConfigurableApplicationContext context;

        Shop(String name, ConfigurableApplicationContext context) {
            super(
                    name,
                    context.getBean(PlatformTransactionManager.class),
                    context.getBean(Flashsale.class),
                    context.getBeansOfType(HikariDataSource.class).values().toArray(HikariDataSource[]::new));
            this.context = context;
        }

        @Override
        public void inTransaction(Work work) {
            context.getBean(Desk.class).book(work);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static boolean run(String wrapping) throws Exception {
        String name = "Spring Boot " + SpringBootVersion.getVersion() + ", " + wrapping + " DataSource";
        return HostRun.run(
                name,
                database -> new Shop(
                        name,
                        SpringApplication.run(
                                Main.class,
                                "--spring.profiles.active=" + wrapping,
                                "--pool.jdbc-url=" + database.url(),
                                "--pool.username=" + database.username(),
                                "--pool.password=" + database.password())));
    }

    public static void main(String[] args) throws Exception {
        System.exit(run("lazy") & run("routing") & run("transaction-aware") ? 0 : 1);
    }
}
