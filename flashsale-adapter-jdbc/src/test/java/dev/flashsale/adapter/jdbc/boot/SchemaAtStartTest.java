package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.SchemaNotReady;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The tables are made after the host's own, before anything uses them, or not at all. */
class SchemaAtStartTest {

    @Test
    void afterTheHostsFlywayAndBeforeWhatReadsTheTables() {
        HostContext.empty()
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues("spring.flyway.locations=classpath:host/migration")
                .withUserConfiguration(ReadsAtOnce.class)
                .run(host -> {
                    assertThat(tables(host)).contains("booking", "flashsale_hold");
                    assertThat(dependencies(host, "flashsaleSchema")).contains("flywayInitializer");
                    assertThat(host.getBean("holdsAtTheStart")).isEqualTo(0L);
                });
    }

    @Test
    void afterTheHostsLiquibase() {
        HostContext.empty()
                .withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
                .withPropertyValues("spring.liquibase.change-log=classpath:host/changelog/booking.sql")
                .run(host -> {
                    assertThat(tables(host)).contains("booking", "flashsale_hold");
                    assertThat(dependencies(host, "flashsaleSchema")).contains("liquibase");
                });
    }

    @Test
    void validateChangesNothingAndSaysWhatIsMissing() {
        TestDatabase database = TestDatabase.get().withNewSchema();

        HostContext.on(database).withPropertyValues("flashsale.schema=validate").run(host -> {
            assertThat(host).hasFailed();
            assertThat(host.getStartupFailure())
                    .hasRootCauseInstanceOf(SchemaNotReady.class)
                    .hasStackTraceContaining("there are no tables of Flashsale");
            assertThat(new StartFailures().analyze(host.getStartupFailure())).satisfies(analysis -> {
                assertThat(analysis.getDescription()).contains("there are no tables of Flashsale");
                assertThat(analysis.getAction()).contains("flashsale.schema");
            });
        });
        HostContext.on(database)
                .withPropertyValues("flashsale.schema=none")
                .run(host -> assertThat(tables(host)).isEmpty());
    }

    @Test
    void validateIsEnoughWhereTheyAreThere() {
        HostContext.migrated()
                .withPropertyValues("flashsale.schema=validate")
                .run(host -> assertThat(host).hasNotFailed().hasSingleBean(Flashsale.class));
    }

    @Test
    void aDatabaseThatCannotBeReachedIsToldInAFewWords() {
        HostContext.withoutDatabase().withUserConfiguration(NoDriver.class).run(host -> {
            assertThat(host).hasFailed();
            assertThat(new StartFailures().analyze(host.getStartupFailure()).getDescription())
                    .contains("Flashsale's tables are not ready", "No suitable driver");
        });
    }

    private static List<String> tables(AssertableApplicationContext host) {
        return host.getBean(JdbcTemplate.class).queryForList("show tables", String.class);
    }

    private static List<String> dependencies(AssertableApplicationContext host, String bean) {
        String[] names = host.getSourceApplicationContext()
                .getBeanFactory()
                .getBeanDefinition(bean)
                .getDependsOn();
        return names == null ? List.of() : List.of(names);
    }

    @Configuration(proxyBeanMethods = false)
    static class ReadsAtOnce {

        /** A JdbcTemplate is one of those that wait for whatever makes a database ready. */
        @Bean
        Long holdsAtTheStart(JdbcTemplate jdbc) {
            return jdbc.queryForObject("select count(*) from flashsale_hold", Long.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoDriver {

        @Bean
        DataSource dataSource() {
            return new DriverManagerDataSource("jdbc:nosuch://127.0.0.1/shop");
        }
    }
}
