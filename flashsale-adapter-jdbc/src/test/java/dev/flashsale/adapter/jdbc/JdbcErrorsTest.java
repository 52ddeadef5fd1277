package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.JdbcErrors.Fault;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row for each row of the table of errors in docs/errors.md. */
class JdbcErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "1213, 40001, ROLLED_BACK",
        "1020, HY000, ROLLED_BACK",
        "1180, HY000, ROLLED_BACK",
        "3101, 40000, ROLLED_BACK",
        "1205, 40001, LOCK_WAIT",
        "3572, HY000, LOCK_WAIT",
        "1062, 23000, DUPLICATE_KEY",
        "1290, HY000, NOT_WRITER",
        "1792, 25006, NOT_WRITER",
        "1836, HY000, NOT_WRITER",
        "1040, 08004, NEVER_STARTED",
        "1203, 42000, NEVER_STARTED",
        "1226, 42000, NEVER_STARTED",
        "1053, 08S01, CONNECTION_LOST",
        "1047, 08S01, CONNECTION_LOST",
        "1927, 70100, CONNECTION_LOST",
        "0, 08S01, CONNECTION_LOST",
        "0, 08003, CONNECTION_LOST",
        "1064, 42000, OTHER",
        "3819, HY000, OTHER",
        "4025, 23000, OTHER",
        "0, HY000, OTHER",
    })
    void anErrorIsToldByItsNumber(int number, String state, Fault fault) {
        RuntimeException wrapped = new IllegalStateException(new SQLException("refused", state, number));

        assertThat(JdbcErrors.classify(wrapped)).isEqualTo(fault);
    }

    @Test
    void aPoolWithoutAFreeConnectionNeverStarted() {
        assertThat(JdbcErrors.classify(new SQLTransientConnectionException("time-out")))
                .isEqualTo(Fault.NEVER_STARTED);
    }

    @Test
    void whatIsNoErrorOfADatabaseIsADefect() {
        assertThat(JdbcErrors.classify(new IllegalStateException("bug"))).isEqualTo(Fault.OTHER);
    }

    @Test
    void aConnectionToADemotedWriterIsLetGo() {
        assertThat(JdbcErrors.writerLost(new SQLException("read only", "HY000", 1290)))
                .isTrue();
        assertThat(JdbcErrors.writerLost(new SQLException("deadlock", "40001", 1213)))
                .isFalse();
    }
}
