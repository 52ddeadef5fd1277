package dev.flashsale.adapter.jdbc.testing;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Given;
import dev.flashsale.application.testing.MovableClock;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** What is in the application contexts, on the Spring Boot that this is compiled on. */
class FlashsaleTestTest {

    private static final Clock FIXED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    /** An application, beside whose components {@link LeftOut} is. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ComponentScan(excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
    static class Application {

        /** It would need a database, which is not there. */
        @Bean
        Flashsale flashsale() {
            throw new AssertionError("is to be replaced");
        }
    }

    @Nested
    @FlashsaleTest
    @ContextConfiguration(classes = Application.class)
    class InMemory {

        @Autowired
        private ApplicationContext context;

        @Autowired
        private InMemoryFlashsale flashsale;

        @Autowired
        private Clock clock;

        @Autowired
        private Given given;

        private boolean forgotten;

        @BeforeEach
        void nothingIsOnSale() {
            forgotten = flashsale.audits().audit().products().isEmpty();
        }

        @Test
        void itIsTheFlashsaleAndItsClockIsTheClock() {
            assertThat(context.getBean(Flashsale.class)).isSameAs(flashsale);
            assertThat(clock).isSameAs(flashsale.clock());
            assertThat(context.getBeanProvider(DataSource.class)).isEmpty();
        }

        @Test
        void aTestBeginsWithNothing() {
            sell();
        }

        @Test
        void soDoesAnother() {
            sell();
        }

        private void sell() {
            assertThat(forgotten).isTrue();
            assertThat(clock.instant()).isEqualTo("2026-11-27T00:00:00.123456Z");
            ProductId console = given.product().withId(1).pieces(1).onSale();
            HoldId hold = given.held(console, 1);
            flashsale.clock().advance(Duration.ofMinutes(2));
            assertThat(flashsale).hasHold(hold, HoldStatus.EXPIRED);
        }
    }

    @Nested
    @FlashsaleTest
    @ContextConfiguration(classes = Application.class)
    @Import(InMemoryWithBeansOfItsOwn.Own.class)
    class InMemoryWithBeansOfItsOwn {

        @TestConfiguration(proxyBeanMethods = false)
        static class Own {
            @Bean
            Clock wallClock() {
                return FIXED;
            }

            @Bean
            Settings settings() {
                return Settings.builder().holdTtl(Duration.ofSeconds(1)).build();
            }
        }

        @Autowired
        private Clock clock;

        @Autowired
        private MovableClock movable;

        @Autowired
        private Flashsale flashsale;

        @Autowired
        private Given given;

        @Test
        void theyAreKept() {
            HoldId hold = given.held(given.productOnSale(1), 1);
            movable.advance(Duration.ofSeconds(1));

            assertThat(clock).isSameAs(FIXED);
            assertThat(flashsale).hasHold(hold, HoldStatus.EXPIRED);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Whole {
        @Bean
        Flashsale flashsale() {
            throw new AssertionError("is to be replaced");
        }

        @Bean
        String ofTheApplication(Flashsale flashsale) {
            return "sells on " + flashsale.getClass().getSimpleName();
        }
    }

    @Nested
    @SpringBootTest(classes = Whole.class)
    @AutoConfigureInMemoryFlashsale
    class InAnyOtherTest {

        @Autowired
        private String ofTheApplication;

        @Autowired
        private Given given;

        @Autowired
        private InMemoryFlashsale flashsale;

        @Test
        void theApplicationsIsReplaced() {
            ProductId console = given.productOnSale(2);

            assertThat(ofTheApplication).isEqualTo("sells on InMemoryFlashsale");
            assertThat(flashsale).hasAvailable(console, 2);
        }
    }

    @Nested
    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = Object.class)
    class WithoutAnyOfIt {

        @Test
        void thereIsNone(@Autowired ApplicationContext context) {
            assertThat(context.getBeanProvider(Flashsale.class)).isEmpty();
        }
    }
}
