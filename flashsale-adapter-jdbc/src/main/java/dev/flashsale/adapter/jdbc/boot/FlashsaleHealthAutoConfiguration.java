package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.pool.Readiness;
import dev.flashsale.application.Flashsale;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows in the health of a host of Spring Boot, 3.5 and 4, whether the sale is well, as {@code flashsale}: down where the
 * database takes no changes, {@code DEGRADED} where the books do not add up. Turned off as any other indicator, by {@code
 * management.health.flashsale.enabled}.
 */
@AutoConfiguration(after = FlashsaleAutoConfiguration.class)
@ConditionalOnBean({Flashsale.class, ChosenDataSource.class})
@ConditionalOnExpression("${management.health.flashsale.enabled:${management.health.defaults.enabled:true}}")
public class FlashsaleHealthAutoConfiguration {

    private static final String OF_BOOT_4 = "org.springframework.boot.health.contributor.HealthIndicator";

    @Bean
    SaleHealth flashsaleHealth(Flashsale flashsale, ChosenDataSource chosen, FlashsaleProperties properties) {
        return new SaleHealth(
                new Readiness(chosen.dataSource()),
                flashsale.audits()::checkConservation,
                properties.audit().checkedInterval());
    }

    /** Where health is by Spring Boot 4's names. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = OF_BOOT_4)
    static class OfBoot4 {

        @Bean
        @ConditionalOnMissingBean(name = "flashsaleHealthIndicator")
        org.springframework.boot.health.contributor.HealthIndicator flashsaleHealthIndicator(SaleHealth health) {
            return () -> {
                SaleHealth.State state = health.now();
                return org.springframework.boot.health.contributor.Health.status(
                                state.status().name())
                        .withDetails(state.details())
                        .build();
            };
        }
    }

    /** Where it is by Spring Boot 3.5's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    @ConditionalOnMissingClass(OF_BOOT_4)
    static class OfBoot3 {

        @Bean
        @ConditionalOnMissingBean(name = "flashsaleHealthIndicator")
        org.springframework.boot.actuate.health.HealthIndicator flashsaleHealthIndicator(SaleHealth health) {
            return () -> {
                SaleHealth.State state = health.now();
                return org.springframework.boot.actuate.health.Health.status(
                                state.status().name())
                        .withDetails(state.details())
                        .build();
            };
        }
    }
}
