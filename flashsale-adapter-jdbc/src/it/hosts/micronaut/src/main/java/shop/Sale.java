package shop;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import io.micronaut.context.annotation.Factory;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

@Factory
class Sale {

    @Singleton
    Flashsale flashsale(@Named("flashsale") DataSource dataSource) {
        DataSource pool = DelegatingDataSource.unwrapDataSource(dataSource);
        Schema.migrate(pool);
        return Flashsale.on(JdbcPorts.on(pool), Settings.defaults());
    }
}
