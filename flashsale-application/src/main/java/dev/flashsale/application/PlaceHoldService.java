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
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
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
import java.util.stream.Collectors;

final class PlaceHoldService implements PlaceHold {

    /** A longer wait for the stocks' lock means that somebody else sells the same. */
    private static final Duration CONTENDED = Duration.ofMillis(2);

    /** In a smaller batch a first look costs more than it saves under the lock. */
    private static final int WORTH_A_LOOK = 16;

    private final Ports ports;
    private final HoldPolicy policy;
    private final StockReturns returns;
    private final CustomerCount customers;
    private final Once<HoldRequest, HoldOutcome> once;

    private final long contendedNanos;

    /** Whether the batch before had to wait for the lock; only a hint, of all products together. */
    private volatile boolean contended;

    PlaceHoldService(Ports ports, HoldPolicy policy, StockReturns returns) {
        this(ports, policy, returns, CONTENDED);
    }

    /** @param contended a longer wait for the stocks' lock means that somebody else sells the same */
    PlaceHoldService(Ports ports, HoldPolicy policy, StockReturns returns, Duration contended) {
        this.ports = ports;
        this.policy = policy;
        this.returns = returns;
        contendedNanos = contended.toNanos();
        customers = new CustomerCount(ports);
        once = new Once<>(ports.idempotencyKeys(), new KeptHolds());
    }

    @Override
    public HoldOutcome place(HoldRequest request) {
        return placeAll(List.of(request)).get(0);
    }

    /** One transaction for many requests; one outcome for each, in their order. */
    List<HoldOutcome> placeAll(List<HoldRequest> requests) {
        return ports.transactions().run(attempt -> decide(requests, attempt));
    }

    /** The same for requests of which some have an idempotency key. */
    List<KeyedOutcome<HoldOutcome>> placeAllOnce(List<Keyed<HoldRequest>> requests) {
        return ports.transactions().run(attempt -> once.decide(requests, open -> decide(open, attempt)));
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

    /**
     * Decides on locked stocks. Where other nodes sell the same and there seems to be enough for all, the holds are
     * inserted before the stocks are locked, so that everybody's wait for the lock is the shorter. It is decided under the
     * lock all the same, and the hold of whoever is refused then is taken away again.
     */
    private Map<HoldId, HoldOutcome> decide(Map<ProductId, List<HoldRequest>> byProduct) {
        List<ActiveHold> inserted = contended ? insertFirst(byProduct) : List.of();
        long begun = System.nanoTime();
        AsOf<ProductId, Stock> locked = ports.stocks().lock(byProduct.keySet());
        contended = System.nanoTime() - begun > contendedNanos;
        Map<ProductId, CustomerCount.Counted> counted =
                customers.count(limited(byProduct, locked.rows()), locked.now());
        Map<HoldId, HoldOutcome> outcomes = new HashMap<>();
        Map<HoldId, ActiveHold> granted = new LinkedHashMap<>();
        List<Stock> changed = new ArrayList<>();
        Instant now =
                inserted.isEmpty() ? locked.now() : inserted.get(0).expiresAt().minus(policy.ttl());
        byProduct.forEach((productId, requests) -> {
            Stock stock = locked.rows().get(productId);
            if (stock == null) {
                requests.forEach(request -> outcomes.put(request.holdId(), new HoldOutcome.UnknownProduct(productId)));
                return;
            }
            HoldPolicy.Decision decision =
                    decide(stock, requests, counted.getOrDefault(productId, CustomerCount.Counted.NOTHING), now);
            for (int i = 0; i < requests.size(); i++) {
                outcomes.put(requests.get(i).holdId(), decision.outcomes().get(i));
            }
            decision.granted().forEach(hold -> granted.put(hold.id(), hold));
            if (!decision.stock().equals(stock)) {
                changed.add(decision.stock());
            }
        });
        if (inserted.isEmpty()) {
            ports.holds().insert(granted.values());
        } else if (granted.size() < inserted.size()) {
            ports.holds()
                    .delete(inserted.stream()
                            .map(ActiveHold::id)
                            .filter(id -> !granted.containsKey(id))
                            .collect(Collectors.toSet()));
        }
        ports.stocks().save(changed);
        return outcomes;
    }

    /**
     * The holds of all requests, inserted; or none, where not all of them can be granted by what is seen unlocked, or where
     * more than the stock decides.
     */
    private List<ActiveHold> insertFirst(Map<ProductId, List<HoldRequest>> byProduct) {
        int size = byProduct.values().stream().mapToInt(List::size).sum();
        if (size < WORTH_A_LOOK || anyOfACustomer(byProduct)) {
            return List.of();
        }
        AsOf<ProductId, Stock> seen = ports.stocks().find(byProduct.keySet());
        List<ActiveHold> granted = new ArrayList<>(size);
        byProduct.forEach((productId, requests) -> {
            Stock stock = seen.rows().get(productId);
            if (stock != null && stock.rules().equals(SaleRules.NONE)) {
                granted.addAll(policy.decide(stock, requests, Map.of(), seen.now(), Optional.empty())
                        .granted());
            }
        });
        if (granted.size() < size) {
            return List.of();
        }
        ports.holds().insert(granted);
        return granted;
    }

    private static boolean anyOfACustomer(Map<ProductId, List<HoldRequest>> byProduct) {
        return byProduct.values().stream().flatMap(List::stream).anyMatch(request -> request.customerId() != null);
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
