package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.NotSetUp;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.Trouble;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A trigger on the table of holds signals each number that docs/errors.md has: what a caller gets, and that sales go on. */
@Timeout(120)
class ProvokedErrorsTest {

    private static final TestDatabase DATABASE = TestDatabase.get().withNewSchema();
    /** Of one connection, so that it shows whether it was lent again. Its pool knows nothing of our numbers. */
    private static final HikariDataSource POOL = DATABASE.newPool(1);

    private static final Tables TABLES = new Tables(POOL);
    private static final int POISON = 7;

    private final Queue<String> busy = new ConcurrentLinkedQueue<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final ProductId product = Examples.newProductId();
    private final Flashsale flashsale =
            Flashsale.on(JdbcPorts.on(POOL), Settings.defaults().withoutMemory(), new SaleListener() {
                @Override
                public void busy(Batch batch, Trouble why) {
                    busy.add(why + " " + batch.size());
                }

                @Override
                public void retried() {
                    retries.incrementAndGet();
                }
            });

    @BeforeAll
    static void breakable() {
        Schema.migrate(POOL);
        TABLES.execute("create table broken (number int, quantity int)");
        TABLES.execute("insert into broken values (0, null)");
        TABLES.execute("create trigger broken_hold before insert on flashsale_hold for each row begin"
                + " declare n int; select number into n from broken where quantity is null or quantity = new.quantity;"
                + " if n > 0 then signal sqlstate 'HY000' set mysql_errno = n, message_text = 'provoked'; end if; end");
    }

    @AfterAll
    static void close() {
        POOL.close();
    }

    @BeforeEach
    void stock() {
        assertThat(flashsale.products().put(Examples.product(product), 100)).isNotNull();
    }

