package shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.SpringHost;
import dev.flashsale.application.Flashsale;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Spring Boot 4.1 with JPA, all as Boot sets it, with our auto-configuration: the shop's rows are entities. */
@SpringBootApplication
public class Main {

    /** Where the shop's transactions are. */
    @Component
    static class Desk {

        private final Entities entities;

        Desk(Entities entities) {
            this.entities = entities;
        }

        @Transactional
        public void book(SpringHost.Work work) {
            work.in(entities);
        }
    }

    @Component
    record Entities(BookingRepository repository, EntityManager entityManager) implements SpringHost.Bookings {

        @Override
        public void add(UUID holdId, String note) {
            repository.save(new Booking(holdId, note));
        }

        @Override
        public int count(UUID holdId) {
            return repository.countByHoldId(holdId);
        }

        @Override
        public String isolation() {
            return entityManager
                    .createNativeQuery("select @@transaction_isolation", String.class)
                    .getSingleResult()
                    .toString();
        }
    }

    static class Shop extends SpringHost {

        private final ConfigurableApplicationContext context;

        Shop(ConfigurableApplicationContext context) {
            super(
                    "Spring Boot " + SpringBootVersion.getVersion() + ", JPA",
                    context.getBean(PlatformTransactionManager.class),
                    context.getBean(Flashsale.class),
                    context.getBean(HikariDataSource.class));
            this.context = context;
        }

        @Override
        public void inTransaction(Work work) {
            context.getBean(Desk.class).book(work);
        }

        /** What the sale is measured by and how it is, as the actuator sees it. */
        private void requireWell() {
            Health health = context.getBean("flashsaleHealthIndicator", HealthIndicator.class)
                    .health(true);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            double holds = meters.get("flashsale.requests")
                    .tags("kind", "hold", "outcome", "placed")
                    .counter()
                    .count();
            long observed = meters.get("flashsale.use.case")
                    .tags("flashsale.use_case", "holds.place", "flashsale.outcome", "placed")
                    .timer()
                    .count();
            if (!health.getStatus().equals(Status.UP) || holds == 0 || observed == 0) {
                throw new IllegalStateException(health + ", " + holds + " holds, " + observed + " observed");
            }
        }

        @Override
        public void close() {
            try {
                requireWell();
            } finally {
                context.close();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        HostRun.main(
                "Spring Boot " + SpringBootVersion.getVersion() + ", JPA",
                database -> new Shop(SpringApplication.run(
                        Main.class,
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password())));
    }
}
