package dev.flashsale.application.hold;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Extends holds. They have no row in common. */
public final class ExtendHoldService implements BatchedUseCase<ExtendRequest, ExtendOutcome> {

    private final HoldPolicy policy;

    public ExtendHoldService(HoldPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Kind kind() {
        return Kind.EXTENSION;
    }

    @Override
    public Object lane(ExtendRequest request) {
        return HoldId.class;
    }

    @Override
    public boolean oneTransactionPerLane() {
        return false;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<ExtendOutcome> decided) {
        listener.extensions(batch, decided);
    }

    @Override
    public List<ExtendOutcome> decide(Transaction tx, Batch<ExtendRequest> batch) {
        Set<HoldId> ids = new TreeSet<>();
        batch.requests().forEach(request -> ids.add(request.holdId()));
        AsOf<HoldId, Hold> locked = tx.holds().lock(ids);
        if (locked.rows().size() < ids.size()) {
            tx.seeEverything();
        }
        Map<ProductId, Stock> stocks = stocksOf(tx, locked.rows());
        Map<HoldId, ActiveHold> extendedNow = new HashMap<>();
        List<ExtendOutcome> outcomes = new ArrayList<>();
        for (ExtendRequest request : batch.requests()) {
            HoldId id = request.holdId();
            Hold hold = extendedNow.containsKey(id)
                    ? extendedNow.get(id)
                    : locked.rows().get(id);
            ExtendOutcome outcome = hold == null
                    ? new ExtendOutcome.UnknownHold(id)
                    : policy.extend(request, hold, window(hold, stocks, locked.now()), locked.now());
            if (outcome instanceof ExtendOutcome.Extended extended
                    && !extended.hold().equals(hold)) {
                extendedNow.put(id, extended.hold());
            }
            outcomes.add(outcome);
        }
        tx.holds().extend(extendedNow.values());
        return outcomes;
    }

    /** Of several sales the one that ends first. */
    private static SaleWindow window(Hold hold, Map<ProductId, Stock> stocks, Instant now) {
        return hold.lines().products().stream()
                .flatMap(id -> Stream.ofNullable(stocks.get(id)))
                .map(stock -> stock.rules().windowAt(now))
                .min(Comparator.comparing(SaleWindow::endsAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                .orElse(SaleWindow.ALWAYS);
    }

    /** Not locked: nothing is taken or given back, and whether a rule changes a moment before or after is all the same. */
    private static Map<ProductId, Stock> stocksOf(Transaction tx, Map<HoldId, Hold> holds) {
        Set<ProductId> productIds = new TreeSet<>();
        holds.values().forEach(hold -> productIds.addAll(hold.lines().products()));
        return productIds.isEmpty() ? Map.of() : tx.stocks().find(productIds).rows();
    }
}
