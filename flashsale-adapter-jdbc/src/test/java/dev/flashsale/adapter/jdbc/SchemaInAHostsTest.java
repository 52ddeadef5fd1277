package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.jdbc.testing.TestUser;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Beside a host's own tables, made by what the host makes its tables with. */
class SchemaInAHostsTest {

    private final TestDatabase database = TestDatabase.get().withNewSchema();
    private final HikariDataSource pool = database.newPool(4);
    private final Tables tables = new Tables(pool);

    @BeforeEach
    void prepare() {
        HostsConfiguration.dataSource = pool;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void afterTheHostsFlyway() {
        Flyway.configure().dataSource(pool).locations("host/migration").load().migrate();
        Schema.migrate(pool);

        assertThat(tables.names()).contains("booking", "flashsale_hold");
        Sale.sellsAPiece(pool);
    }

    @Test
    void beforeTheHostsFlywayWhichIsToldToBeginAtNothing() {
        Schema.migrate(pool);
        Flyway.configure()
                .dataSource(pool)
                .locations("host/migration")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();

        assertThat(tables.names()).contains("booking", "flashsale_hold");
        Schema.validate(pool);
        Sale.sellsAPiece(pool);
    }

    @Test
    void whileTheHostHasATransactionWhichIsLeftAlone() {
        DataSource aware = new TransactionAwareDataSourceProxy(pool);
        Schema.migrate(pool, Migration.all().subList(0, 3));
        tables.execute("create table booking (id int not null, primary key (id))");

        new TransactionTemplate(new DataSourceTransactionManager(pool)).executeWithoutResult(transaction -> {
            new JdbcTemplate(aware).update("insert into booking (id) values (1)");
            Schema.migrate(aware);
            Schema.validate(aware);
            transaction.setRollbackOnly();
        });

        assertThat(tables.column("select id from booking", 1)).isEmpty();
        assertThat(tables.versions()).contains("7");
    }

    @Test
    void asABeanBesideTheHostsFlywayInSpringBoot() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "host",
                            Map.of(
                                    "spring.flyway.locations", "classpath:host/migration",
                                    "spring.liquibase.enabled", "false")));
            context.register(HostsConfiguration.class);
            context.refresh();

            assertThat(tables.names()).contains("booking", "flashsale_hold");
            Sale.sellsAPiece(context.getBean(Flashsale.class));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class HostsConfiguration {

        static DataSource dataSource;

        @Bean
        Flashsale flashsale(DataSource dataSource) {
            Schema.migrate(dataSource);
            return Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults());
        }

        @Bean(destroyMethod = "")
        DataSource dataSource() {
            return dataSource;
        }
    }

    @Test
    void everyScriptIsListed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/flashsale/adapter/jdbc/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Migration.all().stream().map(Migration::script).toList());
        }
    }

    /** Or it would refuse what the SQL has written into the history. */
    @Test
    void theChecksumsAreFlyways() {
        Schema.migrate(pool);

        assertThat(tables.column(
                        "select checksum from flashsale_schema_history where version > 0 order by installed_rank", 1))
                .isEqualTo(Migration.all().stream()
                        .map(migration -> Integer.toString(migration.checksum()))
                        .toList());
    }

    @Test
    void byTheSqlThatAnAdministratorRuns() {
        run(Schema.sql());

        assertAsMigrated();
    }

    @Test
    void byTheSqlThatAnAdministratorRunsForAnEarlierVersion() {
        Schema.migrate(pool, Migration.all().subList(0, 5));

        run(Schema.sql(5));

        assertAsMigrated();
    }

    @Test
    void thatSqlIsOfVersionsThatThereAre() {
        assertThat(Schema.sql(Schema.version())).isEmpty();
        assertThat(Schema.sql()).doesNotContain("jooq").contains("create table flashsale_hold");
        assertThatThrownBy(() -> Schema.sql(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schema.sql(Schema.version() + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As a client does, which sends what ends with a semicolon, comments included. */
    private void run(String sql) {
        for (String statement : sql.split(";\n", -1)) {
            if (!statement.isBlank()) {
                tables.execute(statement);
            }
        }
    }

    /** By somebody who may change rows, and no more; and Flyway goes on from there. */
    private void assertAsMigrated() {
        try (TestUser seller = TestUser.in(database).with("select, insert, update, delete");
                HikariDataSource theirs = seller.login().newPool(2)) {
            assertThatCode(() -> Schema.validate(theirs)).doesNotThrowAnyException();
            assertThatCode(() -> Schema.migrate(theirs)).doesNotThrowAnyException();
            Sale.sellsAPiece(theirs);
        }
        FlywayMigration.run(pool, Schema.version(), 0);
        try (HikariDataSource other = TestDatabase.get().withNewSchema().newPool(1)) {
            Schema.migrate(other);
            assertThat(tables.definitions()).isEqualTo(new Tables(other).definitions());
        }
    }
}
