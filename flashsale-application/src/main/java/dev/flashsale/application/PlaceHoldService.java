package dev.flashsale.application;

import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.Offer;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

final class PlaceHoldService implements PlaceHold {

    private final Transactions transactions;
    private final HoldPolicy policy;
    private final StockReturns returns;
    private final StockWrites writes;
    private final Once<HoldRequest, HoldOutcome> once = new Once<>(new KeptHolds());

    PlaceHoldService(Transactions transactions, HoldPolicy policy, StockReturns returns, StockWrites writes) {
        this.transactions = transactions;
        this.policy = policy;
        this.returns = returns;
        this.writes = writes;
    }

    @Override
    public HoldOutcome place(HoldRequest request) {
        return transactions.run(tx -> decide(tx, Batch.of(List.of(request)))).get(0);
    }

    /** A transaction of its own for many requests; one outcome for each, in their order. */
    List<HoldOutcome> placeAll(Batch<HoldRequest> batch) {
        return transactions.runAlone(tx -> decide(tx, batch));
    }

    /** The same for requests of which some have an idempotency key. */
    List<KeyedOutcome<HoldOutcome>> placeAllOnce(Batch<Keyed<HoldRequest>> batch) {
        return transactions.runAlone(tx -> decideOnce(tx, batch));
    }

    List<KeyedOutcome<HoldOutcome>> decideOnce(Transaction tx, Batch<Keyed<HoldRequest>> batch) {
        return once.decide(tx.idempotencyKeys(), batch, open -> decide(tx, open));
    }

