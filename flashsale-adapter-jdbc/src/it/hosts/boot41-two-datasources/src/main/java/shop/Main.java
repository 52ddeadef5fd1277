package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.hosts.HostDatabase;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/**
 * Spring Boot 4.1 with two databases: the shop's, which is the primary one, and another for sales, which the library is on,
 * at READ COMMITTED and with autoCommit off.
 */
@SpringBootApplication
public class Main {

    @Bean
    Flashsale flashsale(
            @Qualifier("sales") DataSource sales, @Qualifier("salesManager") PlatformTransactionManager manager) {
        Schema.migrate(sales);
        return Flashsale.on(JdbcPorts.on(sales, manager), Settings.defaults());
    }

    @Bean
    @Primary
    @ConfigurationProperties("shop.datasource")
    HikariDataSource dataSource() {
        return new HikariDataSource();
    }

    @Bean
    @Qualifier("sales")
    @ConfigurationProperties("sales.datasource")
    HikariDataSource sales() {
        return new HikariDataSource();
    }

    @Bean
    @Primary
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    PlatformTransactionManager salesManager(@Qualifier("sales") DataSource sales) {
        return new JdbcTransactionManager(sales);
    }

    /** Where the transactions are. */
    @Component
    static class Desk {

        private final SpringHost.Rows rows;
        private final SpringHost.Rows salesRows;

        Desk(DataSource dataSource, @Qualifier("sales") DataSource sales) {
            this.rows = new SpringHost.Rows(new JdbcTemplate(dataSource));
            this.salesRows = new SpringHost.Rows(new JdbcTemplate(sales));
        }

        @Transactional
        public void book(SpringHost.Work work) {
            work.in(rows);
        }

        @Transactional("salesManager")
        public void bookInSales(SpringHost.Work work) {
            work.in(salesRows);
        }
    }

    static class Shop extends SpringHost {

        final ConfigurableApplicationContext context;
        private final HostDatabase other;

        Shop(String transactions, ConfigurableApplicationContext context, HostDatabase other) {
            super(
                    "Spring Boot " + SpringBootVersion.getVersion() + ", two DataSources, " + transactions,
                    context.getBean("transactionManager", PlatformTransactionManager.class),
                    context.getBean(Flashsale.class),
                    context.getBean("dataSource", HikariDataSource.class),
                    context.getBean("sales", HikariDataSource.class));
            this.context = context;
            this.other = other;
        }

        @Override
        public boolean joins() {
            return false;
        }

        @Override
        public HostDatabase bookingsIn(HostDatabase database) {
            return other;
        }

        @Override
        public void inTransaction(Work work) {
            context.getBean(Desk.class).book(work);
        }

        @Override
        public void close() {
            context.close();
            other.close();
        }
    }

    /** The same, with its transactions where the library is. */
    static class SalesShop extends Shop {

        SalesShop(ConfigurableApplicationContext context, HostDatabase other) {
            super("transaction of the library's", context, other);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public HostDatabase bookingsIn(HostDatabase database) {
            return database;
        }

        @Override
        public void inTransaction(Work work) {
            context.getBean(Desk.class).bookInSales(work);
        }
    }

    private static ConfigurableApplicationContext start(HostDatabase shop, HostDatabase sales) {
        return SpringApplication.run(
                Main.class,
                "--shop.datasource.jdbc-url=" + shop.url(),
                "--shop.datasource.username=" + shop.username(),
                "--shop.datasource.password=" + shop.password(),
                "--sales.datasource.jdbc-url=" + sales.url(),
                "--sales.datasource.username=" + sales.username(),
                "--sales.datasource.password=" + sales.password(),
                "--sales.datasource.auto-commit=false",
                "--sales.datasource.transaction-isolation=TRANSACTION_READ_COMMITTED");
    }

    public static void main(String[] args) throws Exception {
        String name = "Spring Boot " + SpringBootVersion.getVersion() + ", two DataSources";
        boolean ok = HostRun.run(name, sales -> {
            HostDatabase shop = HostDatabase.create();
            return new Shop("transaction of the other", start(shop, sales), shop);
        });
        ok &= HostRun.run(name, sales -> {
            HostDatabase shop = HostDatabase.create();
            ConfigurableApplicationContext context = start(shop, sales);
            sales.execute(HostDatabase.BOOKING);
            return new SalesShop(context, shop);
        });
        System.exit(ok ? 0 : 1);
    }
}
