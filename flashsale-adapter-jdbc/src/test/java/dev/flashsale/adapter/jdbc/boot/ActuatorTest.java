package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.FlashsaleVersion;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.product.ProductId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a host of Spring Boot with an actuator sees of its sale. */
@Timeout(120)
class ActuatorTest {

    private static final AutoConfigurations OURS =
            AutoConfigurations.of(FlashsaleHealthAutoConfiguration.class, FlashsaleMicrometerAutoConfiguration.class);

    private final TestDatabase database = TestDatabase.get().withNewSchema();
    private final ApplicationContextRunner host =
            HostContext.on(database).withConfiguration(OURS).withPropertyValues("flashsale.audit.interval=1ms");

    private static Health health(HealthIndicator indicator) {
        return indicator.health(true);
    }

    @Test
    void itsHealthSaysWhetherChangesCanBeWrittenAndTheBooksAddUp() {
        host.run(context -> {
            ProductId product = Given.in(context.getBean(Flashsale.class)).productOnSale(3);
            HealthIndicator indicator = context.getBean("flashsaleHealthIndicator", HealthIndicator.class);

            assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);
            assertThat(health(indicator).getDetails()).containsEntry("violations", 0);

            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("update flashsale_stock set total = 4 where product_id = " + product);
            }
            assertThat(health(indicator).getStatus()).isEqualTo(new Status("DEGRADED"));
            assertThat(health(indicator).getDetails()).containsEntry("violations", 1);
        });
    }

    @Test
    void itsHealthIsTheSameByTheNamesOfSpringBoot35() {
        host.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> {
                    org.springframework.boot.actuate.health.Health health = context.getBean(
                                    "flashsaleHealthIndicator",
                                    org.springframework.boot.actuate.health.HealthIndicator.class)
                            .health();

                    assertThat(health.getStatus().getCode()).isEqualTo("UP");
                    assertThat(health.getDetails())
                            .containsEntry("version", FlashsaleVersion.current())
                            .containsEntry("database", "takes changes")
                            .containsEntry("violations", 0);
                });
    }

    @Test
    void itsHealthIsDownWhereNoDatabaseIsReached() {
        HostContext.unconnected().withConfiguration(OURS).run(context -> {
            Health health = health(context.getBean("flashsaleHealthIndicator", HealthIndicator.class));

            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("database").toString()).startsWith("cannot be asked");
        });
    }

    @Test
    void itsHealthCanBeTurnedOff() {
        host.withPropertyValues("management.health.flashsale.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("flashsaleHealthIndicator"));
        host.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("flashsaleHealthIndicator"));
    }

    @Test
    void itsRegistryHasTheServersMeters() {
        host.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    Given given = Given.in(context.getBean(Flashsale.class));
                    ProductId product = given.productOnSale(3);
                    assertThat(given.held(product, 2)).isNotNull();
                    MeterRegistry registry = context.getBean(MeterRegistry.class);

                    assertThat(registry.get("flashsale.requests")
                                    .tags("kind", "hold", "outcome", "placed")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("flashsale.batch")
                                    .tags("kind", "hold")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                    assertThat(heldAsShown(registry, product)).isEqualTo(2);
                });
    }

    /** It is read once somebody looks, and is there for whoever looks then. */
    private static double heldAsShown(MeterRegistry registry, ProductId product) throws InterruptedException {
        while (registry.find("flashsale.product.pieces").gauges().isEmpty()) {
            double unused = registry.get("flashsale.product.pieces.timestamp")
                    .timeGauge()
                    .value(TimeUnit.SECONDS);
            Thread.sleep(Duration.ofMillis(5));
        }
        return registry.get("flashsale.product.pieces")
                .tags("product", product.toString(), "state", "held")
                .gauge()
                .value();
    }

    @Test
    void itsTracesHaveUseCasesAndBatches() {
        host.withConfiguration(AutoConfigurations.of(
                        ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
                .withBean(Tracer.class, SimpleTracer::new)
                .run(context -> {
                    Given given = Given.in(context.getBean(Flashsale.class));
                    assertThat(given.held(given.productOnSale(3), 2)).isNotNull();

                    List<SimpleSpan> spans = List.copyOf(((SimpleTracer) context.getBean(Tracer.class)).getSpans());
                    SimpleSpan call = only(spans, "holds.place");
                    SimpleSpan batch = only(spans, "hold batch");
                    assertThat(batch.getParentId()).isEqualTo(call.getSpanId());
                    assertThat(call.getTags()).containsEntry("flashsale.batch.span_id", batch.getSpanId());
                    assertThat(context.getBean(ObservationRegistry.class).getCurrentObservation())
                            .isNull();
                });
    }

    private static SimpleSpan only(List<SimpleSpan> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("two of " + name);
                })
                .orElseThrow();
    }

    @Test
    void withoutAnyOfItNothingIsMade() {
        HostContext.on(database)
                .withConfiguration(AutoConfigurations.of(FlashsaleMicrometerAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(Flashsale.class)
                        .doesNotHaveBean(MeterRegistry.class)
                        .doesNotHaveBean(dev.flashsale.application.SaleObserver.class));
    }
}
