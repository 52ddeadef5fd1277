package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link dev.flashsale.domain.stock.StockRepository} does. */
public abstract class StockRepositoryContract extends RepositoryContract {

    @Test
    void theLedgerKeepsEveryChangeTheLastFirst() {
        ProductId id = Examples.newProductId();
        Instant at = inSeconds(0);
        TotalChange opening = new TotalChange(id, Stock.MAX_TOTAL, at, Cause.PROGRAM);
        TotalChange less = new TotalChange(id, -Stock.MAX_TOTAL, at, new Cause("ann", "Übersehen 🎮"));
        TotalChange more = new TotalChange(id, 1, at, new Cause("ann", "found one"));
        TotalChange other = new TotalChange(Examples.newProductId(), 5, at, Cause.PROGRAM);

        for (TotalChange change : List.of(opening, less, other, more)) {
            commit(() -> repositories().stocks().addToLedger(change));
        }

        Slice<Long, LedgerRow> first = repositories().stocks().ledger(id, Optional.empty(), 1);
        assertThat(changes(first)).containsExactly(more);
        assertThat(first.next()).isPresent();
        assertThat(changes(repositories().stocks().ledger(id, first.next(), 10)))
                .containsExactly(less, opening);
        Slice<Long, LedgerRow> all = repositories().stocks().ledger(id, Optional.empty(), 3);
        assertThat(changes(all)).containsExactly(more, less, opening);
        assertThat(all.next()).isEmpty();
    }

    private static List<TotalChange> changes(Slice<Long, LedgerRow> rows) {
        return rows.rows().values().stream().map(LedgerRow::change).toList();
    }

    @Test
    void theRulesAreKeptAsTheyAreWhateverIsTaken() {
        ProductId id = productOnSale();
        SaleRules rules = new SaleRules(2, 3, new SaleWindow(inSeconds(-60), inSeconds(60)), true);

        commit(() -> repositories().stocks().saveRules(id, rules));
        commit(() -> repositories().stocks().save(List.of(new Stock(id, TOTAL, 7))));

        Stock stored = new Stock(id, TOTAL, 7, rules);
        assertThat(inTransaction(() -> repositories().stocks().lock(Set.of(id))).rows())
                .containsEntry(id, stored);
        assertThat(repositories().stocks().view(Set.of(id)).rows()).containsEntry(id, stored);
        commit(() -> repositories().stocks().save(List.of(new Stock(id, TOTAL, TOTAL))));
    }

    @Test
    void aStockIsAddedWithItsRules() {
        ProductId id = Examples.newProductId();
        Stock stock = Stock.untouched(id, TOTAL).with(new SaleRules(null, 1, new SaleWindow(inSeconds(1), null)));

        commit(() -> repositories().products().save(List.of(Examples.product(id))));
        commit(() -> repositories().stocks().insert(List.of(stock)));

        assertThat(repositories().stocks().view(Set.of(id)).rows()).containsEntry(id, stock);
    }

    @Test
    void anInsertedStockIsFoundAsItIs() {
        Stock stock = new Stock(newProduct(), 10, 3);

        insert(stock);

        assertThat(lock(Set.of(stock.productId())).rows()).containsExactly(Map.entry(stock.productId(), stock));
    }

    @Test
    void theSmallestAndTheLargestStocksAreKept() {
        Stock none = Stock.untouched(newProduct(), 0);
        Stock all = Stock.untouched(newProduct(), Stock.MAX_TOTAL);
        Stock soldOut = new Stock(newProduct(), Stock.MAX_TOTAL, 0);

        insert(none, all, soldOut);

        assertThat(lock(Set.of(none.productId(), all.productId(), soldOut.productId()))
                        .rows())
                .containsOnly(
                        Map.entry(none.productId(), none),
                        Map.entry(all.productId(), all),
                        Map.entry(soldOut.productId(), soldOut));
    }

