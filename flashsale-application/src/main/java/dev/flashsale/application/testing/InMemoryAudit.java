package dev.flashsale.application.testing;

import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.InMemoryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds up an {@link InMemoryDatabase} by itself, without asking any rule. */
public final class InMemoryAudit implements AuditRepository {

    private final InMemoryDatabase database;

    public InMemoryAudit(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public AuditReport audit() {
        synchronized (database) {
            return new AuditReport(
                    database.stocks().stream().map(this::conservation).toList(), orphans(), kept());
        }
    }

    @Override
    public List<Conservation> conservation(Optional<ProductId> after, int limit, Duration within) {
        return database.stocks().stream()
                .filter(stock -> after.isEmpty() || stock.productId().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Stock::productId))
                .limit(limit)
                .map(this::conservation)
                .toList();
    }

    @Override
    public Optional<Conservation> conservation(ProductId id) {
        return database.stocks().stream()
                .filter(stock -> stock.productId().equals(id))
                .map(this::conservation)
                .findFirst();
    }

    @Override
    public List<ProductPieces> pieces(int limit, Duration within) {
        return database.stocks().stream()
                .sorted(Comparator.comparing((Stock stock) -> stock.rules().stateAt(database.now()) == SaleState.OPEN)
                        .thenComparing(Stock::productId)
                        .reversed())
                .limit(limit)
                .map(this::conservation)
                .map(one -> new ProductPieces(one.productId(), one.total(), one.available(), one.held(), one.pending()))
                .toList();
    }

    @Override
    public List<ExpiringPieces> expiring(ProductId id, Duration within) {
        return Stream.iterate(Duration.ZERO, from -> from.compareTo(ExpiringPieces.AHEAD) < 0, this::next)
                .map(from -> new ExpiringPieces(
                        from,
                        database.holdLines().stream()
                                .filter(line -> line.status() == HoldStatus.ACTIVE && isIn(from, line.expiresAt()))
                                .map(HoldLine::item)
                                .filter(item -> item.productId().equals(id))
                                .mapToLong(item -> item.quantity().value())
                                .sum(),
                        database.orderLines().stream()
                                .filter(line ->
                                        line.status() == OrderStatus.PENDING && isIn(from, line.paymentDeadline()))
                                .map(OrderLine::item)
                                .filter(item -> item.productId().equals(id))
                                .mapToLong(item -> item.quantity().value())
                                .sum()))
                .toList();
    }

    private Duration next(Duration from) {
        return from.plus(ExpiringPieces.STEP);
    }

    private boolean isIn(Duration from, Instant end) {
        Duration left = Duration.between(database.now(), end);
        return left.isPositive() && left.compareTo(from) >= 0 && left.compareTo(next(from)) < 0;
    }

    /** Here a hold's customer is written nowhere else. */
    @Override
    public void countForCustomer(HoldId id) {}

    private Conservation conservation(Stock stock) {
        long held = database.holdLines().stream()
                .filter(line -> line.status() == HoldStatus.ACTIVE
                        && line.item().productId().equals(stock.productId()))
                .mapToLong(line -> line.item().quantity().value())
                .sum();
        return new Conservation(
                stock.productId(),
                stock.total(),
                stock.available(),
                held,
                ordered(stock, OrderStatus.PENDING),
                ordered(stock, OrderStatus.PAID)
                        + ordered(stock, OrderStatus.REFUNDED)
                        - database.returnedPieces(stock.productId()));
    }

    private long ordered(Stock stock, OrderStatus status) {
        return database.orderLines().stream()
                .filter(line -> line.item().productId().equals(stock.productId()) && line.status() == status)
                .mapToLong(line -> line.item().quantity().value())
                .sum();
    }

    private List<Orphan> orphans() {
        Set<HoldId> holds = database.holds().stream().map(Hold::id).collect(Collectors.toSet());
        Stream<Orphan> totals = database.stocks().stream()
                .filter(stock -> database.ledgerTotal(stock.productId()) != stock.total())
                .map(stock -> new Orphan(
                        "total that its ledger does not add up to",
                        stock.productId().toString()));
        Stream<Orphan> withoutHold = database.orders().stream()
                .filter(order -> !holds.contains(order.holdId()))
                .map(order -> new Orphan("order without hold", order.id().toString()));
        Stream<Orphan> withoutPayment = database.orders().stream()
                .filter(order -> (order.status() == OrderStatus.PAID
                                && applied(order, PaymentStatus.SUCCESS)
                                        != (order.amount().isZero() ? 0 : 1))
                        || (order.status() == OrderStatus.PENDING && applied(order, PaymentStatus.SUCCESS) != 0)
                        || (order.status() == OrderStatus.FAILED && applied(order, PaymentStatus.FAILED) != 1))
                .map(order -> new Orphan(
                        "order that is not what its payments made it",
                        order.id().toString()));
        Set<OrderId> orders = database.orders().stream().map(Order::id).collect(Collectors.toSet());
        Stream<Orphan> keptThoughOrdered = kept().stream()
                .filter(kept -> orders.contains(kept.orderId()))
                .map(kept -> new Orphan(
                        Orphan.KEPT_THOUGH_ORDERED, kept.transactionId().value()));
        return Stream.of(totals, withoutHold, withoutPayment, keptThoughOrdered)
                .flatMap(orphans -> orphans)
                .toList();
    }

    private long applied(Order order, PaymentStatus status) {
        return database.payments().stream()
                .map(ReceivedPayment::payment)
                .filter(recorded -> recorded.payment().orderId().equals(order.id())
                        && recorded.payment().status() == status
                        && recorded.effect() == PaymentEffect.APPLIED)
                .count();
    }

    private List<KeptPayment> kept() {
        return database.payments().stream()
                .filter(row -> row.payment().effect() == PaymentEffect.KEPT)
                .map(row -> new KeptPayment(
                        row.payment().payment().transactionId(),
                        row.payment().payment().orderId(),
                        row.receivedAt()))
                .toList();
    }
}
