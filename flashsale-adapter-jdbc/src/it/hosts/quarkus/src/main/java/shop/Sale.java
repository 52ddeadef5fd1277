package shop;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

class Sale {

    @Produces
    @Singleton
    Flashsale flashsale(@DataSource("flashsale") AgroalDataSource dataSource) {
        Schema.migrate(dataSource);
        return Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults());
    }
}
