package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions;
import dev.flashsale.application.testing.Ports;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.InMemoryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A sale and its model side by side: each command is done by both, and whatever is not alike then is an error. */
final class ModelComparison {

    private static final Duration A_MICROSECOND = Duration.ofNanos(1000);
    private static final int MOST_BATCHES = 100;
    private static final Settings SETTINGS = Settings.builder()
            .holdTtl(Command.HOLD_TTL)
            .holdExtensions(Command.HOLD_EXTENSIONS)
            .paymentDeadline(Command.PAYMENT_DEADLINE)
            .maxPaymentDeadline(Command.MAX_PAYMENT_DEADLINE)
            .expiryBatch(2)
            .groupCommit(GroupCommitBounds.defaults())
            .readMemory(Duration.ZERO)
            .soldOutMemory(Duration.ZERO)
            .paymentKeep(Command.PAYMENT_KEEP)
            .retryGrace(Command.RETRY_GRACE)
            .build();

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final InMemoryTransactions transactions = new InMemoryTransactions(database);
    private final SaleModel model = new SaleModel(database.now());
    private final Flashsale flashsale;

    ModelComparison(UnaryOperator<Ports> ports) {
        flashsale = Flashsale.on(ports.apply(Ports.of(transactions)), SETTINGS);
    }

    @Nullable
    Object step(Command drawn) {
        Command command = model.looked(drawn);
        Object answer = answer(command);
        model.rows.now = database.now();
        if (command.tidiesUpFirst()) {
            notice(command);
        }
        compare("the answer", answer, model.answer(command));
        notice(command);
        compareRows();
        compareViews();
        return answer;
    }

    /** Whether its hold or order has several lines. */
    boolean isOfSeveralProducts(Command command) {
        return model.reached(command).size() > 1;
    }

    /** What the lines of each hold and order of several products are. */
    Set<Set<Enum<?>>> statusesOfSeveralLines() {
        Map<Object, Set<Enum<?>>> statuses = new HashMap<>();
        Map<Object, Integer> lines = new HashMap<>();
        for (ModelRows.LineStatus line : model.rows.lines()) {
            statuses.computeIfAbsent(line.of(), of -> new HashSet<>()).add(line.status());
            lines.merge(line.of(), 1, Integer::sum);
        }
        statuses.keySet().removeIf(of -> lines.get(of) == 1);
        return Set.copyOf(statuses.values());
    }