    static Stream<Arguments> numbers() {
        return Faults.BY_NUMBER.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(known -> Arguments.of(known.getKey(), known.getValue()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsWhatACallerGetsAndSalesGoOnWithoutIt(int number, Fault fault) {
        HoldRequest request = request(1);
        String before = connection();
        provoke(number);

        Throwable thrown = catchThrowable(() -> place(request));
        provoke(0);

        switch (fault) {
            case SETUP -> assertThat(thrown).isInstanceOf(NotSetUp.class).hasMessageContaining("provoked");
            case DUPLICATE_KEY, OTHER -> assertThat(thrown).isInstanceOf(DataAccessException.class);
            default ->
                assertThat(thrown).hasMessageContaining("provoked").isInstanceOfSatisfying(Busy.class, failed -> {
                    assertThat(failed.trouble()).isEqualTo(fault.trouble());
                    assertThat(failed.repeat()).isEqualTo(Busy.Repeat.REQUEST);
                    assertThat(failed.mayBeDone()).isFalse();
                });
        }
        assertThat(busy)
                .containsExactlyElementsOf(
                        fault == Fault.DUPLICATE_KEY || fault == Fault.OTHER
                                ? List.of()
                                : List.of(fault.trouble() + " 1"));
        assertThat(place(request)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(available()).isEqualTo(99);
        if (fault.leavesConnection()) {
            assertThat(connection()).as("the connection").isNotEqualTo(before);
        }
    }

    @Test
    void aLastingDuplicateKeyFailsAlone() throws Exception {
        provoke(1062, POISON);

        List<FutureTask<HoldOutcome>> answers = together(1, 1, POISON, 1, 1);
        provoke(0);

        assertThat(catchThrowable(answers.get(2)::get)).hasCauseInstanceOf(DataAccessException.class);
        for (int other : List.of(0, 1, 3, 4)) {
            assertThat(answers.get(other).get()).isInstanceOf(HoldOutcome.Placed.class);
        }
        assertThat(busy).isEmpty();
        assertThat(available()).isEqualTo(96);
    }

    @ParameterizedTest
    @MethodSource("nobodysFault")
    void whatIsNobodysFaultIsNotTriedForEach(int number, Trouble trouble) throws Exception {
        provoke(number, POISON);

        List<FutureTask<HoldOutcome>> answers = together(POISON, POISON, POISON, POISON, POISON);
        provoke(0);

        for (FutureTask<HoldOutcome> answer : answers) {
            assertThat(catchThrowable(answer::get)).isInstanceOf(ExecutionException.class);
        }
        // The one who leads may have begun before the others came.
        assertThat(busy).containsAnyOf(trouble + " 5", trouble + " 4").hasSizeLessThanOrEqualTo(2);
        assertThat(available()).isEqualTo(100);
    }

    static Stream<Arguments> nobodysFault() {
        return Stream.of(
                Arguments.of(1142, Trouble.SETUP),
                Arguments.of(1114, Trouble.STORAGE),
                Arguments.of(2013, Trouble.CONNECTION_LOST));
    }

    @Test
    void aStatementThatIsKilledIsRunAgain() throws Exception {
        String id = connection();
        FutureTask<HoldOutcome> answer = new FutureTask<>(() -> place(request(1)));
        try (Connection other = DATABASE.connect();
                Statement statement = other.createStatement()) {
            lockStock(other);
            Thread.ofVirtual().start(answer);
            awaitWaiting(statement);
            statement.execute("kill query " + id);
            other.rollback();
        }

        assertThat(answer.get()).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(retries).hasPositiveValue();
    }

    @Test
    void inACallersTransactionADemotedWriterCostsAllOfIt() {
        TransactionTemplate host = new TransactionTemplate(new DataSourceTransactionManager(POOL));
        String before = connection();
        provoke(1290);

        Throwable thrown = catchThrowable(() -> host.execute(status -> place(request(1))));
        provoke(0);

        assertThat(thrown).isInstanceOfSatisfying(Busy.class, failed -> {
            assertThat(failed.trouble()).isEqualTo(Trouble.NOT_WRITER);
            assertThat(failed.repeat()).isEqualTo(Busy.Repeat.TRANSACTION);
        });
        assertThat(connection()).as("the connection").isNotEqualTo(before);
        assertThat(available()).isEqualTo(100);
    }

    /** All gather while somebody else has the stock locked. */
    private List<FutureTask<HoldOutcome>> together(int... quantities) throws Exception {
        List<FutureTask<HoldOutcome>> answers = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        try (Connection other = DATABASE.connect();
                Statement statement = other.createStatement()) {
            lockStock(other);
            for (int quantity : quantities) {
                FutureTask<HoldOutcome> answer = new FutureTask<>(() -> place(request(quantity)));
                answers.add(answer);
                callers.add(Thread.ofPlatform().start(answer));
                if (callers.size() == 1) {
                    awaitWaiting(statement);
                }
            }
            while (callers.stream().filter(ProvokedErrorsTest::isParked).count() < callers.size() - 1) {
                Thread.sleep(1);
            }
            other.rollback();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return answers;
    }

    private static boolean isParked(Thread caller) {
        return caller.getState() == Thread.State.WAITING || caller.getState() == Thread.State.TIMED_WAITING;
    }

    private void lockStock(Connection other) throws SQLException {
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("select * from flashsale_stock where product_id = " + product + " for update");
        }
    }

    /** Until somebody else of this schema waits for the stock. */
    private static void awaitWaiting(Statement statement) throws Exception {
        String schema = DATABASE.url().substring(DATABASE.url().lastIndexOf('/') + 1);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            try (ResultSet row = statement.executeQuery("select count(*) from information_schema.processlist"
                    + " where db = '" + schema + "' and id <> connection_id()"
                    + " and info like '%flashsale_stock%for update%'")) {
                row.next();
                if (row.getInt(1) > 0) {
                    return;
                }
            }
        }
        throw new AssertionError("nobody waits for the stock");
    }

    private static void provoke(int number) {
        TABLES.execute("update broken set number = " + number + ", quantity = null");
    }

    private static void provoke(int number, int quantity) {
        TABLES.execute("update broken set number = " + number + ", quantity = " + quantity);
    }

    private static String connection() {
        return TABLES.column("select connection_id()", 1).getFirst();
    }

    private HoldRequest request(int quantity) {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(quantity));
    }

    private HoldOutcome place(HoldRequest request) {
        return flashsale.holds().place(request);
    }

    private int available() {
        return flashsale.products().view(product).orElseThrow().stock().available();
    }
}
