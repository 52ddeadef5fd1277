package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** A host with what Spring Boot makes for its database, and Flashsale. */
final class HostContext {

    private HostContext() {}

    /** On a schema that is empty. */
    static ApplicationContextRunner empty() {
        return on(TestDatabase.get().withNewSchema());
    }

    /** On a schema that Flashsale's tables are in. */
    static ApplicationContextRunner migrated() {
        return on(TestDatabase.get());
    }

    static ApplicationContextRunner on(TestDatabase database) {
        return withoutDatabase()
                .withPropertyValues(
                        "spring.datasource.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                        "spring.datasource.username=" + database.username(),
                        "spring.datasource.password=" + database.password(),
                        "spring.datasource.hikari.maximum-pool-size=3",
                        "spring.datasource.hikari.minimum-idle=1");
    }

    static ApplicationContextRunner withoutDatabase() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        FlashsaleAutoConfiguration.class));
    }
}
