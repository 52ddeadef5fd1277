package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.port.Transactions;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/**
 * In Spring Boot, 3.5 and 4, a bean of ours is made once the host's Flyway, Liquibase or script is done: Flyway does not
 * begin in a database where there are other tables.
 */
final class AfterHostsMigrations extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

    @Override
    protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
        return Set.of(Flashsale.class, Transactions.class);
    }
}
