package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.application.Flashsale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A host's test of a slice has a DataSource and nothing of Flashsale: no connection is made, no thread started. */
@JdbcTest(properties = {"spring.flyway.enabled=false", "spring.liquibase.enabled=false"})
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class SliceTest {

    @Autowired
    private ApplicationContext host;

    @Test
    void nothingOfFlashsaleIsThere() {
        assertThat(host.getBeanNamesForType(DataSource.class)).hasSize(1);
        assertThat(host.getBeanNamesForType(Flashsale.class)).isEmpty();
        assertThat(host.getBeanNamesForType(FlashsaleSchema.class)).isEmpty();
        assertThat(host.getBeanNamesForType(HousekeepingLifecycle.class)).isEmpty();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Host {

        /** Which fails if anybody asks it for a connection. */
        @Bean
        DataSource dataSource() {
            return new HikariDataSource();
        }
    }
}
