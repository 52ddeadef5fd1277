package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.JdbcPorts.CallersTransaction;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a host of Spring Boot gets for the dependency alone, and how it has it otherwise. */
class FlashsaleAutoConfigurationTest {

    @Test
    void aHostWithADataSourceNeedsNothingElse() {
        HostContext.empty().run(host -> {
            Flashsale flashsale = host.getBean(Flashsale.class);
            assertThat(flashsale.products().put(Examples.product(new ProductId(1)), 1))
                    .isNotNull();

            assertThat(place(flashsale)).isInstanceOf(HoldOutcome.Placed.class);
            assertThat(place(flashsale)).isInstanceOf(HoldOutcome.AllHeld.class);
        });
    }

    @Test
    void aHoldInTheHostsTransactionGoesWithIt() {
        HostContext.empty().run(host -> {
            Flashsale flashsale = host.getBean(Flashsale.class);
            assertThat(flashsale.products().put(Examples.product(new ProductId(1)), 1))
                    .isNotNull();
            HoldId id = flashsale.holds().newId();

            new TransactionTemplate(host.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(transaction -> {
                        assertThat(flashsale.holds().place(new HoldRequest(id, new ProductId(1), new Quantity(1))))
                                .isInstanceOf(HoldOutcome.Placed.class);
                        transaction.setRollbackOnly();
                    });

            assertThat(flashsale.holds().view(id)).isEmpty();
        });
    }

    @Test
    void whatIsSetIsSet() {
        HostContext.migrated()
                .withPropertyValues(
                        "flashsale.hold.ttl=90",
                        "flashsale.hold.extensions=3",
                        "flashsale.payment.deadline=1h",
                        "flashsale.payment.max-deadline=40d",
                        "flashsale.payment.keep=2d",
                        "flashsale.payment.retry-grace=5m",
                        "flashsale.expiry.batch=7",
                        "flashsale.batch.size=8",
                        "flashsale.batch.in-flight=2",
                        "flashsale.batch.queue=9",
                        "flashsale.batch.patience=1500ms",
                        "flashsale.read.memory=0",
                        "flashsale.sold-out.memory=1s")
                .run(host -> {
                    Settings settings = host.getBean(Settings.class);
                    assertThat(settings.holdTtl()).isEqualTo(Duration.ofSeconds(90));
                    assertThat(settings.holdExtensions()).isEqualTo(3);
                    assertThat(settings.paymentDeadline()).isEqualTo(Duration.ofHours(1));
                    assertThat(settings.maxPaymentDeadline()).isEqualTo(Duration.ofDays(40));
                    assertThat(settings.paymentKeep()).isEqualTo(Duration.ofDays(2));
                    assertThat(settings.retryGrace()).isEqualTo(Duration.ofMinutes(5));
                    assertThat(settings.expiryBatch()).isEqualTo(7);
                    assertThat(settings.groupCommit().batch()).isEqualTo(8);
                    assertThat(settings.groupCommit().inFlight()).isEqualTo(2);
                    assertThat(settings.groupCommit().queue()).isEqualTo(9);
                    assertThat(settings.groupCommit().patience()).isEqualTo(Duration.ofMillis(1500));
                    assertThat(settings.readMemory()).isZero();
                    assertThat(settings.soldOutMemory()).isEqualTo(Duration.ofSeconds(1));
                });
    }

    @Test
    void settingsOfTheServerAloneArePassedOver() {
        HostContext.migrated()
                .withPropertyValues(
                        "flashsale.http.port=9090", "flashsale.webhook.secret=whsec_x", "flashsale.log.format=json")
                .run(host -> assertThat(host).hasNotFailed().hasSingleBean(Flashsale.class));
    }

    @Test
    void customizersComeAfterThePropertiesInTheirOrder() {
        HostContext.migrated()
                .withUserConfiguration(Customizers.class)
                .withPropertyValues("flashsale.hold.ttl=1m", "flashsale.hold.extensions=5")
                .run(host -> {
                    assertThat(host.getBean(Settings.class).holdTtl()).isEqualTo(Duration.ofMinutes(4));
                    assertThat(host.getBean(Settings.class).holdExtensions()).isEqualTo(5);
                });
    }

    @Test
    void everyListenerIsTold() {
        HostContext.migrated().withUserConfiguration(Listeners.class).run(host -> {
            host.getBean(Flashsale.class)
                    .holds()
                    .place(new HoldRequest(
                            host.getBean(Flashsale.class).holds().newId(), new ProductId(404_404), new Quantity(1)));

            assertThat(host.getBean(Listeners.class).told).containsExactly("second", "first");
        });
    }

    @Test
    void aFlashsaleOfTheHostsTurnsAllOfItOff() {
        HostContext.empty().withUserConfiguration(OwnFlashsale.class).run(host -> {
            assertThat(host).hasSingleBean(Flashsale.class);
            assertThat(host).doesNotHaveBean(Transactions.class);
            assertThat(host).doesNotHaveBean(FlashsaleSchema.class);
            assertThat(host).doesNotHaveBean(HousekeepingLifecycle.class);
        });
    }

    @Test
    void transactionsOfTheHostsAreUsedAndTheTablesMadeAllTheSame() {
        HostContext.empty().withUserConfiguration(OwnTransactions.class).run(host -> {
            Schema.validate(host.getBean(DataSource.class));
            assertThat(host).hasSingleBean(Transactions.class).hasBean("mine");
        });
    }

    @Test
    void aHostWithoutADataSourceIsLeftAlone() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(FlashsaleAutoConfiguration.class))
                .run(host -> assertThat(host).hasNotFailed().doesNotHaveBean(Flashsale.class));
    }

    private static HoldOutcome place(Flashsale flashsale) {
        return flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), new ProductId(1), new Quantity(1)));
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        FlashsaleCustomizer last() {
            return settings -> settings.holdTtl(Duration.ofMinutes(4));
        }

        @Bean
        @Order(1)
        FlashsaleCustomizer first() {
            return settings -> settings.holdTtl(Duration.ofMinutes(3));
        }
    }

    @Configuration
    static class Listeners {

        final List<String> told = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        SaleListener first() {
            return noting("first");
        }

        @Bean
        @Order(1)
        SaleListener second() {
            return noting("second");
        }

        private SaleListener noting(String name) {
            return new SaleListener() {
                @Override
                public void holds(Batch batch, List<HoldOutcome> outcomes) {
                    told.add(name);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFlashsale {

        @Bean
        Flashsale mine(DataSource dataSource) {
            return Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTransactions {

        @Bean
        Transactions mine(DataSource dataSource) {
            return JdbcPorts.builder(dataSource)
                    .callersTransaction(CallersTransaction.OWN)
                    .build();
        }
    }
}
