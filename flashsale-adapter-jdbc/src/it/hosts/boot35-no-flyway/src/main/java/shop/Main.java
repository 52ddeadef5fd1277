package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.application.Flashsale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Spring Boot 3.5 with JDBC and without Flyway: our auto-configuration makes the tables by itself. */
@SpringBootApplication
public class Main {

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

        Shop(ConfigurableApplicationContext context) {
            super(
                    "Spring Boot " + SpringBootVersion.getVersion() + ", JDBC, no Flyway",
                    context.getBean(PlatformTransactionManager.class),
                    context.getBean(Flashsale.class),
                    context.getBean(HikariDataSource.class));
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

    public static void main(String[] args) throws Exception {
        HostRun.main(
                "Spring Boot " + SpringBootVersion.getVersion() + ", JDBC, no Flyway",
                database -> new Shop(SpringApplication.run(
                        Main.class,
                        "--spring.sql.init.mode=always",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password())));
    }
}
