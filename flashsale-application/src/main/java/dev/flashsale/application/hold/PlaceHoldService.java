package dev.flashsale.application.hold;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Places holds: locks the stocks, has the {@link HoldPolicy} decide on all requests, and writes what it grants. */
public final class PlaceHoldService implements BatchedUseCase<HoldRequest, HoldOutcome> {

    private final HoldPolicy policy;
    private final Offers offers;
    private final StockWrites writes;

    public PlaceHoldService(HoldPolicy policy, StockReturns returns, StockWrites writes) {
        this.policy = policy;
        this.offers = new Offers(returns);
        this.writes = writes;
    }

    @Override
    public Kind kind() {
        return Kind.HOLD;
    }

    /** Those of several products queue up for the first of them. */
    @Override
    public Object lane(HoldRequest request) {
        return request.lines().first().productId();
    }

    @Override
    public boolean oneTransactionPerLane() {
        return true;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<HoldOutcome> decided) {
        listener.holds(batch, decided);
    }

    @Override
    public List<HoldOutcome> decide(Transaction tx, Batch<HoldRequest> batch) {
        Map<HoldId, Hold> known = tx.mayRepeat() ? granted(tx, batch.requests()) : Map.of();
        Map<HoldId, HoldRequest> firstOfId = new LinkedHashMap<>();
        batch.requests().stream()
                .filter(request -> !known.containsKey(request.holdId()))
                .forEach(request -> firstOfId.putIfAbsent(request.holdId(), request));
        Map<HoldId, HoldOutcome> decided = firstOfId.isEmpty() ? Map.of() : decide(tx, firstOfId, batch);
        Map<HoldId, Hold> before = tx.mayRepeat() ? known : refusedButGrantedBefore(tx, decided);
        return batch.requests().stream()
                .map(request -> outcome(request, before, firstOfId, decided))
                .toList();
    }

    /** @param firstOfId gets those who join the batch once the stocks are locked */
    private Map<HoldId, HoldOutcome> decide(
            Transaction tx, Map<HoldId, HoldRequest> firstOfId, Batch<HoldRequest> batch) {
        Set<ProductId> products = new HashSet<>();
        firstOfId.values().forEach(request -> products.addAll(request.lines().products()));
        Map<ProductId, Currency> currencies = Offers.currencies(tx, firstOfId.values());
        AsOf<ProductId, Stock> locked = tx.stocks().lock(products);
        if (locked.rows().size() < products.size()) {
            tx.seeEverything();
        }
        // Whoever joins a repeated attempt would have to be looked up too.
        if (!tx.mayRepeat()) {
            batch.join(request -> request.lines().count() == 1
                            && products.contains(request.lines().first().productId()))
                    .forEach(request -> firstOfId.putIfAbsent(request.holdId(), request));
        }
        List<HoldRequest> requests = List.copyOf(firstOfId.values());
        Map<ProductId, CustomerCount.Counted> counted = Offers.counted(tx, requests, locked.rows(), locked.now());
        HoldPolicy.Decision decision = policy.decide(
                offers.of(tx, requests, locked.rows(), counted, locked.now(), Set.of()),
                currencies,
                held(requests, counted),
                requests,
                locked.now());
        tx.holds().insert(decision.granted());
        writes.save(tx, locked.rows(), decision.stocks());
        Map<HoldId, HoldOutcome> outcomes = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            outcomes.put(requests.get(i).holdId(), decision.outcomes().get(i));
        }
        return outcomes;
    }

    /**
     * A first attempt trusts that every id is new. One that is not fails the insert, and the next attempt knows it; but
     * a refusal inserts nothing, and a buyer who repeats the request that took the last pieces must get them again.
     */
    private Map<HoldId, Hold> refusedButGrantedBefore(Transaction tx, Map<HoldId, HoldOutcome> decided) {
        Set<HoldId> refused = new TreeSet<>();
        decided.forEach((id, outcome) -> {
            if (!(outcome instanceof HoldOutcome.Placed)) {
                refused.add(id);
            }
        });
        return refused.isEmpty() ? Map.of() : tx.holds().find(refused).rows();
    }

    private Map<HoldId, Hold> granted(Transaction tx, List<HoldRequest> requests) {
        Set<HoldId> ids = new TreeSet<>();
        requests.forEach(request -> ids.add(request.holdId()));
        return tx.holds().lock(ids).rows();
    }

    /** Whole holds: a line without the others is one of a hold of other products, too, or has them ended. */
    private static List<ActiveHold> held(List<HoldRequest> requests, Map<ProductId, CustomerCount.Counted> counted) {
        if (requests.stream().noneMatch(HoldRequest::reuse)) {
            return List.of();
        }
        Map<HoldId, List<HoldLine>> lines = new HashMap<>();
        new TreeMap<>(counted)
                .values()
                .forEach(ofProduct -> ofProduct
                        .active()
                        .forEach(line -> lines.computeIfAbsent(line.holdId(), id -> new ArrayList<>())
                                .add(line)));
        return lines.values().stream()
                .filter(all -> all.size() == all.getFirst().count())
                .map(Hold::of)
                .filter(ActiveHold.class::isInstance)
                .map(ActiveHold.class::cast)
                .toList();
    }

    private static HoldOutcome outcome(
            HoldRequest request,
            Map<HoldId, Hold> known,
            Map<HoldId, HoldRequest> firstOfId,
            Map<HoldId, HoldOutcome> decided) {
        Hold before = known.get(request.holdId());
        if (before != null) {
            return HoldPolicy.repeated(request, before);
        }
        HoldOutcome outcome = decided.get(request.holdId());
        return outcome != null && request.equals(firstOfId.get(request.holdId()))
                ? outcome
                : new HoldOutcome.IdReused(request.holdId());
    }
}
