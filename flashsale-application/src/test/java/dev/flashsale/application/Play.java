package dev.flashsale.application;

import dev.flashsale.application.batch.GroupCommitBounds;
import dev.flashsale.application.testing.InMemoryTransactions;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.InMemoryDatabase;
import dev.flashsale.domain.testing.InMemoryDatabase.ReceivedPayment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A sale and its model side by side: each command is done by both, and whatever is not alike then is an error. */
final class Play {

    private static final Duration A_MICROSECOND = Duration.ofNanos(1000);
    private static final int MOST_BATCHES = 100;
    private static final Settings SETTINGS = new Settings(
            Command.HOLD_TTL,
            Command.PAYMENT_DEADLINE,
            2,
            GroupCommitBounds.defaults(),
            Duration.ZERO,
            Duration.ZERO,
            Command.PAYMENT_KEEP);

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final InMemoryTransactions transactions = new InMemoryTransactions(database);
    private final SaleModel model = new SaleModel(database.now());
    private final Flashsale flashsale;

    Play(UnaryOperator<Ports> ports) {
        flashsale = Flashsale.on(ports.apply(Ports.of(transactions)), SETTINGS);
    }

    @Nullable
    Object step(Command command) {
        Object answer = answer(command);
        model.rows.now = database.now();
        if (command.tidiesUpFirst()) {
            model.notice(database.holds(), database.orders());
        }
        compare("the answer", answer, model.answer(command));
        model.notice(database.holds(), database.orders());
        compareRows();
        compareViews();
        return answer;
    }

    private void compareRows() {
        List<Stock> stocks = database.stocks();
        compare(
                "the products",
                stocks.stream().map(Stock::productId).toList(),
                List.copyOf(model.rows.offers.keySet()));
        for (Stock stock : stocks) {
            compare("the stock", stock, model.rows.stock(stock.productId()));
            compare(
                    "the ledger",
                    database
                            .repositories()
                            .stocks()
                            .ledger(stock.productId(), Optional.empty(), Integer.MAX_VALUE)
                            .reversed()
                            .stream()
                            .map(LedgerRow::change)
                            .toList(),
                    model.rows.ledger(stock.productId()));
        }
        compare("the holds", byId(database.holds(), Hold::id), model.rows.holds);
        compare("the orders", byId(database.orders(), Order::id), model.rows.orders);
        compare(
                "the payments",
                database.payments().stream().map(ReceivedPayment::payment).toList(),
                model.rows.payments.values().stream()
                        .map(ModelRows.Received::payment)
                        .toList());
        compare(
                "the log",
                database.operatorLog().stream()
                        .map(entry -> new ModelRows.Logged(entry.at(), entry.cause(), entry.action(), entry.subject()))
                        .toList(),
                model.rows.log);
    }

    private void compareViews() {
        model.rows
                .offers
                .keySet()
                .forEach(id ->
                        compare("the view", flashsale.viewProduct().view(id), Optional.of(model.products.view(id))));
        model.rows
                .holds
                .keySet()
                .forEach(id -> compare("the view", flashsale.viewHold().view(id), Optional.of(model.holds.view(id))));
        model.rows.orders.forEach((id, order) ->
                compare("the view", flashsale.viewOrder().view(id), Optional.of(model.rows.asRead(order))));
        compare("the refunds", refunds(), model.refunds.list());
    }

    /** Without their numbers, of which some are lost with transactions that are rolled back. */
    List<ListRefunds.Refund> refunds() {
        return flashsale.listRefunds().list(Optional.empty(), new PageSize(PageSize.MAX)).items().stream()
                .map(refund -> new ListRefunds.Refund(0, refund.payment(), refund.why(), refund.receivedAt()))
                .toList();
    }

