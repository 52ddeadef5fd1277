package dev.flashsale.app.bench;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.app.Problem;
import dev.flashsale.app.bench.Crowd.Answer;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Ours, as a program that embeds the library has it. Remembers how many pieces buyers were promised. */
final class Sale {

    /** Long enough that nothing ends by itself while it is measured. */
    private static final Settings SETTINGS = Settings.builder()
            .holdTtl(Duration.ofDays(1))
            .paymentDeadline(Duration.ofDays(1))
            .expiryBatch(500)
            .build();

    private static final long FIRST_PRODUCT = 900_000_001;
    private static final int PLENTY = 500_000_000;
    private static final Quantity ONE = new Quantity(1);

    private final Flashsale flashsale;
    private final DataSource dataSource;
    private final AtomicLong nextProduct;
    private final LongAdder promised;

    private Sale(Flashsale flashsale, DataSource dataSource, AtomicLong nextProduct, LongAdder promised) {
        this.flashsale = flashsale;
        this.dataSource = dataSource;
        this.nextProduct = nextProduct;
        this.promised = promised;
    }

    static Sale on(DataSource dataSource) {
        return new Sale(flashsaleOn(dataSource), dataSource, new AtomicLong(FIRST_PRODUCT), new LongAdder());
    }

    /** Another instance on the same database. */
    Sale nodeOn(DataSource dataSource) {
        return new Sale(flashsaleOn(dataSource), dataSource, nextProduct, promised);
    }

    private static Flashsale flashsaleOn(DataSource dataSource) {
        return Flashsale.on(JdbcPorts.on(dataSource), SETTINGS);
    }

    /**
     * Another instance on the same database that keeps events.
     *
     * @param kinds as {@link EventKind#of(java.util.Collection)} takes them
     */
    Sale keeping(String kinds) {
        Settings settings =
                SETTINGS.toBuilder().keptEvents(EventKind.of(List.of(kinds))).build();
        return new Sale(Flashsale.on(JdbcPorts.on(dataSource), settings), dataSource, nextProduct, promised);
    }

    Flashsale flashsale() {
        return flashsale;
    }

    /** Fresh products with plenty of stock. */
    List<ProductId> newProducts(int count) {
        return newProducts(count, SaleRules.NONE);
    }

    /** The same with a limit per customer. */
    List<ProductId> newLimitedProducts(int count) {
        return newProducts(count, new SaleRules(null, 2, SaleWindow.ALWAYS));
    }

    private List<ProductId> newProducts(int count, SaleRules rules) {
        return Stream.generate(() -> newProduct(PLENTY, rules)).limit(count).toList();
    }

    ProductId newProduct(int total) {
        return newProduct(total, SaleRules.NONE);
    }

    private ProductId newProduct(int total, SaleRules rules) {
        ProductId id = new ProductId(nextProduct.getAndIncrement());
        return switch (flashsale.products().put(new Product(id, "Bench", Money.of("10.00", "EUR")), total, rules)) {
            case AdjustOutcome.Adjusted added -> added.stock().productId();
            case AdjustOutcome.BelowTaken taken -> throw new IllegalStateException("product " + id + " is not new");
            case PutOutcome.CurrencyIsFixed fixed -> throw new IllegalStateException("product " + id + " is not new");
        };
    }

    /** A fresh product whose only piece is paid for. */
    ProductId newSoldOutProduct() {
        ProductId id = newProduct(1);
        if (funnel(id) != Answer.DONE) {
            throw new Problem("The only piece of a product could not be bought: the database is too busy to measure");
        }
        return id;
    }

    Answer hold(ProductId productId) {
        return hold(new HoldRequest(flashsale.holds().newId(), productId, ONE));
    }

    Answer holdByNewCustomer(ProductId productId) {
        HoldId id = flashsale.holds().newId();
        return hold(new HoldRequest(id, productId, ONE, new CustomerId(id.toString())));
    }

    private Answer hold(HoldRequest wish) {
        if (flashsale.holds().place(wish) instanceof HoldOutcome.Placed) {
            promised.increment();
            return Answer.DONE;
        }
        return Answer.REFUSED;
    }

    /** Done when it is told that everything is sold. */
    Answer refusal(ProductId soldOut) {
        HoldRequest wish = new HoldRequest(flashsale.holds().newId(), soldOut, ONE);
        return flashsale.holds().place(wish) instanceof HoldOutcome.SoldOut ? Answer.DONE : Answer.REFUSED;
    }

    Answer read(ProductId productId) {
        return flashsale.products().view(productId).isPresent() ? Answer.DONE : Answer.REFUSED;
    }

    /** Hold, order and payment, one after the other. */
    Answer funnel(ProductId productId) {
        Order order = order(productId);
        if (order == null) {
            return Answer.REFUSED;
        }
        Payment payment = Payment.of(new TransactionId("bench-" + order.holdId()), order.id(), PaymentStatus.SUCCESS);
        return flashsale.payments().record(payment) instanceof PaymentOutcome.Recorded recorded
                        && recorded.payment().effect() == PaymentEffect.APPLIED
                ? Answer.DONE
                : Answer.REFUSED;
    }

    /** The order of a fresh product, not paid. */
    Order newOrder() {
        Order order = order(newProduct(1));
        if (order == null) {
            throw new Problem("A fresh product could not be ordered: the database is too busy to measure");
        }
        return order;
    }

    /** Hold and order; null if either is refused. */
    private @Nullable Order order(ProductId productId) {
        HoldId holdId = flashsale.holds().newId();
        if (!(flashsale.holds().place(new HoldRequest(holdId, productId, ONE)) instanceof HoldOutcome.Placed)) {
            return null;
        }
        promised.increment();
        return flashsale.orders().place(holdId) instanceof OrderOutcome.Placed placed ? placed.order() : null;
    }

    /** Pieces that buyers were promised another way. */
    void promised(long pieces) {
        promised.add(pieces);
    }

    /** Whether everything adds up and nothing that was promised is missing. */
    boolean conserved() {
        long before = promised.sum();
        AuditReport report = flashsale.audits().audit();
        long taken = report.products().stream()
                .mapToLong((Conservation row) -> row.held() + row.pending() + row.paid())
                .sum();
        return report.clean() && taken >= before;
    }
}
