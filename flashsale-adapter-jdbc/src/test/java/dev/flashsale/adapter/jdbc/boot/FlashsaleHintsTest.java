package dev.flashsale.adapter.jdbc.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Operator;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.SaleObserver;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.operator.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
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

    /** Whatever {@link Flashsale} hands out may be observed. */
    @Test
    void theProxiesOfUseCases() {
        List<Class<?>> observed = new ArrayList<>();
        Flashsale flashsale = Flashsale.on(
                JdbcPorts.on(new DriverManagerDataSource()),
                Settings.defaults(),
                SaleListener.NONE,
                EventListener.NONE,
                new SaleObserver() {
                    @Override
                    public <T> T useCases(Class<T> type, T useCases) {
                        observed.add(type);
                        return useCases;
                    }

                    @Override
                    public @Nullable Object request() {
                        return null;
                    }

                    @Override
                    public <R> R batch(Kind kind, Supplier<List<@Nullable Object>> requests, Supplier<R> work) {
                        return work.get();
                    }
                });
        Operator operator = flashsale.operator(new Cause("ann", "test"));

        assertThat(operator).isNotNull();
        assertThat(observed)
                .hasSizeGreaterThan(5)
                .contains(Operator.class)
                .allSatisfy(type -> assertThat(RuntimeHintsPredicates.proxies().forInterfaces(type))
                        .accepts(hints));
    }

    @Test
    void theAutoConfigurationBringsThem() {
        assertThat(FlashsaleAutoConfiguration.class
                        .getAnnotation(ImportRuntimeHints.class)
                        .value())
                .containsExactly(FlashsaleHints.class);
    }
}
