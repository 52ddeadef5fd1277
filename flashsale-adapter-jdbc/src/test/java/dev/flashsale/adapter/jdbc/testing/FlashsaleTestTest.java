package dev.flashsale.adapter.jdbc.testing;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flashsale.adapter.jdbc.boot.FlashsaleCustomizer;
import dev.flashsale.adapter.jdbc.testing.FlashsaleTest.Database;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Given;
import dev.flashsale.application.testing.MovableClock;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.transaction.annotation.Transactional;

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

    @Nested
    @FlashsaleTest
    @TestPropertySource(properties = "flashsale.hold.ttl=5s")
    @ContextConfiguration(classes = Application.class)
    @Import(InMemoryAsTheApplicationSetsIt.Own.class)
    class InMemoryAsTheApplicationSetsIt {

        @TestConfiguration(proxyBeanMethods = false)
        static class Own {

            private final AtomicInteger told = new AtomicInteger();

            @Bean
            FlashsaleCustomizer customizer() {
                return settings -> settings.paymentDeadline(Duration.ofSeconds(7));
            }

            @Bean
            SaleListener listener() {
                return new SaleListener() {
                    @Override
                    public void holds(Batch batch, List<HoldOutcome> outcomes) {
                        told.addAndGet(outcomes.size());
                    }
                };
            }

            @Bean
            SaleListener another() {
                return listener();
            }
        }

        @Test
        void propertiesCustomizersAndListenersAreMinded(
                @Autowired InMemoryFlashsale flashsale, @Autowired Given given, @Autowired Own own) {
            ProductId console = given.productOnSale(2);
            HoldId hold = given.held(console, 1);
            Order order = given.ordered(console, 1);

            flashsale.clock().advance(Duration.ofSeconds(5));
            assertThat(flashsale).hasHold(hold, HoldStatus.EXPIRED).hasOrder(order.id(), OrderStatus.PENDING);
            flashsale.clock().advance(Duration.ofSeconds(2));
            assertThat(flashsale).hasOrder(order.id(), OrderStatus.EXPIRED);
            assertThat(own.told).hasValue(4);
        }
    }

    /** As an application is that leaves everything to Spring Boot. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class OnItsDatabase {}

    @Nested
    @FlashsaleTest(database = Database.EMBEDDED)
    // Is on the class path for other tests.
    @TestPropertySource(properties = "spring.liquibase.enabled=false")
    @ContextConfiguration(classes = OnItsDatabase.class)
    @Import(OnTheEmbeddedDatabase.Booking.class)
    class OnTheEmbeddedDatabase {

        /** What a host writes: its own row and a hold, together or not at all. */
        static class Booking {

            private final Flashsale flashsale;
            private final JdbcTemplate jdbc;

            Booking(Flashsale flashsale, JdbcTemplate jdbc) {
                this.flashsale = flashsale;
                this.jdbc = jdbc;
            }

            @Transactional
            public HoldId book(ProductId product, boolean fails) {
                HoldId hold = Given.in(flashsale).held(product, 1);
                jdbc.update("insert into booking (hold) values (?)", hold.toString());
                if (fails) {
                    throw new IllegalArgumentException("changed my mind");
                }
                return hold;
            }
        }

        @Test
        void theApplicationsTransactionsAreJoined(
                @Autowired Booking booking,
                @Autowired Flashsale flashsale,
                @Autowired Given given,
                @Autowired JdbcTemplate jdbc) {
            jdbc.execute("create table booking (hold varchar(36))");
            ProductId console = given.productOnSale(5);

            assertThat(flashsale).isNotInstanceOf(InMemoryFlashsale.class);
            assertThatIllegalArgumentException().isThrownBy(() -> booking.book(console, true));
            assertThat(flashsale).hasAvailable(console, 5).booksAddUp();

            HoldId hold = booking.book(console, false);
            assertThat(flashsale)
                    .hasHold(hold, HoldStatus.ACTIVE)
                    .hasAvailable(console, 4)
                    .booksAddUp();
            assertThat(jdbc.queryForList("select hold from booking", String.class))
                    .containsExactly(hold.toString());
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
