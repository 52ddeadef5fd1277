package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.boot.FlashsaleProperties.HousekeepingOn;
import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleObserver;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.Transactions;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Makes a {@link Flashsale} on a host's DataSource, in Spring Boot 3.5 and 4: its tables are made before it is used and after
 * the host's own, its transactions are joined, and they are kept tidy while the context runs. A {@code Flashsale} bean of the
 * host's turns all of it off; one of {@link Transactions} or {@link Settings} is used instead of ours. Every bean of
 * {@link FlashsaleCustomizer}, {@link SaleListener} and {@link EventListener} is asked and told, and one {@link SaleObserver}; what was committed is published
 * as application events.
 *
 * <p>The classes that it comes after are named, since they have moved between 3.5 and 4.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration",
            "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration"
        })
@ConditionalOnBean(DataSource.class)
@ConditionalOnMissingBean(Flashsale.class)
@EnableConfigurationProperties(FlashsaleProperties.class)
@ImportRuntimeHints(FlashsaleHints.class)
public class FlashsaleAutoConfiguration {

    /** Not asked for where a host brings its own Transactions and makes the tables itself. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ChosenDataSource flashsaleDataSource(
            FlashsaleProperties properties,
            @FlashsaleDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            ListableBeanFactory beans) {
        return ChosenDataSource.of(properties.datasource(), marked, all, beans);
    }

    @Bean
    @ConditionalOnMissingBean
    FlashsaleSchema flashsaleSchema(FlashsaleProperties properties, ObjectProvider<ChosenDataSource> chosen) {
        return new FlashsaleSchema(properties.schema(), () -> chosen.getObject().dataSource());
    }

    @Bean
    @ConditionalOnMissingBean
    Settings flashsaleSettings(FlashsaleProperties properties, ObjectProvider<FlashsaleCustomizer> customizers) {
        Settings.Builder settings = properties.settings();
        customizers.orderedStream().forEach(customizer -> customizer.customize(settings));
        return settings.build();
    }

    @Bean
    @ConditionalOnMissingBean
    Transactions flashsaleTransactions(
            ChosenDataSource chosen,
            FlashsaleSchema ready,
            @FlashsaleDataSource ObjectProvider<PlatformTransactionManager> marked,
            ObjectProvider<PlatformTransactionManager> all) {
        JdbcPorts.Builder ports = JdbcPorts.builder(chosen.dataSource());
        PlatformTransactionManager named = marked.getIfUnique();
        return (named != null
                        ? ports.transactionManager(named)
                        : ports.transactionManagerAmong(all.orderedStream().toList()))
                .build();
    }

    /** @param ready also where the Transactions are the host's */
    @Bean
    @ConditionalOnMissingBean
    Flashsale flashsale(
            Transactions transactions,
            Settings settings,
            ObjectProvider<SaleListener> listeners,
            ObjectProvider<EventListener> eventListeners,
            ObjectProvider<SaleObserver> observers,
            FlashsaleSchema ready) {
        return Flashsale.on(
                transactions,
                settings,
                SaleListener.all(listeners.orderedStream().toList()),
                EventListener.all(eventListeners.orderedStream().toList()),
                observers.getIfUnique(() -> SaleObserver.NONE));
    }

    @Bean
    ApplicationEvents flashsaleApplicationEvents(FlashsaleProperties properties, ApplicationEventPublisher publisher) {
        return new ApplicationEvents(properties.events().applicationKinds(), publisher);
    }

    @Bean
    @ConditionalOnMissingBean
    HousekeepingLifecycle flashsaleHousekeeping(
            Flashsale flashsale, FlashsaleProperties properties, ObjectProvider<TaskScheduler> schedulers) {
        Housekeeping housekeeping = flashsale.housekeeping();
        Duration interval = properties.expiry().checkedInterval();
        Duration retention = properties.idempotency().checkedRetention();
        return new HousekeepingLifecycle(
                properties.housekeeping() != HousekeepingOn.NONE,
                () -> properties.housekeeping() == HousekeepingOn.SCHEDULER
                        ? ScheduledHousekeeping.start(housekeeping, theHosts(schedulers), interval, retention)
                        : housekeeping.start(interval, retention));
    }

    private static TaskScheduler theHosts(ObjectProvider<TaskScheduler> schedulers) {
        TaskScheduler scheduler = schedulers.getIfUnique();
        if (scheduler == null) {
            throw new IllegalStateException("flashsale.housekeeping is scheduler, and there is no TaskScheduler, or no"
                    + " primary one among several: @EnableScheduling has Spring Boot make one");
        }
        return scheduler;
    }
}
