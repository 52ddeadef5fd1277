package dev.flashsale.application.testing;

import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldLists;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.webhook.EndpointRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Transactions, and the repositories of whichever of them the thread is in, so that tests call them as they are: outside of
 * any, each call has one of its own. Given other repositories, its transactions hand out those.
 */
public final class Ports implements Transactions {

    private static final List<String> WRITES = List.of(
            "insert", "save", "end", "extend", "change", "expire", "lock", "delete", "settle", "refund", "add", "count",
            "take", "append");

    private final Transactions all;
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();
    private final ProductRepository products;
    private final StockRepository stocks;
    private final HoldRepository holds;
    private final OrderRepository orders;
    private final PaymentRepository payments;
    private final AuditRepository audits;
    private final OperatorLog operatorLog;
    private final IdempotencyKeyRepository idempotencyKeys;

    private Ports(Transactions all) {
        this.all = all;
        products = ofThread(ProductRepository.class, Transaction::products);
        stocks = ofThread(StockRepository.class, Transaction::stocks);
        holds = ofThread(HoldRepository.class, Transaction::holds);
        orders = ofThread(OrderRepository.class, Transaction::orders);
        payments = ofThread(PaymentRepository.class, Transaction::payments);
        audits = ofThread(AuditRepository.class, Transaction::audits);
        operatorLog = ofThread(OperatorLog.class, Transaction::operatorLog);
        idempotencyKeys = ofThread(IdempotencyKeyRepository.class, Transaction::idempotencyKeys);
    }

    public Ports(
            Transactions all,
            ProductRepository products,
            StockRepository stocks,
            HoldRepository holds,
            OrderRepository orders,
            PaymentRepository payments,
            AuditRepository audits,
            OperatorLog operatorLog,
            IdempotencyKeyRepository idempotencyKeys) {
        this.all = all;
        this.products = products;
        this.stocks = stocks;
        this.holds = holds;
        this.orders = orders;
        this.payments = payments;
        this.audits = audits;
        this.operatorLog = operatorLog;
        this.idempotencyKeys = idempotencyKeys;
    }

    public static Ports of(Transactions all) {
        return new Ports(all);
    }

    private <P> P ofThread(Class<P> port, Function<Transaction, P> of) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, called, given) -> {
                    Work<@Nullable Object> call = tx -> {
                        try {
                            return called.invoke(of.apply(tx), given);
                        } catch (InvocationTargetException thrown) {
                            if (thrown.getCause() instanceof RuntimeException unchecked) {
                                throw unchecked;
                            }
                            throw new AssertionError(thrown.getCause());
                        } catch (IllegalAccessException defect) {
                            throw new AssertionError(defect);
                        }
                    };
                    Transaction tx = current.get();
                    if (tx != null) {
                        return call.run(tx);
                    }
                    return WRITES.stream().anyMatch(called.getName()::startsWith) ? all.run(call) : all.read(call);
                }));
    }

    /** One transaction after the other on a thread: a work's own repositories are those of this one. */
    private <T> Work<T> handingOut(Work<T> work) {
        return tx -> {
            Transaction before = current.get();
            current.set(tx);
            try {
                return work.run(new HandingOut(tx));
            } finally {
                current.set(before);
            }
        };
    }

    private final class HandingOut implements Transaction {

        private final Transaction tx;

        HandingOut(Transaction tx) {
            this.tx = tx;
        }

        @Override
        public ProductRepository products() {
            return products;
        }

        @Override
        public StockRepository stocks() {
            return stocks;
        }

        @Override
        public HoldRepository holds() {
            return holds;
        }

        @Override
        public OrderRepository orders() {
            return orders;
        }

        @Override
        public PaymentRepository payments() {
            return payments;
        }

        @Override
        public AuditRepository audits() {
            return audits;
        }

        @Override
        public OperatorLog operatorLog() {
            return operatorLog;
        }

        @Override
        public IdempotencyKeyRepository idempotencyKeys() {
            return idempotencyKeys;
        }

        @Override
        public EventRepository events() {
            return tx.events();
        }

        @Override
        public EndpointRepository endpoints() {
            return tx.endpoints();
        }

        @Override
        public HoldLists holdLists() {
            return tx.holdLists();
        }

        @Override
        public OrderLists orderLists() {
            return tx.orderLists();
        }

        @Override
        public PaymentLists paymentLists() {
            return tx.paymentLists();
        }

        @Override
        public HoldHousekeeping holdHousekeeping() {
            return tx.holdHousekeeping();
        }

        @Override
        public OrderHousekeeping orderHousekeeping() {
            return tx.orderHousekeeping();
        }

        @Override
        public PaymentHousekeeping paymentHousekeeping() {
            return tx.paymentHousekeeping();
        }

        @Override
        public boolean mayRepeat() {
            return tx.mayRepeat();
        }

        @Override
        public void afterCommit(Runnable action) {
            tx.afterCommit(action);
        }

        @Override
        public void afterEnd(Runnable action) {
            tx.afterEnd(action);
        }

        @Override
        public void seeEverything() {
            tx.seeEverything();
        }
    }

    public Transactions transactions() {
        return this;
    }

    public ProductRepository products() {
        return products;
    }

    public StockRepository stocks() {
        return stocks;
    }

    public HoldRepository holds() {
        return holds;
    }

    public OrderRepository orders() {
        return orders;
    }

    public PaymentRepository payments() {
        return payments;
    }

    public EventRepository events() {
        return ofThread(EventRepository.class, Transaction::events);
    }

    public EndpointRepository endpoints() {
        return ofThread(EndpointRepository.class, Transaction::endpoints);
    }

    public HoldLists holdLists() {
        return ofThread(HoldLists.class, Transaction::holdLists);
    }

    public HoldHousekeeping holdHousekeeping() {
        return ofThread(HoldHousekeeping.class, Transaction::holdHousekeeping);
    }

    public OrderLists orderLists() {
        return ofThread(OrderLists.class, Transaction::orderLists);
    }

    public OrderHousekeeping orderHousekeeping() {
        return ofThread(OrderHousekeeping.class, Transaction::orderHousekeeping);
    }

    public PaymentLists paymentLists() {
        return ofThread(PaymentLists.class, Transaction::paymentLists);
    }

    public PaymentHousekeeping paymentHousekeeping() {
        return ofThread(PaymentHousekeeping.class, Transaction::paymentHousekeeping);
    }

    public AuditRepository audits() {
        return audits;
    }

    public OperatorLog operatorLog() {
        return operatorLog;
    }

    public IdempotencyKeyRepository idempotencyKeys() {
        return idempotencyKeys;
    }

    @Override
    public <T> T run(Work<T> work) {
        return all.run(handingOut(work));
    }

    @Override
    public <T> T runAlone(Work<T> work) {
        return all.runAlone(handingOut(work));
    }

    @Override
    public <T> T read(Work<T> reads) {
        return all.read(handingOut(reads));
    }

    @Override
    public <T> T snapshot(Work<T> reads) {
        return all.snapshot(handingOut(reads));
    }

    @Override
    public boolean joins() {
        return all.joins();
    }

    @Override
    public @Nullable Object tenant() {
        return all.tenant();
    }
}
