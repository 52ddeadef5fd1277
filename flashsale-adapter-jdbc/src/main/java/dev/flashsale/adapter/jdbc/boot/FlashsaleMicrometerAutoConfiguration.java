package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.micrometer.BatchTracingHandler;
import dev.flashsale.adapter.jdbc.micrometer.MicrometerObserver;
import dev.flashsale.adapter.jdbc.micrometer.ProductMeters;
import dev.flashsale.adapter.jdbc.micrometer.SaleMeters;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.SaleObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Has the sale of a host of Spring Boot, 3.5 and 4, measured and observed where the host has a registry of meters and one of
 * observations: the server's meters, by its names, and spans for use cases and batches.
 *
 * <p>The classes that it comes after are named, since they have moved between 3.5 and 4.
 */
@AutoConfiguration(
        after = FlashsaleAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration"
        })
@ConditionalOnBean(FlashsaleProperties.class)
public class FlashsaleMicrometerAutoConfiguration {

    /** What is counted. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {

        /** A server reads as often for whoever scrapes it. */
        private static final Duration READ_AFTER = Duration.ofSeconds(5);

        @Bean
        @ConditionalOnMissingBean
        SaleMeters flashsaleMeters(MeterRegistry registry) {
            return new SaleMeters(registry);
        }

        /** Where pieces are is read when somebody looks at when they were read. */
        @Bean
        @ConditionalOnMissingBean
        ProductMeters flashsaleProductMeters(
                MeterRegistry registry, Flashsale flashsale, FlashsaleProperties properties) {
            int products = properties.metrics().checkedProducts();
            if (products == 0) {
                return new ProductMeters(registry, meters -> {});
            }
            ReadWhenAsked<List<ProductPieces>> pieces =
                    new ReadWhenAsked<>("Where the pieces of products are", READ_AFTER, System::nanoTime);
            return new ProductMeters(
                    registry, meters -> pieces.get(() -> shown(meters, flashsale, products), Duration.ZERO));
        }

        private static List<ProductPieces> shown(ProductMeters meters, Flashsale flashsale, int products) {
            List<ProductPieces> read = flashsale.lists().pieces(new PageSize(products));
            meters.show(read);
            return read;
        }
    }

    /** What is observed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    static class Observations {

        @Bean
        @ConditionalOnMissingBean
        SaleObserver flashsaleObserver(ObservationRegistry registry) {
            return new MicrometerObserver(registry);
        }
    }

    /** What is linked in traces. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Tracer.class, ObservationRegistry.class})
    @ConditionalOnBean({Tracer.class, ObservationRegistry.class})
    static class Traces {

        /** Before Micrometer's own handler: the first that fits is asked. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        @ConditionalOnMissingBean
        BatchTracingHandler flashsaleBatchTracingHandler(Tracer tracer) {
            return new BatchTracingHandler(tracer);
        }
    }
}
