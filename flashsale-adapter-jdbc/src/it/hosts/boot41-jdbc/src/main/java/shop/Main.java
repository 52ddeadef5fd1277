package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.OverHttp;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.adapter.rest.boot.FlashsaleHttpServer;
import dev.flashsale.application.Flashsale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Spring Boot 4.1 with JDBC, all as Boot sets it: its pool, its manager, its Flyway for the shop's own table, our auto-configuration, and the HTTP API. */
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

        Shop(ConfigurableApplicationContext context) throws Exception {
            super(
                    "Spring Boot " + SpringBootVersion.getVersion() + ", JDBC",
                    context.getBean(PlatformTransactionManager.class),
                    context.getBean(Flashsale.class),
                    context.getBean(HikariDataSource.class));
            this.context = context;
            OverHttp.buy(
                    context.getBean(Flashsale.class),
                    context.getBean(FlashsaleHttpServer.class).port());
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
                "Spring Boot " + SpringBootVersion.getVersion() + ", JDBC",
                database -> new Shop(SpringApplication.run(
                        Main.class,
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password(),
                        "--flashsale.http.host=127.0.0.1",
                        "--flashsale.http.port=0")));
    }
}
