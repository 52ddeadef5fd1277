package dev.flashsale.adapter.jdbc.testing;

import dev.flashsale.adapter.jdbc.testing.FlashsaleContext.OfAnyTest;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextCustomizerFactories;

/**
 * In a {@code @SpringBootTest}, a {@code @WebMvcTest} or another of Spring Boot's tests: a Flashsale in memory in the place of
 * the application's, if it has one, with the same beans to be injected as in a {@link FlashsaleTest}. What is in it stays for
 * as long as the application context, unless a test says {@code forgetEverything()}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ContextCustomizerFactories(OfAnyTest.class)
public @interface AutoConfigureInMemoryFlashsale {}
