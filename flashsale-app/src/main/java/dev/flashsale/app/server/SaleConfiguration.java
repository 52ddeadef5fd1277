package dev.flashsale.app.server;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.app.database.Database;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.settings.FlashsaleSettings;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.SaleListener;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases on their database: what every command needs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FlashsaleSettings.class)
class SaleConfiguration {

    /** @param server is made before, if any: one that may not serve leaves the database alone */
    @Bean
    Database database(FlashsaleSettings settings, Purpose purpose, Optional<RestSettings> server) {
        return Database.open(settings, purpose);
    }

    /** @param listener counts what happens, where somebody can ask for it */
    @Bean
    Flashsale flashsale(Database database, FlashsaleSettings settings, Optional<SaleListener> listener) {
        return Flashsale.on(JdbcPorts.on(database.dataSource()), settings.sale(), listener.orElse(SaleListener.NONE));
    }
}