    List<HoldOutcome> decide(Transaction tx, Batch<HoldRequest> batch) {
        Map<HoldId, Hold> known = tx.mayRepeat() ? granted(tx, batch.requests()) : Map.of();
        Map<HoldId, HoldRequest> firstOfId = new LinkedHashMap<>();
        batch.requests().stream()
                .filter(request -> !known.containsKey(request.holdId()))
                .forEach(request -> firstOfId.putIfAbsent(request.holdId(), request));
        Map<HoldId, HoldOutcome> decided = Map.of();
        if (!firstOfId.isEmpty()) {
            Set<ProductId> products = new HashSet<>();
            boolean ofSeveral = false;
            for (HoldRequest request : firstOfId.values()) {
                ofSeveral |= request.ofSeveral();
                products.add(request.productId());
                request.further().forEach(item -> products.add(item.productId()));
            }
            Map<ProductId, Currency> currencies = ofSeveral ? currencies(tx, firstOfId.values()) : Map.of();
            AsOf<ProductId, Stock> locked = tx.stocks().lock(products);
            // Whoever joins a repeated attempt would have to be looked up too.
            if (!tx.mayRepeat()) {
                batch.join(request -> !request.ofSeveral() && products.contains(request.productId()))
                        .forEach(request -> firstOfId.putIfAbsent(request.holdId(), request));
            }
            decided = ofSeveral
                    ? decideTogether(tx, List.copyOf(firstOfId.values()), currencies, locked)
                    : decide(tx, firstOfId.values(), locked);
        }
        Map<HoldId, Hold> before = tx.mayRepeat() ? known : refusedButGrantedBefore(tx, decided);
        Map<HoldId, HoldOutcome> outcomes = decided;
        return batch.requests().stream()
                .map(request -> outcome(request, before, firstOfId, outcomes))
                .toList();
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

    private Map<HoldId, HoldOutcome> decide(
            Transaction tx, Collection<HoldRequest> all, AsOf<ProductId, Stock> locked) {
        Map<ProductId, List<HoldRequest>> byProduct = byProduct(all.stream());
        Map<ProductId, CustomerCount.Counted> counted =
                CustomerCount.count(tx, limited(byProduct, locked.rows()), locked.now());
        Map<HoldId, HoldOutcome> outcomes = new HashMap<>();
        List<ActiveHold> granted = new ArrayList<>();
        List<Stock> after = new ArrayList<>();
        byProduct.forEach((productId, requests) -> {
            Stock stock = locked.rows().get(productId);
            if (stock == null) {
                requests.forEach(request -> outcomes.put(request.holdId(), new HoldOutcome.UnknownProduct(productId)));
                return;
            }
            HoldPolicy.Decision decision = decide(
                    tx, stock, requests, counted.getOrDefault(productId, CustomerCount.Counted.NOTHING), locked.now());
            for (int i = 0; i < requests.size(); i++) {
                outcomes.put(requests.get(i).holdId(), decision.outcomes().get(i));
            }
            granted.addAll(decision.granted());
            after.add(decision.stock());
        });
        tx.holds().insert(granted);
        writes.save(tx, locked.rows(), after);
        return outcomes;
    }

    private static Map<ProductId, List<HoldRequest>> byProduct(Stream<HoldRequest> all) {
        Map<ProductId, List<HoldRequest>> byProduct = new TreeMap<>();
        all.forEach(request -> byProduct
                .computeIfAbsent(request.productId(), product -> new ArrayList<>())
                .add(request));
        return byProduct;
    }

    /** As {@link #decide(Transaction, Collection, AsOf)} where some are for several products: first come, first served across all. */
    private Map<HoldId, HoldOutcome> decideTogether(
            Transaction tx,
            List<HoldRequest> requests,
            Map<ProductId, Currency> currencies,
            AsOf<ProductId, Stock> locked) {
        Map<ProductId, List<HoldRequest>> byProduct =
                byProduct(requests.stream().flatMap(request -> request.lines().stream()));
        Map<ProductId, CustomerCount.Counted> counted =
                CustomerCount.count(tx, limited(byProduct, locked.rows()), locked.now());
        Map<ProductId, Offer> offers = new TreeMap<>();
        locked.rows()
                .forEach((id, stock) -> offers.put(
                        id,
                        offer(
                                tx,
                                stock,
                                byProduct.getOrDefault(id, List.of()),
                                counted.getOrDefault(id, CustomerCount.Counted.NOTHING),
                                locked.now())));
        HoldPolicy.Decisions decisions = policy.decide(offers, currencies, requests, locked.now());
        tx.holds().insert(decisions.granted());
        writes.save(tx, locked.rows(), decisions.stocks());
        Map<HoldId, HoldOutcome> outcomes = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            outcomes.put(requests.get(i).holdId(), decisions.outcomes().get(i));
        }
        return outcomes;
    }

    /** Of the products that are wished for together. They are read before the stocks are locked: nothing waits for it. */
    private Map<ProductId, Currency> currencies(Transaction tx, Collection<HoldRequest> requests) {
        Set<ProductId> together = new TreeSet<>();
        requests.stream()
                .filter(HoldRequest::ofSeveral)
                .forEach(request -> request.items().forEach(item -> together.add(item.productId())));
        Map<ProductId, Currency> currencies = new HashMap<>();
        tx.products()
                .find(together)
                .forEach((id, product) -> currencies.put(id, product.price().currency()));
        return currencies;
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
            Transaction tx, Stock locked, List<HoldRequest> requests, CustomerCount.Counted counted, Instant now) {
        Offer offer = offer(tx, locked, requests, counted, now);
        return policy.decide(offer.stock(), requests, offer.taken(), now, offer.nextReturn());
    }

    private Offer offer(
            Transaction tx, Stock locked, List<HoldRequest> requests, CustomerCount.Counted counted, Instant now) {
        long asked = HoldPolicy.piecesAsked(locked.rules(), requests, now);
        Stock stock = returns.reclaim(tx, locked.giveBack(counted.returned()), asked, Set.of());
        Optional<Instant> nextReturn =
                stock.available() < asked ? returns.next(tx, stock.productId()) : Optional.empty();
        return new Offer(stock, counted.taken(), nextReturn);
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
