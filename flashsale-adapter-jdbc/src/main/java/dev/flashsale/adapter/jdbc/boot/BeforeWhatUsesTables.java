package dev.flashsale.adapter.jdbc.boot;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.core.Ordered;

/**
 * In Spring Boot, 3.5 and 4, what makes Flashsale's tables counts among what makes a database ready: it comes after the
 * host's Flyway, Liquibase and scripts, and before whatever waits for them.
 */
final class BeforeWhatUsesTables extends AbstractBeansOfTypeDatabaseInitializerDetector {

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(FlashsaleSchema.class);
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
