package dev.flashsale.adapter.jdbc.testing;

import dev.flashsale.adapter.jdbc.testing.FlashsaleContext.OfFlashsaleTest;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextCustomizerFactories;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what uses a {@code Flashsale}, in Spring Boot 3.5 or 4, with little beside it: like {@code @DataJdbcTest} and the
 * others it finds the application's class, makes none of the application's components but those that the test imports
 * ({@code @Import(Checkout.class)}), and configures nothing by itself but what is told here.
 *
 * <p>In memory, which is the default, there are, to be injected: an {@link dev.flashsale.application.InMemoryFlashsale}, which is
 * the {@code Flashsale}; its {@link dev.flashsale.application.testing.MovableClock}, which is the {@code java.time.Clock}, too,
 * where the application has none; and {@link dev.flashsale.application.testing.Given}. Each test method begins with nothing on
 * sale, at the same time. No DataSource is needed.
 *
 * <p>On a database there is the {@code Flashsale} that Spring Boot configures, with its DataSource, transactions and migrations,
 * and {@code Given}. What a test leaves behind stays there, so each takes a product of its own; {@code Given} does.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SpringExtension.class)
@BootstrapWith(SpringBootTestContextBootstrapper.class)
@OverrideAutoConfiguration(enabled = false)
@ContextCustomizerFactories(OfFlashsaleTest.class)
@TestExecutionListeners(listeners = ForgetEverything.class, mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
public @interface FlashsaleTest {

    /** What the sale is on. */
    Database database() default Database.IN_MEMORY;

    /** What a test's sale is on. */
    enum Database {
        /** Nothing that is kept: {@code Flashsale.inMemory()}. */
        IN_MEMORY,
        /** A new database for each application context on an {@link EmbeddedMariaDb}, whatever {@code spring.datasource} says. */
        EMBEDDED,
        /** The one that the application or the test says: {@code spring.datasource}, or a container with {@code @ServiceConnection}. */
        CONFIGURED
    }
}
