package dev.flashsale.application.hold;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.ReleaseOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gives holds back. */
public final class ReleaseHoldService implements BatchedUseCase<HoldId, ReleaseOutcome> {

    private final Transactions transactions;
    private final StockReturns returns;

    public ReleaseHoldService(Transactions transactions, StockReturns returns) {
        this.transactions = transactions;
        this.returns = returns;
    }

    @Override
    public Kind kind() {
        return Kind.RELEASE;
    }

    /** As its product's holds do; what does not exist waits for nobody. */
    @Override
    public Object lane(HoldId holdId) {
        return laneOf(transactions, holdId);
    }

    static Object laneOf(Transactions transactions, HoldId holdId) {
        return transactions.read(tx -> tx.holds().find(Set.of(holdId))).rows().values().stream()
                .<Object>map(hold -> hold.lines().first().productId())
                .findFirst()
                .orElse(HoldId.class);
    }

    @Override
    public boolean oneTransactionPerLane() {
        return true;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<ReleaseOutcome> decided) {
        listener.releases(batch, decided);
    }

    @Override
    public List<ReleaseOutcome> decide(Transaction tx, Batch<HoldId> batch) {
        Set<HoldId> ids = new TreeSet<>(batch.requests());
        AsOf<HoldId, Hold> locked = tx.holds().lock(ids);
        if (locked.rows().size() < ids.size()) {
            tx.seeEverything();
        }
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
                    releasedNow.stream()
                            .flatMap(hold -> hold.lines().items().stream())
                            .toList());
        }
        return batch.requests().stream()
                .map(id -> outcomes.getOrDefault(id, new ReleaseOutcome.UnknownHold(id)))
                .toList();
    }
}