    @Test
    void aSavedStockReplacesTheOneBefore() {
        ProductId id = productOnSale();
        Stock changed = new Stock(id, 2000, 17);

        commit(() -> {
            lock(Set.of(id));
            repositories().stocks().save(List.of(changed));
        });

        assertThat(lock(Set.of(id)).rows()).containsEntry(id, changed);
    }

    @Test
    void manyStocksAreSavedAtOnceAndOthersStayAsTheyAre() {
        ProductId first = productOnSale();
        ProductId second = productOnSale();
        ProductId other = productOnSale();

        commit(() -> repositories().stocks().save(List.of(new Stock(second, 20, 2), new Stock(first, 10, 1))));

        assertThat(lock(Set.of(first, second, other)).rows())
                .containsOnly(
                        Map.entry(first, new Stock(first, 10, 1)),
                        Map.entry(second, new Stock(second, 20, 2)),
                        Map.entry(other, Stock.untouched(other, TOTAL)));
    }

    @Test
    void aStockSavedUnchangedStaysAsItIs() {
        ProductId id = productOnSale();
        Stock same = Stock.untouched(id, TOTAL);

        commit(() -> repositories().stocks().save(List.of(same)));

        assertThat(lock(Set.of(id)).rows()).containsEntry(id, same);
    }

    @Test
    void lockedStocksComeInTheOrderOfTheirProducts() {
        long base = Examples.newProductId().value() / 2;
        List<ProductId> ids = LongStream.of(5, 1, 4, 2, 3)
                .mapToObj(i -> productOnSale(new ProductId(base + i)))
                .toList();

        AsOf<ProductId, Stock> locked = lock(Set.copyOf(ids));

        assertThat(List.copyOf(locked.rows().keySet()))
                .isEqualTo(ids.stream().sorted().toList());
    }

    @Test
    void lockingTellsTheDatabasesTimeInMicroseconds() {
        ProductId id = productOnSale();
        Instant before = now();

        AsOf<ProductId, Stock> locked = lock(Set.of(id));

        assertThat(locked.now()).isBetween(before, now());
        assertThat(locked.now().getNano() % 1000).isZero();
    }

    @Test
    void lockingWhatDoesNotExistTellsTheTimeAndNoRows() {
        ProductId known = productOnSale();
        ProductId unknown = Examples.newProductId();
        Instant before = now();

        assertThat(lock(Set.of(known, unknown)).rows()).containsOnlyKeys(known);
        assertThat(lock(Set.of(unknown)).rows()).isEmpty();
        assertThat(lock(Set.of(unknown)).now()).isBetween(before, now());
        assertThat(lock(Set.of()).rows()).isEmpty();
        assertThat(lock(Set.of()).now()).isBetween(before, now());
    }

    @Test
    void whatIsFoundIsWhatWasCommittedLastWithTheTime() {
        ProductId known = productOnSale();
        Stock changed = new Stock(known, 2000, 17);
        commit(() -> repositories().stocks().save(List.of(changed)));
        Instant before = now();

        AsOf<ProductId, Stock> found = repositories().stocks().find(Set.of(known, Examples.newProductId()));

        assertThat(found.rows()).containsOnly(Map.entry(known, changed));
        assertThat(found.now()).isBetween(before, now());
    }

    @Test
    void aProductHasOneStock() {
        ProductId id = productOnSale();

        assertThatThrownBy(() -> insert(Stock.untouched(id, 5))).isInstanceOf(RuntimeException.class);

        assertThat(lock(Set.of(id)).rows()).containsEntry(id, Stock.untouched(id, TOTAL));
    }

    @Test
    void whatIsRolledBackWasNeverWritten() {
        ProductId known = productOnSale();
        ProductId added = newProduct();

        assertThatThrownBy(() -> commit(() -> {
                    repositories().stocks().save(List.of(new Stock(known, 1, 1)));
                    repositories().stocks().insert(List.of(Stock.untouched(added, 1)));
                    throw new IllegalStateException("no commit");
                }))
                .hasMessageContaining("no commit");

        assertThat(lock(Set.of(known, added)).rows()).containsExactly(Map.entry(known, Stock.untouched(known, TOTAL)));
    }

