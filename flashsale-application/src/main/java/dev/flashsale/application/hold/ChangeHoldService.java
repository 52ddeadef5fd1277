package dev.flashsale.application.hold;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ChangePolicy;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.Offer;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes holds: locks them, and then the stocks of all that they are of or would be of. */
public final class ChangeHoldService implements BatchedUseCase<ChangeRequest, HoldChangeOutcome> {

    private final Transactions transactions;
    private final ChangePolicy policy;
    private final Offers offers;
    private final StockWrites writes;

    public ChangeHoldService(Transactions transactions, ChangePolicy policy, StockReturns returns, StockWrites writes) {
        this.transactions = transactions;
        this.policy = policy;
        this.offers = new Offers(returns);
        this.writes = writes;
    }

    @Override
    public Kind kind() {
        return Kind.CHANGE;
    }

    /** As its product's holds do; what does not exist waits for nobody. */
    @Override
    public Object lane(ChangeRequest request) {
        return ReleaseHoldService.laneOf(transactions, request.holdId());
    }

    @Override
    public boolean oneTransactionPerLane() {
        return true;
    }

    @Override
    public void tell(SaleListener listener, SaleListener.Batch batch, List<HoldChangeOutcome> decided) {
        listener.changes(batch, decided);
    }

    /** Holds are decided by the moment at which they were locked: nobody else ends them from then on, however long it takes. */
    @Override
    public List<HoldChangeOutcome> decide(Transaction tx, Batch<ChangeRequest> batch) {
        Set<HoldId> ids = new TreeSet<>();
        batch.requests().forEach(request -> ids.add(request.holdId()));
        AsOf<HoldId, Hold> holds = tx.holds().lock(ids);
        if (holds.rows().size() < ids.size()) {
            tx.seeEverything();
        }
        Wishes wishes = Wishes.of(batch.requests(), holds);
        Map<ProductId, Currency> currencies = Offers.currencies(tx, wishes.growing());
        Map<ProductId, Stock> stocks = stocks(tx, wishes.products());
        Map<ProductId, Offer> offered = offers.of(
                tx,
                wishes.more(),
                stocks,
                Offers.counted(tx, wishes.more(), stocks, holds.now()),
                holds.now(),
                wishes.holds().keySet());
        ChangePolicy.Decision decision =
                policy.decide(holds.rows(), offered, currencies, batch.requests(), holds.now());
        if (!decision.changed().isEmpty()) {
            tx.holds().change(wishes.holds(), decision.changed().values());
        }
        writes.save(tx, stocks, decision.stocks());
        return decision.outcomes();
    }

    private static Map<ProductId, Stock> stocks(Transaction tx, Set<ProductId> products) {
        if (products.isEmpty()) {
            return Map.of();
        }
        Map<ProductId, Stock> stocks = tx.stocks().lock(products).rows();
        if (stocks.size() < products.size()) {
            tx.seeEverything();
        }
        return stocks;
    }

    /**
     * What is wished for of holds that can be changed.
     *
     * @param holds as they are
     * @param products that they are of or would be of
     * @param growing the wishes for more of something than the hold has
     * @param more what these wish for beside what it has; all of it behind another change of the same hold
     */
    private record Wishes(
            Map<HoldId, ActiveHold> holds, Set<ProductId> products, List<HoldRequest> growing, List<HoldRequest> more) {

        static Wishes of(List<ChangeRequest> requests, AsOf<HoldId, Hold> locked) {
            Wishes wishes = new Wishes(new TreeMap<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
            for (ChangeRequest request : requests) {
                if (locked.rows().get(request.holdId()) instanceof ActiveHold hold && hold.validAt(locked.now())) {
                    request.linesFor(hold).ifPresent(lines -> wishes.add(hold, lines));
                }
            }
            return wishes;
        }

        private void add(ActiveHold hold, Lines lines) {
            boolean first = holds.put(hold.id(), hold) == null;
            products.addAll(hold.lines().products());
            products.addAll(lines.products());
            List<Item> items = new ArrayList<>();
            for (Item line : lines.items()) {
                int pieces = line.quantity().value() - (first ? hold.lines().piecesOf(line.productId()) : 0);
                if (pieces > 0) {
                    items.add(new Item(line.productId(), new Quantity(pieces)));
                }
            }
            if (!items.isEmpty()) {
                growing.add(new HoldRequest(hold.id(), lines, hold.customerId()));
                more.add(new HoldRequest(hold.id(), new Lines(items), hold.customerId()));
            }
        }
    }
}
