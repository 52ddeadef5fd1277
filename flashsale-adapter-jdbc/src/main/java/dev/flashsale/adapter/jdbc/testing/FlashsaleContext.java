package dev.flashsale.adapter.jdbc.testing;

import dev.flashsale.adapter.jdbc.testing.FlashsaleTest.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * What a test's application context has of Flashsale; contexts of equal ones are shared.
 *
 * @param alone whether the application's components are left out
 */
record FlashsaleContext(Database database, boolean alone) implements ContextCustomizer {

    /** For {@link FlashsaleTest}. */
    static final class OfFlashsaleTest implements ContextCustomizerFactory {
        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            FlashsaleTest test = TestContextAnnotationUtils.findMergedAnnotation(testClass, FlashsaleTest.class);
            return test == null ? null : new FlashsaleContext(test.database(), true);
        }
    }

    /** For {@link AutoConfigureInMemoryFlashsale}. */
    static final class OfAnyTest implements ContextCustomizerFactory {
        @Override
        public ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            return new FlashsaleContext(Database.IN_MEMORY, false);
        }
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        BeanDefinitionRegistry beans = (BeanDefinitionRegistry) context.getBeanFactory();
        if (alone) {
            context.getBeanFactory().registerSingleton(NoComponents.class.getName(), new NoComponents());
        }
        AnnotatedBeanDefinitionReader configurations = new AnnotatedBeanDefinitionReader(beans);
        switch (database) {
            case IN_MEMORY -> {
                InMemoryBeans.register(context.getBeanFactory(), beans);
                configurations.register(InMemoryAutoConfiguration.class);
            }
            case EMBEDDED -> {
                TestPropertyValues.of(
                                "spring.datasource.url=" + EmbeddedMariaDb.newDatabase(),
                                "spring.datasource.username=" + EmbeddedMariaDb.USERNAME,
                                "spring.datasource.password=")
                        .applyTo(context);
                configurations.register(DatabaseAutoConfiguration.class);
            }
            case CONFIGURED -> configurations.register(DatabaseAutoConfiguration.class);
        }
        InMemoryBeans.registerGiven(context.getBeanFactory(), beans);
    }

    /** Of the application no component is found; what a test imports is not searched for. */
    private static final class NoComponents extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory readers) {
            return true;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoComponents;
        }

        @Override
        public int hashCode() {
            return NoComponents.class.hashCode();
        }
    }
}
