package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host with two databases says which one Flashsale's tables are in. */
class SeveralDataSourcesTest {

    private static final ProductId PRODUCT = new ProductId(1);

    private final HikariDataSource shop = TestDatabase.get().withNewSchema().newPool(3);
    private final HikariDataSource reports = TestDatabase.get().withNewSchema().newPool(3);
    private final ApplicationContextRunner two =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FlashsaleAutoConfiguration.class));

    @BeforeEach
    void hand() {
        Managers.pools = List.of(shop, reports);
    }

    @AfterEach
    void close() {
        shop.close();
        reports.close();
    }

    @Test
    void ifNobodySaysWhichTheStartSaysWhatToDo() {
        two.withUserConfiguration(Two.class).run(host -> {
            assertThat(host).hasFailed();
            assertThat(new StartFailures().analyze(host.getStartupFailure())).satisfies(analysis -> {
                assertThat(analysis.getDescription()).contains("several DataSources", "shop", "reports");
                assertThat(analysis.getAction())
                        .contains("@FlashsaleDataSource", "flashsale.datasource", "spring.autoconfigure.exclude");
            });
        });
    }

    @Test
    void theOneThatIsNamed() {
        two.withUserConfiguration(Two.class)
                .withPropertyValues("flashsale.datasource=shop")
                .run(host -> assertSellsIn(host, "shop", "reports"));
    }

    @Test
    void aNameThatIsNoneIsToldWithThoseThatAre() {
        two.withUserConfiguration(Two.class)
                .withPropertyValues("flashsale.datasource=shopp")
                .run(host -> assertThat(new StartFailures()
                                .analyze(host.getStartupFailure())
                                .getDescription())
                        .contains("flashsale.datasource is shopp", "shop", "reports"));
    }

    @Test
    void theOneThatIsMarked() {
        two.withUserConfiguration(Marked.class).run(host -> assertSellsIn(host, "reports", "shop"));
    }

    /** It joins the transactions of the manager that has that DataSource, and lets the other's be. */
    private static void assertSellsIn(AssertableApplicationContext host, String ours, String other) {
        assertThat(host).hasNotFailed();
        assertThat(tables(host, ours)).contains("flashsale_hold");
        assertThat(tables(host, other)).isEmpty();
        Flashsale flashsale = host.getBean(Flashsale.class);
        assertThat(flashsale.products().put(Examples.product(PRODUCT), 2)).isNotNull();
        assertThat(flashsale.holds().view(rolledBack(host, ours, flashsale))).isEmpty();
        assertThat(flashsale.holds().view(rolledBack(host, other, flashsale))).isPresent();
    }

    private static HoldId rolledBack(AssertableApplicationContext host, String dataSource, Flashsale flashsale) {
        HoldId id = flashsale.holds().newId();
        new TransactionTemplate(host.getBean(dataSource + "Manager", PlatformTransactionManager.class))
                .executeWithoutResult(transaction -> {
                    assertThat(flashsale.holds().place(new HoldRequest(id, PRODUCT, new Quantity(1))))
                            .isInstanceOf(HoldOutcome.Placed.class);
                    transaction.setRollbackOnly();
                });
        return id;
    }

    private static List<String> tables(AssertableApplicationContext host, String dataSource) {
        return new JdbcTemplate(host.getBean(dataSource, DataSource.class)).queryForList("show tables", String.class);
    }

    static class Managers {

        static List<HikariDataSource> pools = List.of();

        @Bean
        JdbcTransactionManager shopManager(@Qualifier("shop") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JdbcTransactionManager reportsManager(@Qualifier("reports") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two extends Managers {

        @Bean(destroyMethod = "")
        DataSource shop() {
            return pools.getFirst();
        }

        @Bean(destroyMethod = "")
        DataSource reports() {
            return pools.getLast();
        }
    }

    /** As Spring Boot has it for a second one. */
    @Configuration(proxyBeanMethods = false)
    static class Marked extends Managers {

        @Bean(destroyMethod = "")
        DataSource shop() {
            return pools.getFirst();
        }

        @Bean(destroyMethod = "", defaultCandidate = false)
        @Qualifier("reports")
        @FlashsaleDataSource
        DataSource reports() {
            return pools.getLast();
        }
    }
}
