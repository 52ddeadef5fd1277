package dev.flashsale.adapter.jdbc.testing;

import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.testing.Given;
import dev.flashsale.application.testing.MovableClock;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** The beans of a Flashsale in memory, which take the place of any other. */
final class InMemoryBeans implements BeanDefinitionRegistryPostProcessor {

    private static final String FLASHSALE = "dev.flashsale.inMemoryFlashsale";

    private final ConfigurableListableBeanFactory factory;

    private InMemoryBeans(ConfigurableListableBeanFactory factory) {
        this.factory = factory;
    }

    static void register(ConfigurableListableBeanFactory factory, BeanDefinitionRegistry beans) {
        add(
                beans,
                FLASHSALE,
                InMemoryFlashsale.class,
                () -> Flashsale.inMemory(
                        factory.getBeanProvider(Settings.class).getIfUnique(Settings::defaults),
                        SaleListener.all(factory.getBeanProvider(SaleListener.class)
                                .orderedStream()
                                .toList()),
                        EventListener.all(factory.getBeanProvider(EventListener.class)
                                .orderedStream()
                                .toList())));
        RootBeanDefinition clock = bean(
                MovableClock.class,
                () -> factory.getBean(FLASHSALE, InMemoryFlashsale.class).clock());
        // An application that has a Clock of its own keeps it.
        clock.setFallback(true);
        beans.registerBeanDefinition("dev.flashsale.movableClock", clock);
        add(beans, "dev.flashsale.onlyInMemory", InMemoryBeans.class, () -> new InMemoryBeans(factory));
    }

    static void registerGiven(ConfigurableListableBeanFactory factory, BeanDefinitionRegistry beans) {
        add(beans, "dev.flashsale.given", Given.class, () -> Given.in(factory.getBean(Flashsale.class)));
    }

    private static <T> void add(BeanDefinitionRegistry beans, String name, Class<T> type, Supplier<T> made) {
        beans.registerBeanDefinition(name, bean(type, made));
    }

    private static <T> RootBeanDefinition bean(Class<T> type, Supplier<T> made) {
        return new RootBeanDefinition(type, made);
    }

    /** The application has told of all its beans. */
    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry beans) {
        for (String name : factory.getBeanNamesForType(Flashsale.class, true, false)) {
            if (!name.equals(FLASHSALE)) {
                beans.removeBeanDefinition(name);
            }
        }
    }
}
