package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.domain.hold.HoldId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What was told of holds, and the rows of the host's that must be there. Of a hold the furthest that was told counts. */
final class Told {

    final Map<UUID, Fate> holds = new HashMap<>();
    final Map<UUID, Integer> bookings = new HashMap<>();

    void hold(HoldId id, Fate fate) {
        holds.merge(id.value(), fate, Told::furthest);
    }

    void booking(HoldId id, int rows) {
        bookings.merge(id.value(), rows, Integer::sum);
    }

    /** Takes over what was told in a transaction that was committed, or to another thread. */
    void add(Told other, Violations violations) {
        other.holds.forEach((id, fate) -> {
            Fate before = holds.merge(id, fate, Told::furthest);
            if (before != fate && before.over() && fate.over()) {
                violations.add("told two ends of one hold", before + " and " + fate + ": " + id);
            }
        });
        other.bookings.forEach((id, rows) -> bookings.merge(id, rows, Integer::sum));
    }

    private static Fate furthest(Fate one, Fate other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
