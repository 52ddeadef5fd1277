package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.SaleListener;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The tables are kept tidy for as long as the context runs, where the host says. */
class HousekeepingLifecycleTest {

    private static final ApplicationContextRunner HOST = HostContext.migrated()
            .withUserConfiguration(Watching.class)
            .withPropertyValues("flashsale.hold.ttl=1ms", "flashsale.expiry.interval=20ms");

    @Test
    void onAThreadOfItsOwnThatEndsWithTheContext() {
        HOST.run(host -> {
            placeHold(host.getBean(Flashsale.class));

            assertThat(whoExpires()).isEqualTo("flashsale-housekeeping");
            host.close();
            assertThat(threads()).doesNotContain("flashsale-housekeeping");
        });
    }

    @Test
    void onTheHostsSchedulerIfItSaysSo() {
        HOST.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
                .withUserConfiguration(Scheduling.class)
                .withPropertyValues(
                        "flashsale.housekeeping=scheduler", "spring.task.scheduling.thread-name-prefix=hosts-")
                .run(host -> {
                    placeHold(host.getBean(Flashsale.class));

                    assertThat(whoExpires()).startsWith("hosts-");
                    assertThat(threads()).doesNotContain("flashsale-housekeeping");
                    host.getBean(HousekeepingLifecycle.class).stop();
                    assertThat(host.getBean(HousekeepingLifecycle.class).isRunning())
                            .isFalse();
                });
    }

    @Test
    void aSchedulerThatIsNotThereIsMissed() {
        HOST.withPropertyValues("flashsale.housekeeping=scheduler")
                .run(host -> assertThat(host.getStartupFailure()).hasStackTraceContaining("@EnableScheduling"));
    }

    @Test
    void orNotAtAll() {
        HOST.withPropertyValues("flashsale.housekeeping=none").run(host -> {
            assertThat(host.getBean(HousekeepingLifecycle.class).isRunning()).isFalse();
            assertThat(threads()).doesNotContain("flashsale-housekeeping");
        });
    }

    private static void placeHold(Flashsale flashsale) {
        Watching.EXPIRED_ON.clear();
        ProductId product = new ProductId(System.nanoTime() % 1_000_000 + 1_000_000);
        assertThat(flashsale.products().put(Examples.product(product), 1)).isNotNull();
        assertThat(flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), product, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }

    private static String whoExpires() throws InterruptedException {
        return String.valueOf(Watching.EXPIRED_ON.poll(30, TimeUnit.SECONDS));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Watching {

        static final BlockingQueue<String> EXPIRED_ON = new LinkedBlockingQueue<>();

        @Bean
        SaleListener watching() {
            return new SaleListener() {
                @Override
                public void holdsExpired(int holds) {
                    EXPIRED_ON.add(Thread.currentThread().getName());
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Scheduling {}
}
