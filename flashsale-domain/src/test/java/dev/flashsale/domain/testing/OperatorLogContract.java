package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

        assertThat(page(entry.doneTo(), Optional.empty(), 10))
                .extracting(LoggedEntry::entry)
                .containsExactly(entry);
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

        assertThat(page(product(subject), Optional.empty(), 10))
                .extracting(LoggedEntry::entry)
                .containsExactly(entry);
    }

    @Test
    void theLastEntriesComeFirstAndNoMoreThanAskedFor() {
        LogEntry first = entry(Action.PRODUCT_CREATED, "ann", "one", "");
        LogEntry second = entry(Action.STOCK_ADJUSTED, "bob", "two", "");
        LogEntry third = entry(Action.STOCK_ADJUSTED, "ann", "three", "");

        add(first);
        add(second);
        add(third);

        assertThat(page(product(subject), Optional.empty(), 2))
                .extracting(LoggedEntry::entry)
                .containsExactly(third, second);
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEnded() {
        LogEntry first = entry(Action.PRODUCT_CREATED, "ann", "one", "");
        LogEntry second = entry(Action.STOCK_ADJUSTED, "bob", "two", "");
        add(first);
        add(second);

        LoggedEntry last = page(product(subject), Optional.empty(), 1).getFirst();
        List<LoggedEntry> next = page(product(subject), Optional.of(last.number()), 10);

        assertThat(next).extracting(LoggedEntry::entry).containsExactly(first);
        assertThat(page(product(subject), Optional.of(next.getFirst().number()), 10))
                .isEmpty();
    }

    @Test
    void anOrderIsNotTheProductOfThatNumber() {
        LogEntry opened = entry(Action.SALE_OPENED, "ann", "now", "");
        LogEntry cancelled = entry(Action.ORDER_CANCELLED, "ann", "a mistake", "");
        add(opened);
        add(cancelled);

        assertThat(page(product(subject), Optional.empty(), 10))
                .extracting(LoggedEntry::entry)
                .containsExactly(opened);
        assertThat(page(new Subject(Subject.Kind.ORDER, subject), Optional.empty(), 10))
                .extracting(LoggedEntry::entry)
                .containsExactly(cancelled);
    }

    @Test
    void withoutASubjectAllOfThemAreThere() {
        LogEntry first = entry(Action.SALE_CLOSED, "ann", "enough", "");
        LogEntry second = entry(Action.ORDER_CANCELLED, "ann", "a mistake", "");
        add(first);
        add(second);

        Collection<LoggedEntry> all = repositories()
                .operatorLog()
                .page(Optional.empty(), Optional.empty(), 1000)
                .rows()
                .values();

        assertThat(all).extracting(LoggedEntry::entry).containsSubsequence(second, first);
        assertThat(all).extracting(LoggedEntry::number).isSortedAccordingTo(Comparator.reverseOrder());
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
        assertThat(page(product(Examples.newProductId().value()), Optional.empty(), 10))
                .isEmpty();
    }

    private List<LoggedEntry> page(Subject doneTo, Optional<Long> before, int limit) {
        return List.copyOf(repositories()
                .operatorLog()
                .page(Optional.of(doneTo), before, limit)
                .rows()
                .values());
    }

    private static Subject product(long number) {
        return new Subject(Subject.Kind.PRODUCT, number);
    }

    private LogEntry entry(Action action, String operator, String reason, String change) {
        return new LogEntry(inSeconds(0), new Cause(operator, reason), action, subject, change);
    }

    private void add(LogEntry entry) {
        commit(() -> repositories().operatorLog().add(entry));
    }
}
