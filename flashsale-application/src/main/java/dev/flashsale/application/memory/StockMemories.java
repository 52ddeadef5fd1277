package dev.flashsale.application.memory;

import dev.flashsale.application.port.Transactions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What this node has seen, for each tenant by itself: products of two may have the same number. */
public final class StockMemories {

    private static final Object NO_TENANT = new Object();

    private final Transactions transactions;
    private final Supplier<StockMemory> fresh;
    private final ConcurrentHashMap<Object, StockMemory> watches = new ConcurrentHashMap<>();

    public StockMemories(Transactions transactions, Supplier<StockMemory> fresh) {
        this.transactions = transactions;
        this.fresh = fresh;
    }

    public StockMemory ofCaller() {
        Object tenant = transactions.tenant();
        return watches.computeIfAbsent(tenant == null ? NO_TENANT : tenant, first -> fresh.get());
    }
}
