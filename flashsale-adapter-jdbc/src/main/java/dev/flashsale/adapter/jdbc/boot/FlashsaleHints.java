package dev.flashsale.adapter.jdbc.boot;

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

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("dev/flashsale/adapter/jdbc/migration/*.sql");
        hints.reflection().registerTypeIfPresent(classLoader, "org.flywaydb.core.Flyway", type -> {});
        for (String manager : MANAGERS) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader,
                            manager,
                            type -> type.withMethod("getDataSource", List.<TypeReference>of(), ExecutableMode.INVOKE));
        }
    }
}