    private @Nullable Object answer(Command command) {
        return switch (command) {
            case Command.Put put -> flashsale.putProduct().put(put.product(), put.total(), put.rules());
            case Command.Create create -> flashsale.createProduct().create(create.product(), Command.OPERATOR);
            case Command.Change change ->
                withoutWhy(flashsale.changeProduct().change(change.productId(), change.change(), Command.OPERATOR));
            case Command.Adjust adjust ->
                flashsale.adjustStock().adjust(adjust.productId(), adjust.total(), Command.OPERATOR);
            case Command.Open open -> flashsale.openSale().open(open.productId(), Command.OPERATOR);
            case Command.Close close -> flashsale.closeSale().close(close.productId(), Command.OPERATOR);
            case Command.Place place -> flashsale.placeHold().place(place.request());
            case Command.PlaceOnce once -> flashsale.placeHoldOnce().place(once.request(), once.key());
            case Command.Release release -> flashsale.releaseHold().release(release.holdId());
            case Command.Extend extend -> flashsale.extendHold().extend(extend.holdId());
            case Command.Order order -> flashsale.placeOrder().place(order.holdId());
            case Command.OrderOnce once -> flashsale.placeOrderOnce().place(once.holdId(), once.key());
            case Command.Cancel cancel -> flashsale.cancelOrder().cancel(cancel.orderId(), Command.OPERATOR);
            case Command.Report report -> flashsale.recordPayment().record(report.payment());
            case Command.MarkRefundDone mark -> flashsale.markRefundDone().mark(mark.paymentId());
            case Command.Expire ignored ->
                untilNothingIsLeft(() -> flashsale.expireHolds().expire()
                        + flashsale.expireOrders().expire());
            case Command.ExpireKeptPayments ignored -> untilNothingIsLeft(flashsale.expireKeptPayments()::expire);
            case Command.ForgetOldKeys ignored ->
                untilNothingIsLeft(() -> flashsale.forgetKeys().forget(ForgetKeys.MIN_AGE));
            case Command.Purge purge -> purgeAll(purge.pageSize());
            case Command.Advance advance -> {
                database.advance(advance.duration());
                yield null;
            }
            case Command.AdvanceTo to -> {
                model.moments().stream()
                        .skip(to.moment())
                        .findFirst()
                        .ifPresent(moment -> database.setNow(to.justBefore() ? moment.minus(A_MICROSECOND) : moment));
                yield null;
            }
            case Command.Meet meet -> {
                transactions.meet(meet.fate());
                Object answer = answer(meet.command());
                transactions.meet();
                yield answer;
            }
        };
    }

    private static ChangeOutcome withoutWhy(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.InvalidPrice ignored -> new ChangeOutcome.InvalidPrice("");
            case ChangeOutcome.InvalidWindow ignored -> new ChangeOutcome.InvalidWindow("");
            case ChangeOutcome.UnknownProduct unknown -> unknown;
            case ChangeOutcome.CurrencyIsFixed fixed -> fixed;
            case ChangeOutcome.Changed changed -> changed;
        };
    }

    private static @Nullable Object untilNothingIsLeft(IntSupplier batch) {
        for (int i = 0; batch.getAsInt() > 0; i++) {
            if (i == MOST_BATCHES) {
                throw new AssertionError("there is always something left");
            }
        }
        return null;
    }

    private @Nullable Object purgeAll(int pageSize) {
        Optional<HoldId> next = Optional.empty();
        do {
            next = flashsale
                    .purgeEnded()
                    .purge(new PurgeEnded.Page(Command.PURGE_AGE, pageSize, next, false))
                    .next();
        } while (next.isPresent());
        return null;
    }

    private static <K, V> Map<K, V> byId(List<V> rows, Function<V, K> id) {
        return rows.stream().collect(Collectors.toMap(id, row -> row));
    }

    private static void compare(String what, @Nullable Object is, @Nullable Object expected) {
        if (!Objects.equals(is, expected)) {
            throw new AssertionError(what + " is " + is + "\n  and not " + expected);
        }
    }
}
