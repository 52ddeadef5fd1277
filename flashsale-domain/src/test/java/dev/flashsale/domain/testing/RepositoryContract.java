package dev.flashsale.domain.testing;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a contract, and the state it starts from.
 *
 * <p>Pieces of holds and orders are taken from their stock, so that other tests may sweep what is left behind. It does
 * not all add up: an audit of the same database must look at its own products alone.
 */
public abstract class RepositoryContract {

    static final int TOTAL = 1000;

    /** The ports under test. */
    protected abstract Repositories repositories();

    /** Runs the work in a transaction of its own and commits it; what the work throws rolls it back and is thrown. */
    protected abstract <T> T inTransaction(Supplier<T> work);

    /** The database's time. */
    protected abstract Instant now();

    final void commit(Runnable work) {
        Object done = inTransaction(() -> {
            work.run();
            return work;
        });
        if (done != work) {
            throw new AssertionError("the transaction answered " + done);
        }
    }

    /** That many seconds from now, or before now if negative, in the microseconds that a database keeps. */
    final Instant inSeconds(long seconds) {
        return now().truncatedTo(ChronoUnit.MICROS).plusSeconds(seconds);
    }

    /** A new product with an untouched stock of {@link #TOTAL}. */
    final ProductId productOnSale() {
        return productOnSale(Examples.newProductId());
    }

    final ProductId productOnSale(ProductId id) {
        commit(() -> {
            repositories().products().save(List.of(Examples.product(id)));
            repositories().stocks().insert(List.of(Stock.untouched(id, TOTAL)));
        });
        return id;
    }

    /** An active hold, stored. */
    final ActiveHold held(ProductId productId, int pieces, Instant expiresAt) {
        return held(Examples.hold(productId, pieces, expiresAt));
    }

    final ActiveHold held(ActiveHold hold) {
        commit(() -> {
            repositories().holds().insert(List.of(hold));
            takeAll(hold);
        });
        return hold;
    }

    /** An active hold of three products, stored. */
    final ActiveHold heldOfSeveral(Instant expiresAt, @Nullable CustomerId customerId) {
        List<ProductId> products = Stream.generate(this::productOnSale)
                .limit(3)
                .sorted(Comparator.reverseOrder())
                .toList();
        List<Item> items = new ArrayList<>();
        products.forEach(id -> items.add(new Item(id, new Quantity(1 + items.size()))));
        HoldRequest request = new HoldRequest(Examples.newHoldId(), Lines.of(items), customerId);
        return held(new ActiveHold(request.holdId(), request.lines(), expiresAt, customerId, 0));
    }

    private void takeAll(ActiveHold hold) {
        hold.lines().items().forEach(item -> change(item.productId(), stock -> stock.take(item.quantity())));
    }

    private void giveBack(Lines lines) {
        lines.items()
                .forEach(item -> change(
                        item.productId(),
                        stock -> stock.giveBack(item.quantity().value())));
    }

    /** The hold, ended and stored. */
    final EndedHold ended(ActiveHold hold, HoldEnd how) {
        EndedHold ended = hold.end(how);
        commit(() -> {
            repositories().holds().end(List.of(ended));
            if (how != HoldEnd.ORDERED) {
                giveBack(hold.lines());
            }
        });
        return ended;
    }

    /** A pending order with that deadline, stored. */
    final Order ordered(ProductId productId, int pieces, Instant deadline) {
        ActiveHold hold = orderedHold(productId, pieces);
        NewOrder order = new NewOrder(
                hold.id(),
                hold.lines(),
                Examples.PRICE.times(pieces),
                deadline.minus(Examples.PAYMENT_DEADLINE),
                deadline);
        return ordered(order);
    }

    final Order ordered(NewOrder order) {
        Order stored = inTransaction(() -> repositories().orders().insert(List.of(order)))
                .get(order.holdId());
        if (stored == null) {
            throw new AssertionError("not answered: " + order);
        }
        return stored;
    }

    /** A stored hold that is ready for its order: it has ended as ordered. */
    final ActiveHold orderedHold(ProductId productId, int pieces) {
        ActiveHold hold = held(productId, pieces, inSeconds(60));
        ended(hold, HoldEnd.ORDERED);
        return hold;
    }

    /** The order in another status, stored. */
    final Order changed(Order order, OrderStatus status) {
        Order changed = order.with(status);
        commit(() -> {
            repositories().orders().save(List.of(changed));
            if (order.status().takesStock() && !status.takesStock()) {
                giveBack(order.lines());
            }
        });
        return changed;
    }

    private void change(ProductId productId, UnaryOperator<Stock> how) {
        Stock stock = repositories().stocks().lock(Set.of(productId)).rows().get(productId);
        if (stock == null) {
            throw new AssertionError("no stock of " + productId);
        }
        repositories().stocks().save(List.of(how.apply(stock)));
    }
}
