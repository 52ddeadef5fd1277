package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Busy;
import dev.flashsale.application.NotSetUp;
import dev.flashsale.application.Trouble;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/errors.md says of numbers, and of errors that have none. */
class JdbcErrorsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| ([^|]*) \\| [^|]* \\|$");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\b");

    @Test
    void theDocumentHasEachNumberAndNoOther() throws IOException {
        Map<Integer, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("..", "docs", "errors.md")))
                .results()
                .forEach(row -> NUMBER.matcher(row.group(2))
                        .results()
                        .map(MatchResult::group)
                        .forEach(number -> assertThat(documented.put(Integer.valueOf(number), row.group(1)))
                                .as(number)
                                .isNull()));

        Map<Integer, String> known = new TreeMap<>();
        Faults.BY_NUMBER.forEach((number, fault) -> known.put(number, fault.name()));
        assertThat(documented).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "1213, 40001, ROLLED_BACK",
        "1205, 40001, LOCK_WAIT",
        "1927, 70100, CONNECTION_LOST",
        "1153, 08S01, OTHER",
        "3819, HY000, OTHER",
        "4025, 23000, OTHER",
        "0, 08S01, CONNECTION_LOST",
        "0, 08003, CONNECTION_LOST",
        "4444, 08S01, CONNECTION_LOST",
        "0, HY000, OTHER",
    })
    void anErrorIsToldByItsNumberBeforeItsState(int number, String state, Fault fault) {
        RuntimeException wrapped = new IllegalStateException(new SQLException("refused", state, number));

        assertThat(JdbcErrors.classify(wrapped)).isEqualTo(fault);
    }

    static Stream<SQLException> lostWithoutNumberAndState() {
        return Stream.of(
                new SQLException("Connection reset"),
                new SQLException("read failed", new SocketException("Broken pipe")),
                new SQLException("failed", "S1000", new IllegalStateException(new IOException("closed"))),
                new SQLNonTransientConnectionException("gone"),
                new SQLRecoverableException("gone"));
    }

    @ParameterizedTest
    @MethodSource
    void lostWithoutNumberAndState(SQLException lost) {
        assertThat(JdbcErrors.classify(lost)).isEqualTo(Fault.CONNECTION_LOST);
        assertThat(JdbcErrors.connectionUnfit(lost)).isTrue();
    }

    @Test
    void aConnectionThatFailedOverToAReaderIsOfNoWriter() {
        SQLException failedOver = new SQLException(
                "Connection is read-only. Queries leading to data modification are not allowed", "S1009");

        assertThat(JdbcErrors.classify(failedOver)).isEqualTo(Fault.NOT_WRITER);
    }

    @Test
    void aPoolWithoutAFreeConnectionNeverStarted() {
        SQLException none = new SQLTransientConnectionException("time-out");

        assertThat(JdbcErrors.classify(none)).isEqualTo(Fault.NEVER_STARTED);
        assertThat(busy(none).trouble()).isEqualTo(Trouble.NO_CONNECTION);
    }

    @Test
    void aPoolWhoseCallerWasInterruptedNeverStarted() {
        SQLException interrupted = new SQLException("interrupted while waiting", new InterruptedException());

        assertThat(JdbcErrors.classify(interrupted)).isEqualTo(Fault.NEVER_STARTED);
        assertThat(busy(interrupted)).hasMessageContaining("interrupted while waiting");
    }

    @Test
    void aPoolThatFindsNoWriterSaysSo() {
        Busy busy = busy(new SQLTransientConnectionException(
                "time-out", new SQLException("no writer among a, b", "25006", 1290)));

        assertThat(busy.trouble()).isEqualTo(Trouble.NOT_WRITER);
        assertThat(busy).hasMessageContaining("1290 no writer among a, b");
    }

    @Test
    void whatIsNoErrorOfADatabaseIsADefect() {
        assertThat(JdbcErrors.classify(new IllegalStateException("bug"))).isEqualTo(Fault.OTHER);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(JdbcErrors.translated(new SQLException("Table 'shop.flashsale_hold' doesn't exist", "42S02", 1146)))
                .isInstanceOf(NotSetUp.class)
                .hasMessageContaining("Schema.migrate")
                .hasMessageContaining("flashsale_hold");
    }

    @Test
    void aConnectionThatIsOfNoMoreUseIsLetGo() {
        SQLException demoted = new SQLException("read only", "HY000", 1290);
        SQLException deadlock = new SQLException("deadlock", "40001", 1213);
        SQLException proxy = new SQLException("lost", "HY000", 2013);

        assertThat(JdbcErrors.writerLost(demoted)).isTrue();
        assertThat(JdbcErrors.connectionUnfit(demoted)).isTrue();
        assertThat(JdbcErrors.writerLost(deadlock)).isFalse();
        assertThat(JdbcErrors.connectionUnfit(deadlock)).isFalse();
        assertThat(JdbcErrors.writerLost(proxy)).isFalse();
        assertThat(JdbcErrors.connectionUnfit(proxy)).isTrue();
    }

    private static Busy busy(SQLException failed) {
        return JdbcErrors.busy(Busy.Repeat.REQUEST, false, failed);
    }
}
