package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.jdbc.testing.TestUser;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that cannot be made. */
class SchemaUpgradeTest {

    private static final List<Migration> ALL = Migration.all();

    private final TestDatabase database = TestDatabase.get().withNewSchema();
    private final HikariDataSource pool = database.newPool(2);
    private final Tables tables = new Tables(pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flashsale_hold", "flashsale_stock_ledger"})
    void aTableOfThatNameThatIsNotOursIsNamedAndNothingIsMade(String name) {
        // given
        tables.execute("create table " + name + " (id int primary key)");

        // then
        assertThatThrownBy(() -> Schema.migrate(pool))
                .isInstanceOf(SchemaNotReady.class)
                .hasMessageContaining(name)
                .hasMessageContaining("Nothing was changed");
        assertThat(tables.names()).containsExactly(name);

        // and when it is out of the way
        tables.execute("rename table " + name + " to hosts_own");
        Schema.migrate(pool);
        assertThat(tables.names()).contains("hosts_own", name);
    }

    @Test
    void onceAllIsThereNobodyNeedsARightToChangeTables() {
        Schema.migrate(pool);

        try (TestUser seller = TestUser.in(database).with("select, insert, update, delete");
                HikariDataSource theirs = seller.login().newPool(2)) {
            assertThatCode(() -> Schema.migrate(theirs)).doesNotThrowAnyException();
            Sale.sellsAPiece(theirs);
        }
        try (TestUser reader = TestUser.in(database).with("select");
                HikariDataSource theirs = reader.login().newPool(1)) {
            assertThatCode(() -> Schema.validate(theirs)).doesNotThrowAnyException();
        }
    }

    @Test
    void aMissingRightIsNamedAndNothingIsMade() {
        try (TestUser seller = TestUser.in(database).with("select, insert, update, delete");
                HikariDataSource theirs = seller.login().newPool(1)) {
            assertThatThrownBy(() -> Schema.migrate(theirs))
                    .isInstanceOf(SchemaNotReady.class)
                    .hasMessageContaining("CREATE command denied to user '" + seller.name() + "'")
                    .hasMessageContaining("migrate --print");
        }
        assertThat(tables.names()).isEmpty();
    }

    @Test
    void aTableThatWasDroppedIsNamed() {
        Schema.migrate(pool);
        tables.execute("drop table flashsale_open_refund");

        assertThatThrownBy(() -> Schema.migrate(pool)).hasMessageContaining("flashsale_open_refund");
        assertThatThrownBy(() -> Schema.validate(pool)).hasMessageContaining("flashsale_open_refund");
    }

    @Test
    void whatIsMissingIsToldWithoutChangingAnything() {
        assertThatThrownBy(() -> Schema.validate(pool))
                .isInstanceOf(SchemaNotReady.class)
                .hasMessageContaining("no tables of Flashsale");
        assertThat(tables.names()).isEmpty();

        Schema.migrate(pool, ALL.subList(0, 5));
        assertThatThrownBy(() -> Schema.validate(pool)).hasMessageContaining("at version 5", "8 is needed", "--from 5");
    }

    /** And with it one goes on from there. */
    @Test
    void withoutFlywayTheTablesAreTheSame() throws Exception {
        withoutFlyway("migrate").invoke(null, pool);

        FlywayMigration.run(pool, Schema.version(), 0);
        try (HikariDataSource other = TestDatabase.get().withNewSchema().newPool(2)) {
            Schema.migrate(other);
            assertThat(tables.definitions()).isEqualTo(new Tables(other).definitions());
            assertThat(tables.versions()).isEqualTo(new Tables(other).versions());
        }
        assertThatCode(() -> withoutFlyway("migrate").invoke(null, pool)).doesNotThrowAnyException();
    }

    @Test
    void withoutFlywayWhatItHasBegunIsGoneOnWith() throws Exception {
        Schema.migrate(pool, ALL.subList(0, 4));

        withoutFlyway("migrate").invoke(null, pool);

        assertThat(tables.versions()).contains("5", "" + Schema.version());
        Sale.sellsAPiece(pool);
    }

    @Test
    void withoutFlywayNodesThatStartTogetherMakeTheTablesOnce() throws Exception {
        Callable<Object> node = () -> {
            try (HikariDataSource own = database.newPool(1)) {
                return String.valueOf(withoutFlyway("migrate").invoke(null, own));
            }
        };
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            for (Future<Object> start : nodes.invokeAll(Collections.nCopies(4, node))) {
                assertThat(start.get()).isEqualTo("null");
            }
        }

        assertThat(tables.versions()).doesNotHaveDuplicates().hasSize(ALL.size());
        Sale.sellsAPiece(pool);
    }

    @Test
    void withoutFlywayAVersionThatWasLeftHalfMadeIsRepaired() throws Exception {
        Schema.migrate(pool, ALL.subList(0, 1));
        tables.execute(ALL.get(1).steps().getFirst().sql());

        assertThatThrownBy(() -> withoutFlyway("migrate").invoke(null, pool))
                .cause()
                .hasMessageContaining("Schema.repair");
        withoutFlyway("repair").invoke(null, pool);

        assertThat(tables.versions()).contains("" + Schema.version());
        Sale.sellsAPiece(pool);
    }

    private static Method withoutFlyway(String method) throws ReflectiveOperationException {
        return new WithoutFlyway().loadClass(Schema.class.getName()).getMethod(method, DataSource.class);
    }

    /** A host's class path on which there is no Flyway. */
    private static final class WithoutFlyway extends ClassLoader {

        WithoutFlyway() {
            super(Schema.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.flywaydb.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.flashsale.adapter.jdbc.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException failed) {
                throw new ClassNotFoundException(name, failed);
            }
        }
    }
}
