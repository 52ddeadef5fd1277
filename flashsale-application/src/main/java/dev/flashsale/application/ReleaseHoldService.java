package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.ReleaseOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

final class ReleaseHoldService implements ReleaseHold {

    private final Transactions transactions;
    private final StockReturns returns;

    ReleaseHoldService(Transactions transactions, StockReturns returns) {
        this.transactions = transactions;
        this.returns = returns;
    }

    @Override
    public ReleaseOutcome release(HoldId holdId) {
        return transactions.run(tx -> decide(tx, List.of(holdId))).get(0);
    }

    /** A transaction of its own for many holds; one outcome for each, in their order. */
    List<ReleaseOutcome> releaseAll(List<HoldId> holdIds) {
        return transactions.runAlone(tx -> decide(tx, holdIds));
    }

    List<ReleaseOutcome> decide(Transaction tx, List<HoldId> holdIds) {
        AsOf<HoldId, Hold> locked = tx.holds().lock(new TreeSet<>(holdIds));
        Map<HoldId, ReleaseOutcome> outcomes = new HashMap<>();
        List<EndedHold> releasedNow = new ArrayList<>();
        locked.rows().forEach((id, hold) -> {
            ReleaseOutcome outcome = ReleaseOutcome.decide(hold, locked.now());
            outcomes.put(id, outcome);
            if (outcome instanceof ReleaseOutcome.Released released
                    && !released.hold().equals(hold)) {
                releasedNow.add(released.hold());
            }
        });
        if (!releasedNow.isEmpty()) {
            tx.holds().end(releasedNow);
            returns.giveBack(
                    tx,
                    releasedNow.stream().flatMap(hold -> hold.items().stream()).toList());
        }
        return holdIds.stream()
                .map(id -> outcomes.getOrDefault(id, new ReleaseOutcome.UnknownHold(id)))
                .toList();
    }
}
