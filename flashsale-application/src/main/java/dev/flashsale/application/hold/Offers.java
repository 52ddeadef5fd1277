package dev.flashsale.application.hold;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.Offer;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What products have for those who want to hold them. The caller has their stocks locked, and saves them. */
record Offers(StockReturns returns) {

    /** What the customers have whose requests are for products with a limit per customer, or would have a hold again. */
    static Map<ProductId, CustomerCount.Counted> counted(
            Transaction tx, List<HoldRequest> requests, Map<ProductId, Stock> stocks, Instant now) {
        Map<ProductId, Set<CustomerId>> counted = new TreeMap<>();
        for (HoldRequest request : requests) {
            if (request.customerId() != null) {
                for (ProductId id : request.lines().products()) {
                    Stock stock = stocks.get(id);
                    if (stock != null && (request.reuse() || stock.rules().maxPerCustomer() != null)) {
                        counted.computeIfAbsent(id, product -> new TreeSet<>()).add(request.customerId());
                    }
                }
            }
        }
        return CustomerCount.count(tx, counted, now);
    }

    /**
     * Of each stock, with what is over ended and given back as far as the requests need it.
     *
     * @param requests for pieces of these, and maybe of products that do not exist
     * @param counted as {@link #counted} has it
     * @param except holds that the caller has locked and is about to change: they are not over
     */
    Map<ProductId, Offer> of(
            Transaction tx,
            List<HoldRequest> requests,
            Map<ProductId, Stock> stocks,
            Map<ProductId, CustomerCount.Counted> counted,
            Instant now,
            Set<HoldId> except) {
        Map<ProductId, List<HoldRequest>> byProduct = new HashMap<>();
        for (HoldRequest request : requests) {
            for (ProductId id : request.lines().products()) {
                byProduct.computeIfAbsent(id, product -> new ArrayList<>()).add(request);
            }
        }
        Map<ProductId, Offer> offers = new TreeMap<>();
        stocks.forEach((id, stock) -> offers.put(
                id,
                offer(
                        tx,
                        stock,
                        byProduct.getOrDefault(id, List.of()),
                        counted.getOrDefault(id, CustomerCount.Counted.NOTHING),
                        now,
                        except)));
        return offers;
    }

    /** Of the products that are wished for together. They are read before the stocks are locked: nothing waits for it. */
    static Map<ProductId, Currency> currencies(Transaction tx, Collection<HoldRequest> requests) {
        Set<ProductId> together = new TreeSet<>();
        for (HoldRequest request : requests) {
            if (request.lines().count() > 1) {
                together.addAll(request.lines().products());
            }
        }
        Map<ProductId, Currency> currencies = new HashMap<>();
        if (!together.isEmpty()) {
            tx.products()
                    .find(together)
                    .forEach((id, product) -> currencies.put(id, product.price().currency()));
        }
        return currencies;
    }

    private Offer offer(
            Transaction tx,
            Stock locked,
            List<HoldRequest> requests,
            CustomerCount.Counted counted,
            Instant now,
            Set<HoldId> except) {
        long asked = HoldPolicy.piecesAsked(locked, requests, now);
        Stock stock = returns.reclaim(tx, locked.giveBack(counted.returned()), asked, except);
        Optional<Instant> nextReturn =
                stock.available() < asked ? returns.next(tx, stock.productId()) : Optional.empty();
        return new Offer(stock, counted.taken(), nextReturn);
    }
}
