package dev.flashsale.application.operator;

import dev.flashsale.application.Operator;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.application.payment.RecordRefundService;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.product.CreateProductService;
import dev.flashsale.application.product.ProductBook;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For one cause. Whoever changes a product locks its stock first, so the product needs no lock of its own. */
public final class OperatorUseCases implements Operator {

    private final Shared shared;
    private final Cause cause;

    private OperatorUseCases(Shared shared, Cause cause) {
        this.shared = shared;
        this.cause = cause;
    }

    /** What all causes have in common. */
    public record Shared(
            Transactions transactions,
            Pipeline<CreateProductService.Wish, ProductView> creations,
            StockReturns returns,
            StockWrites writes,
            ProductBook book,
            RecordRefundService refunds,
            Settlement settlement,
            Duration maxPaymentDeadline,
            Notifications notifications) {

        public Operator of(Cause cause) {
            return new OperatorUseCases(this, cause);
        }
    }

    @Override
    public ProductView create(NewProduct product) {
        return shared.creations().ask(new CreateProductService.Wish(product, cause));
    }

    @Override
    public KeyedOutcome<ProductView> create(NewProduct product, IdempotencyKey key) {
        return shared.creations().ask(new CreateProductService.Wish(product, cause), key);
    }

    @Override
    public ChangeOutcome change(ProductId id, ProductChange change) {
        return shared.transactions().run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(id));
            Stock stock = locked.rows().get(id);
            Product product = tx.products().find(Set.of(id)).get(id);
            if (stock == null || product == null) {
                tx.seeEverything();
                return new ChangeOutcome.UnknownProduct(id);
            }
            ChangeOutcome outcome = change.decide(product, stock.rules());
            if (outcome instanceof ChangeOutcome.Changed changed) {
                shared.book()
                        .change(
                                tx,
                                product,
                                changed.product(),
                                stock,
                                stock.with(changed.rules()),
                                cause,
                                locked.now());
            }
            return outcome;
        });
    }

    @Override
    public AdjustOutcome adjust(ProductId id, int total) {
        return shared.transactions().run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(id));
            Stock stock = locked.rows().get(id);
            if (stock == null) {
                tx.seeEverything();
                return new AdjustOutcome.UnknownProduct(id);
            }
            return adjust(tx, stock, total, locked.now());
        });
    }

    private AdjustOutcome adjust(Transaction tx, Stock locked, int total, Instant now) {
        // As much as the total is lowered by must be available.
        Stock stock = shared.returns().reclaim(tx, locked, (long) locked.total() - total, Set.of());
        AdjustOutcome.Known outcome = stock.adjustTo(total);
        switch (outcome) {
            case AdjustOutcome.Adjusted adjusted -> shared.book().adjust(tx, locked, adjusted.stock(), cause, now);
            case AdjustOutcome.BelowTaken taken -> shared.writes().save(tx, locked, stock);
        }
        return outcome;
    }

    @Override
    public WindowOutcome open(ProductId id) {
        return set(id, Action.SALE_OPENED, SaleWindow::openedAt);
    }

    @Override
    public WindowOutcome close(ProductId id) {
        return set(id, Action.SALE_CLOSED, SaleWindow::closedAt);
    }

    private WindowOutcome set(ProductId id, Action action, BiFunction<SaleWindow, Instant, SaleWindow> rule) {
        return shared.transactions().run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(id));
            Stock stock = locked.rows().get(id);
            if (stock == null) {
                tx.seeEverything();
                return new WindowOutcome.UnknownProduct(id);
            }
            SaleRules rules = stock.rules();
            SaleWindow window = rule.apply(rules.window(), locked.now());
            shared.book().rule(tx, action, stock, rules.with(window), cause, locked.now());
            return new WindowOutcome.Set(window);
        });
    }

    @Override
    public CancelOutcome cancel(OrderId id) {
        return shared.transactions().run(tx -> {
            AsOf<OrderId, Order> locked = tx.orders().lock(Set.of(id));
            Order order = locked.rows().get(id);
            if (order == null) {
                tx.seeEverything();
                return new CancelOutcome.UnknownOrder(id);
            }
            CancelOutcome outcome = CancelOutcome.decide(order, locked.now());
            if (outcome instanceof CancelOutcome.Cancelled cancelled
                    && !cancelled.order().equals(order)) {
                cancel(tx, cancelled.order(), locked.now());
            }
            return outcome;
        });
    }

    private void cancel(Transaction tx, Order cancelled, Instant now) {
        tx.orders().save(List.of(cancelled));
        tx.operatorLog()
                .add(new LogEntry(
                        now,
                        cause,
                        Action.ORDER_CANCELLED,
                        cancelled.id().value(),
                        cancelled.lines().items().stream()
                                .map(item -> item.quantity() + " of product " + item.productId())
                                .collect(Collectors.joining(", ", "", " returned"))));
        shared.returns().giveBack(tx, cancelled.lines().items());
        tx.afterCommit(() -> shared.notifications().tell(listener -> listener.orderCancelled(cancelled)));
    }

    @Override
    public boolean conflictResolved(long number) {
        return shared.transactions().run(tx -> {
            boolean listed = tx.payments().resolveConflict(number);
            if (listed) {
                Instant now = tx.orders().find(Set.of()).now();
                tx.operatorLog().add(new LogEntry(now, cause, Action.CONFLICT_RESOLVED, number, "looked at"));
            }
            return listed;
        });
    }

    @Override
    public PaymentOutcome refund(Payment refund) {
        if (refund.status() != PaymentStatus.REFUNDED) {
            throw new IllegalArgumentException("not a refund: " + refund);
        }
        return shared.transactions().run(tx -> {
            PaymentOutcome outcome = shared.refunds().record(tx, refund);
            if (outcome instanceof PaymentOutcome.Recorded recorded) {
                OrderId order = refund.orderId();
                tx.operatorLog()
                        .add(new LogEntry(
                                tx.orders().find(Set.of(order)).now(),
                                cause,
                                Action.REFUND_RECORDED,
                                order.value(),
                                change(recorded.payment())));
            }
            return outcome;
        });
    }

    private static String change(RecordedPayment refund) {
        GivenBack givesBack = refund.givesBack();
        String given = givesBack == null
                ? "nothing"
                : givesBack.amount().stripTrailingZeros().toPlainString() + " of transaction " + givesBack.payment();
        String pieces = refund.payment().pieces().stream()
                .map(item -> item.quantity() + " of product " + item.productId())
                .collect(Collectors.joining(", "));
        return given + " given back" + (pieces.isEmpty() ? "" : " for " + pieces)
                + (refund.payment().restock() ? ", pieces returned" : "");
    }

    @Override
    public DeadlineOutcome extend(OrderId id, Instant paymentDeadline) {
        return new OrdersByHand(shared, cause).extend(id, paymentDeadline);
    }

    @Override
    public AcceptOutcome accept(OrderId id) {
        return new OrdersByHand(shared, cause).accept(id);
    }

    @Override
    public ForgetOutcome forget(CustomerId id) {
        return new ForgetCustomer(shared.transactions(), cause, id).run();
    }

    @Override
    public EndpointOutcome createEndpoint(URI url, Set<EventKind> kinds) {
        return new EndpointsByHand(shared.transactions(), cause).create(url, kinds);
    }

    @Override
    public EndpointOutcome changeEndpoint(EndpointId id, @Nullable URI url, @Nullable Set<EventKind> kinds) {
        return new EndpointsByHand(shared.transactions(), cause).change(id, url, kinds);
    }

    @Override
    public EndpointOutcome newEndpointSecret(EndpointId id) {
        return new EndpointsByHand(shared.transactions(), cause).newSecret(id);
    }

    @Override
    public EndpointOutcome enableEndpoint(EndpointId id) {
        return new EndpointsByHand(shared.transactions(), cause).enable(id);
    }

    @Override
    public EndpointOutcome disableEndpoint(EndpointId id) {
        return new EndpointsByHand(shared.transactions(), cause).disable(id);
    }

    @Override
    public EndpointOutcome deleteEndpoint(EndpointId id) {
        return new EndpointsByHand(shared.transactions(), cause).delete(id);
    }

    @Override
    public EndpointOutcome sendAgain(EndpointId id, String eventId) {
        return new EndpointsByHand(shared.transactions(), cause).sendAgain(id, eventId);
    }

    @Override
    public RefundOutcome refundDone(TransactionId payment) {
        return shared.transactions().run(tx -> refundDone(tx, payment));
    }

    private RefundOutcome refundDone(Transaction tx, TransactionId id) {
        RecordedPayment known = tx.payments().lock(Set.of(id)).get(ReportId.ofSuccess(id));
        if (known == null) {
            tx.seeEverything();
        }
        Set<TransactionId> open = tx.payments().openRefunds(known == null ? Set.of() : Set.of(id));
        RefundOutcome outcome = RefundPolicy.markDone(id, known, open.contains(id));
        if (outcome instanceof RefundOutcome.Done done) {
            tx.payments().refundDone(Set.of(id));
            OrderId order = done.payment().payment().orderId();
            AsOf<OrderId, Order> found = tx.orders().find(Set.of(order));
            tx.payments()
                    .insert(List.of(RefundPolicy.doneByHand(
                            done.payment(),
                            found.rows().get(order),
                            tx.payments().lockOf(order))));
            tx.operatorLog()
                    .add(new LogEntry(
                            found.now(),
                            cause,
                            Action.REFUND_DONE,
                            order.value(),
                            "transaction " + id + " given back"));
        }
        return outcome;
    }
}
