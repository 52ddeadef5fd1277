package dev.flashsale.application;

import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import java.util.Optional;

/** Use case: look at what operators did, a page at a time. */
@FunctionalInterface
public interface ListOperatorLog {

    /**
     * A page by the numbers of the entries, the last first.
     *
     * @param doneTo to what; empty for all there is
     */
    Page<LoggedEntry, Long> list(Optional<Subject> doneTo, Optional<Long> after, PageSize size);
}
