package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.stock.TotalChange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

record JdbcStocks(Sql sql) implements StockRepository {

    @Override
    public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
        return stocks(StockStatements.LOCK, ids);
    }

    @Override
    public AsOf<ProductId, Stock> find(Set<ProductId> ids) {
        return stocks(sql.oldSnapshot() ? StockStatements.FIND_COMMITTED : StockStatements.FIND, ids);
    }

    /** One statement, so that the stock and what is over come from one snapshot. */
    @Override
    public Slice<ProductId, Stock> view(Collection<ProductId> ids) {
        return Looked.slice(sql, sql.query(StockStatements.VIEW, List.copyOf(new TreeSet<>(ids))), Integer.MAX_VALUE);
    }

    /** In the order of the ids, also across the statements that a long list takes. */
    private AsOf<ProductId, Stock> stocks(Query<ProductId, At<Stock>> query, Collection<ProductId> ids) {
        return sql.asOf(sql.query(query, List.copyOf(new TreeSet<>(ids))), rows -> {
            Map<ProductId, Stock> stocks = LinkedHashMap.newLinkedHashMap(rows.size());
            rows.forEach(stock -> stocks.put(stock.productId(), stock));
            return stocks;
        });
    }

    @Override
    public void save(Collection<Stock> stocks) {
        Sql.requireAll(stocks, sql.update(StockStatements.SAVE, List.copyOf(stocks)));
    }

    @Override
    public void insert(Collection<Stock> stocks) {
        int unused = sql.update(StockStatements.INSERT, List.copyOf(stocks));
    }

    @Override
    public void saveRules(ProductId id, SaleRules rules) {
        Sql.requireOne(id, sql.updateOne(StockStatements.SAVE_RULES, new StockStatements.RulesOf(id, rules)));
    }

    @Override
    public void addToLedger(TotalChange change) {
        int unused = sql.updateOne(StockStatements.ADD_TO_LEDGER, change);
    }

    @Override
    public Slice<Long, LedgerRow> ledger(ProductId id, Optional<Long> before, int limit) {
        StockStatements.Page page = new StockStatements.Page(id, before.orElse(Long.MAX_VALUE), limit);
        return Looked.slice(sql, sql.queryOne(StockStatements.LEDGER, page), limit);
    }
}
