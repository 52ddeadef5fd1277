package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.DyingProgram;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.jdbc.testing.TestUser;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A migration is finished by the next one, at whatever statement it was killed: any of the newest one and of the longest one; of
 * older ones, which nobody changes any more, one by chance, or all with {@code -Dflashsale.deaths=all}.
 */
@Timeout(120)
class DyingMigrationTest {

    private static final List<Migration> ALL = Migration.all();

    /** With statements enough to die in the middle of. */
    private static final Migration LONGEST = ALL.stream()
            .max(Comparator.comparingInt(migration -> changes(migration).size()))
            .orElseThrow();

    private static final int NEWEST = 1;
    private static final int DEATHS_OF_OLDER_ONES = 1;
    private static final boolean ALL_DEATHS = "all".equals(System.getProperty("flashsale.deaths"));
    private static final long SEED = Long.getLong("flashsale.seed", System.nanoTime());

    private final TestDatabase database = TestDatabase.get().withNewSchema();
    private final HikariDataSource pool = database.newPool(4);
    private final Tables tables = new Tables(pool);

    /** What there is before each version, with rows that it has to do with. */
    private static final List<HikariDataSource> BEFORE = new ArrayList<>();

    @AfterEach
    void close() {
        pool.close();
    }

    @AfterAll
    static void closeAll() {
        BEFORE.forEach(HikariDataSource::close);
    }

    private static HikariDataSource newSchema() {
        return TestDatabase.get().withNewSchema().newPool(1);
    }

    private static Tables before(Migration migration) {
        while (BEFORE.size() <= ALL.indexOf(migration)) {
            HikariDataSource next = newSchema();
            if (!BEFORE.isEmpty()) {
                Migration made = ALL.get(BEFORE.size() - 1);
                new Tables(next).become(new Tables(BEFORE.getLast()), made.text());
                Schema.migrate(next, upTo(made));
                fill(next, made.version());
            }
            BEFORE.add(next);
        }
        return new Tables(BEFORE.get(ALL.indexOf(migration)));
    }

    static List<Migration> versions() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void oneThatIsKilledBeforeOrAfterAnyStatementIsFinishedByTheNext(Migration migration) {
        // given
        Map<String, List<String>> undisturbed = undisturbed(migration);

        for (int change : deaths(migration)) {
            tables.become(before(migration), migration.text());

            // when
            kill(DyingProgram.before(change, database), migration, false);
            kill(DyingProgram.after(1, database), migration, false);
            Schema.migrate(pool, upTo(migration));

            // then
            assertThat(state(tables))
                    .as("change %s of %s, seed %s", change, migration.script(), SEED)
                    .isEqualTo(undisturbed);
        }
    }