    private void notice(Command command) {
        model.housekeeping.notice(model.reached(command), database.holdLines(), database.orderLines());
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
                    "the pieces that came back of what is not all back",
                    database.returnedPieces(stock.productId()),
                    model.rows.returned(stock.productId()));
            compare(
                    "the ledger",
                    database
                            .repositories()
                            .stocks()
                            .ledger(stock.productId(), Optional.empty(), Integer.MAX_VALUE)
                            .rows()
                            .values()
                            .stream()
                            .map(LedgerRow::change)
                            .toList()
                            .reversed(),
                    model.rows.ledger(stock.productId()));
        }
        compare("the holds", byId(database.holds(), Hold::id), model.rows.holds);
        compare("the orders", byId(database.orders(), Order::id), model.rows.orders);
        compare("the lines", lines(), model.rows.lines());
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

    private Set<ModelRows.LineStatus> lines() {
        Set<ModelRows.LineStatus> lines = new HashSet<>();
        for (HoldLine line : database.holdLines()) {
            lines.add(new ModelRows.LineStatus(line.holdId(), line.item().productId(), line.status()));
        }
        for (OrderLine line : database.orderLines()) {
            lines.add(new ModelRows.LineStatus(line.orderId(), line.item().productId(), line.status()));
        }
        return lines;
    }

    private void compareViews() {
        model.rows
                .offers
                .keySet()
                .forEach(
                        id -> compare("the view", flashsale.products().view(id), Optional.of(model.products.view(id))));
        model.rows
                .holds
                .keySet()
                .forEach(id -> compare("the view", flashsale.holds().view(id), Optional.of(model.holds.view(id))));
        model.rows.orders.forEach((id, order) -> compare(
                "the view", flashsale.orders().view(id).map(ModelComparison::withoutNumbers), model.view(order)));
        compare("the refunds", refunds(), model.refunds.list());
        compare(
                "the conflicts",
                flashsale.lists().conflicts(Optional.empty(), new PageSize(PageSize.MAX)).items().stream()
                        .map(conflict -> new Listed(conflict.report(), conflict.receivedAt()))
                        .toList(),
                model.rows.conflicts.stream()
                        .filter(ModelRows.Conflict::open)
                        .map(conflict -> new Listed(listed(conflict), conflict.at()))
                        .toList());
    }

    private record Listed(ConflictingReport report, Instant at) {}

    private static ConflictingReport listed(ModelRows.Conflict conflict) {
        Payment report = conflict.report();
        return new ConflictingReport(
                report.id(),
                report.orderId(),
                report.reference(),
                report.amount(),
                report.currency(),
                conflict.known());
    }

    private static OrderView withoutNumbers(OrderView view) {
        return new OrderView(
                view.order(),
                view.customerId(),
                view.payments().stream()
                        .map(received -> new ReceivedPayment(0, received.payment(), received.receivedAt()))
                        .toList());
    }

    /** Without their numbers, of which some are lost with transactions that are rolled back. */
    List<Refund> refunds() {
        return flashsale.lists().refunds(Optional.empty(), new PageSize(PageSize.MAX)).items().stream()
                .map(refund -> new Refund(0, refund.payment(), refund.rest(), refund.why(), refund.receivedAt()))
                .toList();
    }

    private @Nullable Object answer(Command command) {
        return switch (command) {
            case Command.Put put -> flashsale.products().put(put.product(), put.total(), put.rules());
            case Command.Create create -> flashsale.operator(Command.OPERATOR).create(create.product());
            case Command.Change change ->
                withoutWhy(flashsale.operator(Command.OPERATOR).change(change.productId(), change.change()));
            case Command.Adjust adjust ->
                flashsale.operator(Command.OPERATOR).adjust(adjust.productId(), adjust.total());
            case Command.Open open -> flashsale.operator(Command.OPERATOR).open(open.productId());
            case Command.Close close -> flashsale.operator(Command.OPERATOR).close(close.productId());
            case Command.Place place -> flashsale.holds().place(place.request());
            case Command.PlaceOnce once -> flashsale.holds().place(once.request(), once.key());
            case Command.Release release -> flashsale.holds().release(release.holdId());
            case Command.Extend extend -> flashsale.holds().extend(extend.request());
            case Command.ExtendAsSeen seen -> throw new IllegalArgumentException("nobody has looked: " + seen);
            case Command.ChangeHold change -> flashsale.holds().change(change.request());
            case Command.Order order -> flashsale.orders().place(order.holdId());
            case Command.OrderOnce once -> flashsale.orders().place(once.holdId(), once.key());
            case Command.Cancel cancel -> flashsale.operator(Command.OPERATOR).cancel(cancel.orderId());
            case Command.ExtendOrder extend ->
                flashsale.operator(Command.OPERATOR).extend(extend.orderId(), extend.paymentDeadline());
            case Command.Accept accept -> flashsale.operator(Command.OPERATOR).accept(accept.orderId());
            case Command.Report report -> flashsale.payments().record(report.payment());
            case Command.MarkRefundDone mark ->
                flashsale.operator(Command.OPERATOR).refundDone(mark.paymentId());
            case Command.ResolveConflict resolve ->
                flashsale.operator(Command.OPERATOR).conflictResolved(resolve.number());
            case Command.ListHolds list ->
                allPages((Optional<HoldPosition> after) ->
                        flashsale.lists().holds(list.productId(), list.status(), after, list.pageSize()));
            case Command.ListOrders list ->
                allPages((Optional<OrderPosition> after) ->
                                flashsale.lists().orders(list.productId(), list.status(), after, list.pageSize()))
                        .stream()
                        .map(OrderView::order)
                        .toList();
            case Command.Expire ignored ->
                untilNothingIsLeft(() -> flashsale.housekeeping().expireHolds()
                        + flashsale.housekeeping().expireOrders());
            case Command.ExpireKeptPayments ignored -> untilNothingIsLeft(flashsale.housekeeping()::expireKeptPayments);
            case Command.ForgetOldKeys ignored ->
                untilNothingIsLeft(() -> flashsale.housekeeping().forgetKeys(Housekeeping.MIN_KEY_AGE));
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
        return outcome instanceof ChangeOutcome.InvalidPrice ? new ChangeOutcome.InvalidPrice("") : outcome;
    }

    private static @Nullable Object untilNothingIsLeft(IntSupplier batch) {
        for (int i = 0; batch.getAsInt() > 0; i++) {
            if (i == MOST_BATCHES) {
                throw new AssertionError("there is always something left");
            }
        }
        return null;
    }

    private static <T, P> List<T> allPages(Function<Optional<P>, Page<T, P>> pageAfter) {
        List<T> all = new ArrayList<>();
        Optional<P> next = Optional.empty();
        do {
            Page<T, P> page = pageAfter.apply(next);
            all.addAll(page.items());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    private @Nullable Object purgeAll(int pageSize) {
        Optional<HoldId> next = Optional.empty();
        do {
            next = flashsale
                    .housekeeping()
                    .purge(new Purge(Command.PURGE_AGE, pageSize, next, false))
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
