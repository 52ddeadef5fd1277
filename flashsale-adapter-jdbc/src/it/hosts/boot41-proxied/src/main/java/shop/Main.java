package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Spring Boot 4.1 with datasource-proxy in front of its pool, for the manager alone or for the library alone. */
@SpringBootApplication
public class Main {

    private static Flashsale flashsale(DataSource dataSource, PlatformTransactionManager manager) {
        Schema.migrate(dataSource);
        return Flashsale.on(JdbcPorts.on(dataSource, manager), Settings.defaults());
    }

    @Bean
    @ConfigurationProperties("pool")
    HikariDataSource pool() {
        return new HikariDataSource();
    }

    /** The manager's connections are watched, the library has the pool itself. */
    @Configuration
    @Profile("manager-proxied")
    static class ManagerProxied {

        @Bean
        @Primary
        DataSource dataSource(HikariDataSource pool) {
            return watched(pool);
        }

        @Bean
        Flashsale flashsale(HikariDataSource pool, PlatformTransactionManager manager) {
            return Main.flashsale(pool, manager);
        }
    }

    /** The library's connections are watched, the manager has the pool itself. */
    @Configuration
    @Profile("library-proxied")
    static class LibraryProxied {

        @Bean
        Flashsale flashsale(HikariDataSource pool, PlatformTransactionManager manager) {
            return Main.flashsale(watched(pool), manager);
        }
    }

    private static DataSource watched(DataSource pool) {
        return ProxyDataSourceBuilder.create(pool)
                .logSlowQueryBySlf4j(1, TimeUnit.MINUTES)
                .build();
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
        System.exit(run("manager-proxied") & run("library-proxied") ? 0 : 1);
    }
}