    private static void kill(DyingProgram program, Migration migration, boolean repairing) {
        assertThatThrownBy(() -> Schema.migrate(program, upTo(migration), repairing))
                .isInstanceOf(SchemaNotReady.class);
        assertThat(program.isDead()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatAnOlderProgramLeftIsLeftAloneUntilItIsToBeRepaired(Migration migration) {
        // given
        Map<String, List<String>> undisturbed = undisturbed(migration);

        for (int change : deaths(migration)) {
            tables.become(before(migration), migration.text());
            olderProgram(DyingProgram.after(change, database), migration);

            // when
            if (!isRepeatable(change, migration)) {
                assertIsToBeRepaired(migration);
                assertIsToBeRepaired(migration);
                kill(DyingProgram.after((change + 1) / 2, database), migration, true);
            }
            Schema.migrate(pool, upTo(migration));

            // then
            assertThat(state(tables))
                    .as("change %s of %s, seed %s", change, migration.script(), SEED)
                    .isEqualTo(undisturbed);
        }
    }

    /** What version 4 begins with. */
    private static boolean isRepeatable(int change, Migration migration) {
        return change == 1 && migration.steps().getFirst().sql().contains(" modify column ");
    }

    private void assertIsToBeRepaired(Migration migration) {
        assertThatThrownBy(() -> Schema.migrate(pool, upTo(migration)))
                .isInstanceOf(SchemaNotReady.class)
                .hasMessageContaining("version " + migration.version() + " of the tables was begun")
                .hasMessageContaining("migrate --repair");
    }

    @Test
    void oneThatIsKilledAgainAndAgainInAnEmptyDatabaseGetsThere() {
        // given
        Map<String, List<String>> undisturbed = undisturbed();
        int deaths = 0;

        // when
        DyingProgram program = DyingProgram.after(2, database);
        while (!migrates(program)) {
            deaths++;
            program = DyingProgram.after(2, database);
        }

        // then
        assertThat(deaths)
                .isEqualTo(
                        ALL.stream().mapToInt(script -> changes(script).size()).sum() - 1);
        assertThat(state(tables)).isEqualTo(undisturbed);
    }

    private static boolean migrates(DyingProgram program) {
        try {
            Schema.migrate(program);
            return true;
        } catch (SchemaNotReady killed) {
            assertThat(program.isDead()).isTrue();
            return false;
        }
    }

    @Test
    void severalNodesThatStartAfterItFinishItOnce() throws Exception {
        // given
        Map<String, List<String>> undisturbed = undisturbed(LONGEST);
        tables.become(before(LONGEST), LONGEST.text());
        assertThatThrownBy(() -> Schema.migrate(DyingProgram.after(5, database), upTo(LONGEST)));

        // when
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> start = () -> {
                Schema.migrate(pool, upTo(LONGEST));
                return true;
            };
            for (Future<Boolean> node : nodes.invokeAll(Collections.nCopies(4, start))) {
                assertThat(node.get()).isTrue();
            }
        }

        // then
        assertThat(state(tables)).isEqualTo(undisturbed);
    }

    /** Of a backup that was made before, by a program that did not keep its progress; so of what was, nothing is there. */
    @Test
    void whereTheTablesOfBeforeWereRestoredItIsRepaired() {
        // given
        Map<String, List<String>> undisturbed = undisturbed(LONGEST);
        tables.become(before(LONGEST), LONGEST.text());
        assertThatThrownBy(() -> Schema.migrate(DyingProgram.after(12, database), upTo(LONGEST)));
        List<String> progress = tables.column("select * from flashsale_schema_progress", 1);
        try (HikariDataSource backup = newSchema()) {
            Tables restored = new Tables(backup);
            restored.become(before(LONGEST), LONGEST.text());
            restored.execute("insert into flashsale_schema_progress select * from " + name(tables)
                    + ".flashsale_schema_progress");
            tables.become(restored, LONGEST.text());
        }
        assertThat(tables.column("select * from flashsale_schema_progress", 1))
                .isEqualTo(progress)
                .isNotEmpty();

        // when
        assertThatThrownBy(() -> Schema.migrate(pool, upTo(LONGEST))).hasMessageContaining("--repair");
        Schema.migrate(pool, upTo(LONGEST), true);

        // then
        assertThat(state(tables)).isEqualTo(undisturbed);
    }

    @Test
    void aStatementThatWasRefusedIsGoneOnFrom() {
        try (TestUser owner = TestUser.in(database).with("select, insert, update, delete, create, alter, references");
                HikariDataSource theirs = owner.login().newPool(2)) {
            assertThatThrownBy(() -> Schema.migrate(theirs)).hasMessageContaining("INDEX command denied");
            assertThatThrownBy(() -> Schema.migrate(theirs)).hasMessageContaining("INDEX command denied");
        }

        Schema.migrate(pool);

        assertThat(failed()).isEmpty();
        Sale.sellsAPiece(pool);
    }

    @Test
    void aStatementThatWasRefusedToAnOlderProgramIsRepaired() {
        try (TestUser owner = TestUser.in(database).with("select, insert, update, delete, create, alter, references");
                HikariDataSource theirs = owner.login().newPool(2)) {
            olderProgram(theirs, ALL.getLast());
        }
        assertThat(failed()).containsExactly("1");
        assertThatThrownBy(() -> Schema.migrate(pool)).hasMessageContaining("migrate --repair");

        Schema.repair(pool);

        assertThat(failed()).isEmpty();
        Sale.sellsAPiece(pool);
    }

    private List<String> failed() {
        return tables.column("select version from flashsale_schema_history where not success", 1);
    }

    private static List<Migration> upTo(Migration migration) {
        return ALL.subList(0, ALL.indexOf(migration) + 1);
    }

    /** The numbers of the statements of its script that change tables or rows. */
    private static List<Integer> changes(Migration migration) {
        long changes =
                migration.steps().stream().filter(step -> !step.isOfSession()).count();
        return IntStream.rangeClosed(1, (int) changes).boxed().toList();
    }

    private static List<Integer> deaths(Migration migration) {
        List<Integer> changes = new ArrayList<>(changes(migration));
        if (ALL_DEATHS || migration.equals(LONGEST) || ALL.indexOf(migration) >= ALL.size() - NEWEST) {
            return changes;
        }
        Collections.shuffle(changes, new Random(SEED));
        return changes.stream().limit(DEATHS_OF_OLDER_ONES).toList();
    }

    /** As every program did before this one, which left the statements to Flyway. */
    private static void olderProgram(DataSource dataSource, Migration migration) {
        assertThatThrownBy(Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:dev/flashsale/adapter/jdbc/migration")
                .table("flashsale_schema_history")
                .target(Integer.toString(migration.version()))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()::migrate);
    }

    private static Map<String, List<String>> undisturbed() {
        try (HikariDataSource schema = newSchema()) {
            Schema.migrate(schema);
            return state(new Tables(schema));
        }
    }

    /** What is there before is to become this. */
    private Map<String, List<String>> undisturbed(Migration migration) {
        tables.become(before(migration), migration.text());
        Schema.migrate(pool, upTo(migration));
        return state(tables);
    }

    private static Map<String, List<String>> state(Tables tables) {
        Map<String, List<String>> state = new TreeMap<>();
        tables.definitions().forEach((table, definition) -> {
            state.put("definition of " + table, List.of(definition));
            // Its ids have gaps where somebody died, and its rows are entered now.
            String columns = table.equals("flashsale_stock_ledger") ? "product_id, pieces, operator, reason" : "*";
            state.put("rows of " + table, tables.rows("select " + columns + " from " + table));
        });
        state.put(
                "history",
                tables.column(
                        "select concat_ws(', ', version, description, type, script, checksum, success)"
                                + " from flashsale_schema_history where type = 'SQL' order by installed_rank",
                        1));
        state.put("progress", tables.rows("select * from flashsale_schema_progress"));
        return state;
    }

    private static String name(Tables tables) {
        return tables.column("select database()", 1).getFirst();
    }

    /** With what there is room for from this version on. */
    private static void fill(HikariDataSource pool, int version) {
        Tables before = new Tables(pool);
        switch (version) {
            case 1 -> {
                for (int id = 1; id <= 3; id++) {
                    before.execute("insert into flashsale_product values (" + id + ", 'x', 10, 'EUR')");
                    before.execute("insert into flashsale_stock (product_id, total, available) values (" + id + ", "
                            + 100 * (id - 1) + ", " + 50 * (id - 1) + ")");
                }
                before.execute("insert into flashsale_hold (id, product_id, quantity, status, expires_at) values"
                        + " (x'01', 2, 1, 'active', utc_timestamp(6)), (x'02', 3, 1, 'ordered', utc_timestamp(6))");
                before.execute("insert into flashsale_order (hold_id, product_id, quantity, amount, currency, status,"
                        + " placed_at, payment_deadline) values (x'02', 3, 1, 10, 'EUR', 'paid', utc_timestamp(6),"
                        + " utc_timestamp(6))");
                before.execute("insert into flashsale_payment (transaction_id, order_id, status, effect, order_status,"
                        + " received_at) values ('paid', 1, 'success', 'applied', 'paid', utc_timestamp(6)),"
                        + " ('owed', 1, 'success', 'refund_required', 'paid', utc_timestamp(6)),"
                        + " ('early', 2, 'success', 'kept', null, utc_timestamp(6))");
            }
            case 2 -> before.execute("insert into flashsale_customer_hold values (x'01', 2, 'c-1')");
            case 3 ->
                before.execute(
                        "insert into flashsale_idempotency_key values ('k', '2 1', 'sold_out', utc_timestamp(6))");
            case 5 ->
                before.execute(
                        "insert into flashsale_operator_log (logged_at, operator, action, subject, difference, reason)"
                                + " values (utc_timestamp(6), 'ann', 'stock_adjusted', 2, '10 → 7', 'broken')");
            case 6 -> fillWithSeveralProducts(pool);
            case 9 ->
                before.execute("insert into flashsale_hold (id, product_id, quantity, status, expires_at, customer_id)"
                        + " values (x'03', 2, 1, 'released', utc_timestamp(6), 'c-1')");
            default -> {}
        }
    }

    private static void fillWithSeveralProducts(HikariDataSource pool) {
        Instant soon = Instant.now().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.DAYS);
        new Tables(pool).execute("update flashsale_stock set total = total + 50, available = available + 50");
        try (Connection connection = pool.getConnection()) {
            VersionSeven seven = new VersionSeven(connection);
            for (CustomerId customer : new @Nullable CustomerId[] {null, new CustomerId("c-1")}) {
                seven.hold(Examples.newHoldId(), 3, soon, customer);
                HoldId ordered = Examples.newHoldId();
                seven.hold(ordered, 2, soon, customer);
                seven.end(ordered, 2, "ordered", customer != null);
                seven.save(ordered, seven.order(ordered, 2, soon, soon), 2, "paid");
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
