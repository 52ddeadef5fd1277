package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A host's settings and events for a Flashsale in memory, of which {@link FlashsaleAutoConfiguration} makes none: what it sets by {@code
 * flashsale.*} and by customizers is the same in its tests. Imported by its name, see {@code META-INF/spring}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FlashsaleProperties.class)
class SettingsWithoutDatabase {

    @Bean
    @ConditionalOnMissingBean
    Settings flashsaleSettings(FlashsaleProperties properties, ObjectProvider<FlashsaleCustomizer> customizers) {
        return new FlashsaleAutoConfiguration().flashsaleSettings(properties, customizers);
    }

    @Bean
    ApplicationEvents flashsaleApplicationEvents(FlashsaleProperties properties, ApplicationEventPublisher publisher) {
        return new FlashsaleAutoConfiguration().flashsaleApplicationEvents(properties, publisher);
    }
}
