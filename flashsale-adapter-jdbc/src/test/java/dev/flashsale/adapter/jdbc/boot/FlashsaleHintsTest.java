package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What a native image is told to keep. */
class FlashsaleHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    FlashsaleHintsTest() {
        new FlashsaleHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void everyScriptOfTheTables() throws IOException {
        Resource[] scripts = new PathMatchingResourcePatternResolver()
                .getResources("classpath:dev/flashsale/adapter/jdbc/migration/*.sql");

        assertThat(scripts)
                .hasSizeGreaterThan(12)
                .allSatisfy(script -> assertThat(RuntimeHintsPredicates.resource()
                                .forResource("dev/flashsale/adapter/jdbc/migration/" + script.getFilename()))
                        .accepts(hints));
    }

    @Test
    void whatIsAskedForByItsName() throws NoSuchMethodException {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(DataSourceTransactionManager.class.getMethod("getDataSource")))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(JdbcTransactionManager.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(org.flywaydb.core.Flyway.class))
                .accepts(hints);
    }

    @Test
    void theAutoConfigurationBringsThem() {
        assertThat(FlashsaleAutoConfiguration.class
                        .getAnnotation(ImportRuntimeHints.class)
                        .value())
                .containsExactly(FlashsaleHints.class);
    }
}
