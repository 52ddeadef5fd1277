package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What this node has seen, for each tenant by itself: products of two may have the same number. */
final class StockWatches {

    private static final Object NO_TENANT = new Object();

    private final Transactions transactions;
    private final Supplier<StockWatch> fresh;
    private final ConcurrentHashMap<Object, StockWatch> watches = new ConcurrentHashMap<>();

    StockWatches(Transactions transactions, Supplier<StockWatch> fresh) {
        this.transactions = transactions;
        this.fresh = fresh;
    }

    StockWatch ofCaller() {
        Object tenant = transactions.tenant();
        return watches.computeIfAbsent(tenant == null ? NO_TENANT : tenant, first -> fresh.get());
    }
}
