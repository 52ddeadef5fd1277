package dev.flashsale.adapter.rest.boot;

import dev.flashsale.adapter.rest.AnswerListener;
import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Serves the HTTP API on a port of its own where a host sets {@code flashsale.http.port} and has a {@link Flashsale}, in Spring
 * Boot 3.5 and 4. Beans of {@link RestSettings}, {@link Probes}, {@link AnswerListener} or {@link FlashsaleHttpServer} of the
 * host's are used instead of ours.
 */
@AutoConfiguration(afterName = "dev.flashsale.adapter.jdbc.boot.FlashsaleAutoConfiguration")
@ConditionalOnProperty("flashsale.http.port")
@ConditionalOnBean(Flashsale.class)
@EnableConfigurationProperties(RestProperties.class)
public class FlashsaleRestAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RestSettings flashsaleRestSettings(RestProperties properties) {
        return properties.settings();
    }

    /** Asked is what any host has: a list of at most one product, which is not answered from memory. */
    @Bean
    @ConditionalOnMissingBean
    Probes flashsaleProbes(Flashsale flashsale) {
        return Probes.of(() -> {
            flashsale.lists().products(Optional.empty(), new PageSize(1));
            return true;
        });
    }

    @Bean
    @ConditionalOnMissingBean
    FlashsaleHttpServer flashsaleHttpServer(
            Flashsale flashsale, Probes probes, RestSettings settings, ObjectProvider<AnswerListener> listener) {
        return new FlashsaleHttpServer(flashsale, probes, listener.getIfAvailable(() -> AnswerListener.NONE), settings);
    }
}
