package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ExtendOutcome;
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

final class ExtendHoldService implements ExtendHold {

    private final Transactions transactions;
    private final HoldPolicy policy;

    ExtendHoldService(Transactions transactions, HoldPolicy policy) {
        this.transactions = transactions;
        this.policy = policy;
    }

    @Override
    public ExtendOutcome extend(HoldId holdId) {
        return transactions.run(tx -> decide(tx, List.of(holdId))).get(0);
    }

    /** A transaction of its own for many holds; one outcome for each, in their order. */
    List<ExtendOutcome> extendAll(List<HoldId> holdIds) {
        return transactions.runAlone(tx -> decide(tx, holdIds));
    }

    List<ExtendOutcome> decide(Transaction tx, List<HoldId> holdIds) {
        AsOf<HoldId, Hold> locked = tx.holds().lock(new TreeSet<>(holdIds));
        Map<ProductId, Stock> stocks = stocksOf(tx, locked.rows());
        Map<HoldId, ExtendOutcome> outcomes = new HashMap<>();
        List<ActiveHold> extendedNow = new ArrayList<>();
        locked.rows().forEach((id, hold) -> {
            ExtendOutcome outcome = policy.extend(hold, window(hold, stocks), locked.now());
            outcomes.put(id, outcome);
            if (outcome instanceof ExtendOutcome.Extended extended
                    && !extended.hold().equals(hold)) {
                extendedNow.add(extended.hold());
            }
        });
        tx.holds().extend(extendedNow);
        return holdIds.stream()
                .map(id -> outcomes.getOrDefault(id, new ExtendOutcome.UnknownHold(id)))
                .toList();
    }

    /** Of several sales the one that ends first. */
    private static SaleWindow window(Hold hold, Map<ProductId, Stock> stocks) {
        return hold.items().stream()
                .flatMap(item -> Stream.ofNullable(stocks.get(item.productId())))
                .map(stock -> stock.rules().window())
                .min(Comparator.comparing(SaleWindow::endsAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                .orElse(SaleWindow.ALWAYS);
    }

    /** Not locked: nothing is taken or given back, and whether a rule changes a moment before or after is all the same. */
    private static Map<ProductId, Stock> stocksOf(Transaction tx, Map<HoldId, Hold> holds) {
        Set<ProductId> productIds = new TreeSet<>();
        holds.values().forEach(hold -> hold.items().forEach(item -> productIds.add(item.productId())));
        return productIds.isEmpty() ? Map.of() : tx.stocks().find(productIds).rows();
    }
}
