package example;

import static dev.flashsale.adapter.jdbc.testing.FlashsaleTest.Database.CONFIGURED;
import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.FlashsaleTest;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

@FlashsaleTest(database = CONFIGURED)
@Import(Checkout.class)
@EnabledIf("dockerAnswers")
class ContainerTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Containers {

        @Bean
        @ServiceConnection
        MySQLContainer mysql() {
            return new MySQLContainer("mysql:9.7");
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Test
    void aPieceIsReserved(@Autowired Checkout checkout, @Autowired Flashsale flashsale, @Autowired Given given) {
        ProductId console = given.productOnSale(2);

        assertThat(flashsale)
                .hasHold(checkout.reserve(console).orElseThrow(), HoldStatus.ACTIVE)
                .hasAvailable(console, 1)
                .booksAddUp();
    }
}
