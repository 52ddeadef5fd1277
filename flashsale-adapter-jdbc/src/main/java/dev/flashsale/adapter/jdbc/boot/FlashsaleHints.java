package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.Audits;
import dev.flashsale.application.Holds;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.application.Orders;
import dev.flashsale.application.Payments;
import dev.flashsale.application.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image would leave out: the scripts of the tables, and what is looked for by its name. */
final class FlashsaleHints implements RuntimeHintsRegistrar {

    /** Asked for their DataSource; of the last one only the name is known here. */
    private static final List<String> MANAGERS = List.of(
            "org.springframework.jdbc.datasource.DataSourceTransactionManager",
            "org.springframework.jdbc.support.JdbcTransactionManager",
            "org.springframework.orm.jpa.JpaTransactionManager");

    /** Of which there are proxies where they are observed. */
    private static final List<Class<?>> USE_CASES = List.of(
            Holds.class, Orders.class, Payments.class, Products.class, Operator.class, Lists.class, Audits.class);

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("dev/flashsale/adapter/jdbc/migration/*.sql");
        hints.reflection().registerTypeIfPresent(classLoader, "org.flywaydb.core.Flyway", type -> {});
        USE_CASES.forEach(type -> hints.proxies().registerJdkProxy(type));
        for (String manager : MANAGERS) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader,
                            manager,
                            type -> type.withMethod("getDataSource", List.<TypeReference>of(), ExecutableMode.INVOKE));
        }
    }
}
