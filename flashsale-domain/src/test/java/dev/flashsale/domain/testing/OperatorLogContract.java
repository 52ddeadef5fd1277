package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link dev.flashsale.domain.operator.OperatorLog} does. */
public abstract class OperatorLogContract extends RepositoryContract {

    private final long subject = Examples.newProductId().value();

    @ParameterizedTest
    @EnumSource
    void anEntryIsKeptAsItIs(Action action) {
        LogEntry entry = entry(action, "ann", "broken in the warehouse: \"\\%_;-- ÄÖÜ 🎮", "10 pieces → 7");

        add(entry);

        assertThat(repositories().operatorLog().of(subject, 10)).containsExactly(entry);
        assertThat(repositories().operatorLog().has(entry)).isTrue();
    }

    @Test
    void theLongestEntryOfTheWidestCharactersIsKept() {
        LogEntry entry = entry(
                Action.PRODUCT_CHANGED,
                "🎮".repeat(Cause.OPERATOR_MAX_LENGTH),
                "🎮".repeat(Cause.REASON_MAX_LENGTH),
                "🎮".repeat(LogEntry.CHANGE_MAX_LENGTH));

        add(entry);

        assertThat(repositories().operatorLog().of(subject, 10)).containsExactly(entry);
    }

    @Test
    void theLastEntriesComeFirstAndNoMoreThanAskedFor() {
        LogEntry first = entry(Action.PRODUCT_CREATED, "ann", "one", "");
        LogEntry second = entry(Action.STOCK_ADJUSTED, "bob", "two", "");
        LogEntry third = entry(Action.STOCK_ADJUSTED, "ann", "three", "");

        add(first);
        add(second);
        add(third);

        assertThat(repositories().operatorLog().of(subject, 2)).containsExactly(third, second);
    }

    @Test
    void anEntryThatDiffersIsNotThere() {
        LogEntry entry = entry(Action.PRODUCT_CREATED, "ann", "why", "");
        add(entry);

        assertThat(repositories().operatorLog().has(entry(Action.SALE_OPENED, "ann", "why", "")))
                .isFalse();
        assertThat(repositories().operatorLog().has(entry(Action.PRODUCT_CREATED, "bob", "why", "")))
                .isFalse();
        assertThat(repositories()
                        .operatorLog()
                        .has(new LogEntry(
                                entry.at().plus(Duration.ofNanos(1000)),
                                entry.cause(),
                                entry.action(),
                                subject,
                                entry.change())))
                .isFalse();
        assertThat(repositories().operatorLog().of(Examples.newProductId().value(), 10))
                .isEmpty();
    }

    private LogEntry entry(Action action, String operator, String reason, String change) {
        return new LogEntry(inSeconds(0), new Cause(operator, reason), action, subject, change);
    }

    private void add(LogEntry entry) {
        commit(() -> repositories().operatorLog().add(entry));
    }
}
