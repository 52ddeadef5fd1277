package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.application.port.Transactions.Attempt;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

final class PlaceHoldService implements PlaceHold {

    private final Ports ports;
    private final HoldPolicy policy;
    private final StockReturns returns;
    private final CustomerCount customers;

    PlaceHoldService(Ports ports, HoldPolicy policy, StockReturns returns) {
        this.ports = ports;
        this.policy = policy;
        this.returns = returns;
        this.customers = new CustomerCount(ports);
    }

    @Override
    public HoldOutcome place(HoldRequest request) {
        return placeAll(List.of(request)).get(0);
    }

    /** One transaction for many requests; one outcome for each, in their order. */
    List<HoldOutcome> placeAll(List<HoldRequest> requests) {
        return ports.transactions().run(attempt -> decide(requests, attempt));
    }

    private List<HoldOutcome> decide(List<HoldRequest> requests, Attempt attempt) {
        Map<HoldId, Hold> known = attempt.mayRepeat() ? granted(requests) : Map.of();
        Map<HoldId, HoldRequest> firstOfId = new LinkedHashMap<>();
        Map<ProductId, List<HoldRequest>> byProduct = new TreeMap<>();
        for (HoldRequest request : requests) {
            if (!known.containsKey(request.holdId()) && firstOfId.putIfAbsent(request.holdId(), request) == null) {
                byProduct
                        .computeIfAbsent(request.productId(), product -> new ArrayList<>())
                        .add(request);
            }
        }
        Map<HoldId, HoldOutcome> decided = byProduct.isEmpty() ? Map.of() : decide(byProduct);
        Map<HoldId, Hold> before = attempt.mayRepeat() ? known : refusedButGrantedBefore(decided);
        return requests.stream()
                .map(request -> outcome(request, before, firstOfId, decided))
                .toList();
    }

    /**
     * A first attempt trusts that every id is new. One that is not fails the insert, and the next attempt knows it; but
     * a refusal inserts nothing, and a buyer who repeats the request that took the last pieces must get them again.
     */
    private Map<HoldId, Hold> refusedButGrantedBefore(Map<HoldId, HoldOutcome> decided) {
        Set<HoldId> refused = new TreeSet<>();
        decided.forEach((id, outcome) -> {
            if (!(outcome instanceof HoldOutcome.Placed)) {
                refused.add(id);
            }
        });
        return refused.isEmpty() ? Map.of() : ports.holds().find(refused).rows();
    }

    private Map<HoldId, Hold> granted(List<HoldRequest> requests) {
        Set<HoldId> ids = new TreeSet<>();
        requests.forEach(request -> ids.add(request.holdId()));
        return ports.holds().lock(ids).rows();
    }

    private Map<HoldId, HoldOutcome> decide(Map<ProductId, List<HoldRequest>> byProduct) {
        AsOf<ProductId, Stock> locked = ports.stocks().lock(byProduct.keySet());
        Map<ProductId, CustomerCount.Counted> counted =
                customers.count(limited(byProduct, locked.rows()), locked.now());
        Map<HoldId, HoldOutcome> outcomes = new HashMap<>();
        List<ActiveHold> granted = new ArrayList<>();
        List<Stock> changed = new ArrayList<>();
        byProduct.forEach((productId, requests) -> {
            Stock stock = locked.rows().get(productId);
            if (stock == null) {
                requests.forEach(request -> outcomes.put(request.holdId(), new HoldOutcome.UnknownProduct(productId)));
                return;
            }
            HoldPolicy.Decision decision = decide(
                    stock, requests, counted.getOrDefault(productId, CustomerCount.Counted.NOTHING), locked.now());
            for (int i = 0; i < requests.size(); i++) {
                outcomes.put(requests.get(i).holdId(), decision.outcomes().get(i));
            }
            granted.addAll(decision.granted());
            if (!decision.stock().equals(stock)) {
                changed.add(decision.stock());
            }
        });
        ports.holds().insert(granted);
        ports.stocks().save(changed);
        return outcomes;
    }

    /** The customers whose requests are for products with a limit per customer. */
    private static Map<ProductId, Set<CustomerId>> limited(
            Map<ProductId, List<HoldRequest>> byProduct, Map<ProductId, Stock> stocks) {
        Map<ProductId, Set<CustomerId>> limited = new TreeMap<>();
        stocks.forEach((productId, stock) -> {
            if (stock.rules().maxPerCustomer() != null) {
                for (HoldRequest request : byProduct.getOrDefault(productId, List.of())) {
                    if (request.customerId() != null) {
                        limited.computeIfAbsent(productId, product -> new TreeSet<>())
                                .add(request.customerId());
                    }
                }
            }
        });
        return limited;
    }

    private HoldPolicy.Decision decide(
            Stock locked, List<HoldRequest> requests, CustomerCount.Counted counted, Instant now) {
        long asked = HoldPolicy.piecesAsked(locked.rules(), requests, now);
        Stock stock = returns.reclaim(locked.giveBack(counted.returned()), asked, Set.of());
        Optional<Instant> nextReturn = stock.available() < asked ? returns.next(stock.productId()) : Optional.empty();
        return policy.decide(stock, requests, counted.taken(), now, nextReturn);
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