    @Test
    void insertingAndSavingNothingIsAllowed() {
        commit(() -> {
            repositories().stocks().insert(List.of());
            repositories().stocks().save(List.of());
        });
    }

    @Test
    void aViewShowsTheStock() {
        ProductId id = productOnSale();
        ProductId unknown = Examples.newProductId();

        assertThat(repositories().stocks().view(Set.of(id, unknown)).rows())
                .containsExactly(Map.entry(id, Stock.untouched(id, TOTAL)));
        assertThat(repositories().stocks().view(Set.of(unknown)).rows()).isEmpty();
        assertThat(repositories().stocks().view(Set.of()).rows()).isEmpty();
    }

    @Test
    void aViewCountsExpiredHoldsAsAvailableAndActiveOnesNot() {
        ProductId id = productOnSale();
        held(id, 5, inSeconds(600));
        held(id, 7, inSeconds(-1));
        held(id, 11, inSeconds(-3600));

        assertThat(available(id)).isEqualTo(TOTAL - 5);
        assertThat(lock(Set.of(id)).rows()).containsEntry(id, new Stock(id, TOTAL, TOTAL - 23));
    }

    @Test
    void aViewCountsOverdueOrdersAsAvailableAndPendingOnesNot() {
        ProductId id = productOnSale();
        ordered(id, 5, inSeconds(600));
        ordered(id, 7, inSeconds(-1));
        ordered(id, 11, inSeconds(-3600));

        assertThat(available(id)).isEqualTo(TOTAL - 5);
    }

    @Test
    void aViewCountsExpiredHoldsAndOverdueOrdersTogether() {
        ProductId id = productOnSale();
        ProductId other = productOnSale();
        held(id, 2, inSeconds(-1));
        held(id, 3, inSeconds(-1));
        ordered(id, 5, inSeconds(-1));
        ordered(id, 7, inSeconds(-1));
        held(id, 100, inSeconds(600));
        held(other, 11, inSeconds(-1));
        held(other, 200, inSeconds(600));

        assertThat(repositories().stocks().view(List.of(id, other)).rows())
                .containsOnly(
                        Map.entry(id, new Stock(id, TOTAL, TOTAL - 100)),
                        Map.entry(other, new Stock(other, TOTAL, TOTAL - 200)));
    }

    @Test
    void aViewCountsWhatWasReturnedOnce() {
        ProductId id = productOnSale();
        ended(held(id, 5, inSeconds(-1)), HoldEnd.EXPIRED);
        ended(held(id, 7, inSeconds(-1)), HoldEnd.RELEASED);
        changed(ordered(id, 11, inSeconds(-1)), OrderStatus.EXPIRED);
        changed(ordered(id, 13, inSeconds(-1)), OrderStatus.FAILED);

        assertThat(available(id)).isEqualTo(TOTAL);
    }

    @Test
    void aViewNeverCountsWhatIsPaidOrOrderedFromAnExpiredHold() {
        ProductId id = productOnSale();
        changed(ordered(id, 5, inSeconds(-1)), OrderStatus.PAID);
        ended(held(id, 7, inSeconds(-1)), HoldEnd.ORDERED);

        assertThat(available(id)).isEqualTo(TOTAL - 12);
    }

    private ProductId newProduct() {
        ProductId id = Examples.newProductId();
        commit(() -> repositories().products().save(List.of(Examples.product(id))));
        return id;
    }

    private void insert(Stock... stocks) {
        commit(() -> repositories().stocks().insert(List.of(stocks)));
    }

    private AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
        return inTransaction(() -> repositories().stocks().lock(ids));
    }

    private int available(ProductId id) {
        return repositories().stocks().view(Set.of(id)).rows().get(id).available();
    }
}
