package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Busy;
import dev.flashsale.application.port.Transactions;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often work is run again, by how it ended. */
class AttemptsTest {

    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final Transactions transactions = JdbcPorts.on(POOL);
    private final AtomicInteger attempts = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({DEADLOCK + ", 6", LOCK_WAIT_TIMEOUT + ", 3"})
    void whatNeverSucceedsIsBusyInTheEnd(int error, int times) {
        assertThatThrownBy(() -> transactions.runAlone(tx -> {
                    attempts.incrementAndGet();
                    throw failure(error);
                }))
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.repeat()).isEqualTo(Busy.Repeat.REQUEST));

        assertThat(attempts).hasValue(times);
    }

    @Test
    void aDeadlockIsOutlasted() {
        int succeeded = transactions.runAlone(tx -> {
            int attempt = attempts.incrementAndGet();
            if (attempt < 6) {
                throw failure(DEADLOCK);
            }
            return attempt;
        });

        assertThat(succeeded).isEqualTo(6);
    }

    private static IllegalStateException failure(int error) {
        return new IllegalStateException(new SQLException("refused", "40001", error));
    }
}
