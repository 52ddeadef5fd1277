package dev.flashsale.app.server;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.app.database.Database;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.application.Flashsale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What serves buyers, on top of {@link SaleConfiguration}. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    RestSettings restSettings(FlashsaleSettings settings) {
        return settings.rest();
    }

    @Bean
    HttpServer httpServer(Flashsale flashsale, Database database, RestSettings settings) {
        return new HttpServer(flashsale, database::answers, settings);
    }

    @Bean
    Sweeper sweeper(Flashsale flashsale, FlashsaleSettings settings) {
        return new Sweeper(
                flashsale, settings.expiry().interval(), settings.idempotency().retention());
    }
}
