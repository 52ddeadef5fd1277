package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.OrderView;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Purge;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.Settings;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that somebody wrote by hand, or that a backup brought back: each harms itself alone. */
@Timeout(120)
class BadRowsTest {

    private static final Duration AGE = Duration.ofDays(30);
    private static final ProductId PRODUCT = new ProductId(1);
    private static final PageSize TWO = new PageSize(2);

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(4);
    private final Tables tables = new Tables(pool);
    private final List<String> told = new ArrayList<>();
    private final Flashsale flashsale =
            Flashsale.on(JdbcPorts.on(pool), Settings.defaults().withoutMemory(), new SaleListener() {
                @Override
                public void failed(Failure failure) {
                    told.add(failure.work() + " " + failure.subject());
                }
            });

    @BeforeEach
    void open() {
        Schema.migrate(pool);
        LongStream.rangeClosed(1, 5)
                .forEach(id -> assertThat(flashsale.products().put(Examples.product(new ProductId(id)), 10))
                        .isNotNull());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aStockThatContradictsItsHoldsStopsTheExpiryOfItsProductAlone() {
        LongStream.rangeClosed(1, 5).forEach(id -> hold(new Item(new ProductId(id), new Quantity(3))));
        tables.execute("update flashsale_stock set available = 9 where product_id = 2");
        tables.execute("update flashsale_hold set expires_at = '2020-01-01'");

        assertThat(flashsale.housekeeping().expireHolds()).isEqualTo(4);

        assertThat(told).containsExactly("EXPIRE_HOLDS product 2");
        assertThat(tables.column("select available from flashsale_stock order by product_id", 1))
                .containsExactly("10", "9", "10", "10", "10");
        assertThat(flashsale
                        .products()
                        .view(new ProductId(2))
                        .orElseThrow()
                        .stock()
                        .available())
                .isEqualTo(10);
        assertThat(productsInPages()).hasSize(5);
        assertThat(flashsale.audits().repair(flashsale.audits().audit())).hasSize(1);
        assertThat(flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(flashsale.audits().audit().clean()).isTrue();
    }

    @Test
    void aProductWithACurrencyThatDoesNotExistHidesNoOther() {
        tables.execute("update flashsale_product set currency = 'ZZZ' where id = 2");

        assertThat(productsInPages()).containsExactly(1L, 3L, 4L, 5L);
        assertThat(told).containsExactly("LIST product 2");
        assertThat(flashsale.audits().audit().orphans())
                .singleElement()
                .satisfies(found -> assertThat(found.id()).isEqualTo("2"));
        HoldId hold = hold(new Item(new ProductId(2), new Quantity(1)));
        HoldId other = hold(new Item(new ProductId(3), new Quantity(1)));
        assertThatThrownBy(() -> flashsale.orders().place(hold)).isInstanceOf(IllegalArgumentException.class);
        assertThat(flashsale.orders().place(other)).isInstanceOf(OrderOutcome.Placed.class);
    }

    @Test
    void aStockWithASaleThatEndsBeforeItBeginsHidesNoOther() {
        tables.execute("update flashsale_stock set sale_starts_at = '2030-01-02', sale_ends_at = '2030-01-01'"
                + " where product_id = 5");

        assertThat(productsInPages()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told).containsExactly("LIST stock of product 5");
        assertThat(flashsale.audits().audit().orphans()).extracting(Orphan::id).containsExactly("5");
    }

    @Test
    void aHoldThatLostALineEndsNeitherThePurgeNorAList() {
        List<HoldId> holds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            holds.add(hold(new Item(new ProductId(1), new Quantity(1)), new Item(new ProductId(2), new Quantity(1))));
        }
        holds.forEach(id -> assertThat(flashsale.holds().release(id)).isInstanceOf(ReleaseOutcome.Released.class));
        HoldId damaged = holds.get(1);
        tables.execute("delete from flashsale_hold where line_no = 2 and id = x'"
                + damaged.toString().replace("-", "") + "'");
        tables.execute("update flashsale_hold set expires_at = '2020-01-01'");

        int removed = 0;
        Optional<HoldId> after = Optional.empty();
        do {
            Purge.Step step = flashsale.housekeeping().purge(new Purge(AGE, 2, after, false));
            removed += step.removed().holds();
            after = step.next();
        } while (after.isPresent());

        assertThat(removed).isEqualTo(4);
        assertThat(tables.column("select lower(hex(id)) from flashsale_hold", 1))
                .containsExactly(damaged.toString().replace("-", ""));
        assertThat(flashsale.audits().audit().orphans())
                .extracting(Orphan::what)
                .containsExactly("hold of several products whose lines do not fit together");
    }

    @Test
    void anOrderThatLostALineOrItsCurrencyEndsNoList() {
        List<OrderId> orders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            HoldId hold =
                    hold(new Item(new ProductId(1), new Quantity(1)), new Item(new ProductId(2), new Quantity(1)));
            orders.add(((OrderOutcome.Placed) flashsale.orders().place(hold))
                    .order()
                    .id());
        }
        tables.execute("delete from flashsale_order where line_no = 2 and id = " + orders.get(1));
        tables.execute("update flashsale_order set currency = 'ZZZ' where line_no = 2 and id = " + orders.get(3));
        tables.execute("update flashsale_order set currency = 'ZZZ' where line_no = 1 and id = " + orders.get(4));

        List<OrderId> seen = new ArrayList<>();
        Optional<OrderId> after = Optional.empty();
        do {
            Page<OrderView, OrderId> page = flashsale.lists().allOrders(after, TWO);
            page.items().forEach(view -> seen.add(view.order().id()));
            after = page.next();
        } while (after.isPresent());

        assertThat(seen).contains(orders.get(0), orders.get(1), orders.get(2), orders.get(5));
        assertThat(told).contains(Work.LIST + " order " + orders.get(4));
    }

    @Test
    void moneyOfACurrencyThatDoesNotExistHidesNoOtherToGiveBack() {
        List<String> transactions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            HoldId hold = hold(new Item(new ProductId(1), new Quantity(1)));
            OrderId order = ((OrderOutcome.Placed) flashsale.orders().place(hold))
                    .order()
                    .id();
            assertThat(flashsale.payments().record(Examples.success(order)))
                    .isInstanceOf(PaymentOutcome.Recorded.class);
            var second = Examples.success(order);
            assertThat(flashsale.payments().record(second)).isInstanceOf(PaymentOutcome.Recorded.class);
            transactions.add(second.transactionId().value());
        }
        tables.execute("update flashsale_payment set currency = 'ZZZ', amount = 1 where transaction_id = '"
                + transactions.get(1) + "'");

        assertThat(flashsale.lists().refunds(Optional.empty(), new PageSize(10)).items())
                .extracting(refund -> refund.payment().transactionId().value())
                .containsExactly(transactions.get(0), transactions.get(2));
        assertThat(told).hasSize(1);
    }

    @Test
    void anOrderInACurrencyThatIsNotKnownExpiresAloneLater() {
        List<OrderId> orders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            orders.add(order(1));
        }
        tables.execute("update flashsale_order set currency = 'XQQ', payment_deadline = '2020-01-01' where id = "
                + orders.getFirst());
        tables.execute("update flashsale_order set payment_deadline = '2020-01-02' where currency = 'EUR'");

        assertThat(flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), PRODUCT, new Quantity(8))))
                .as("what is over beside it is reclaimed")
                .isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);

        assertThat(tables.column("select status from flashsale_order order by id", 1))
                .containsExactly("pending", "expired", "expired");
        assertThat(flashsale.audits().audit().orphans())
                .containsExactly(new Orphan(
                        "order in a currency that is not known",
                        orders.getFirst().toString()));
        tables.execute("update flashsale_order set currency = 'EUR'");
        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);
        assertThat(flashsale.audits().audit().clean()).isTrue();
    }

    @Test
    void aPaymentInACurrencyThatIsNotKnownKeepsNoOtherKeptAndItsOrderIsMade() {
        HoldId hold = hold(new Item(PRODUCT, new Quantity(1)));
        long next = order(2).value() + 1;
        var bad = Examples.success(new OrderId(next));
        var good = Examples.success(new OrderId(next));
        var old = Examples.success(new OrderId(1_000_000));
        for (var payment : List.of(bad, old, good)) {
            assertThat(flashsale.payments().record(payment)).isInstanceOf(PaymentOutcome.Recorded.class);
        }
        tables.execute(
                "update flashsale_payment set currency = 'XQQ' where transaction_id = '" + bad.transactionId() + "'");
        tables.execute(
                "update flashsale_kept_payment set received_at = '2020-01-01' where payment_id in (select id from"
                        + " flashsale_payment where transaction_id <> '" + good.transactionId() + "')");

        assertThat(flashsale.orders().place(hold))
                .isInstanceOfSatisfying(
                        OrderOutcome.Placed.class,
                        placed -> assertThat(placed.order().status()).isEqualTo(OrderStatus.PAID));
        assertThat(flashsale.housekeeping().expireKeptPayments()).isEqualTo(1);

        assertThat(tables.column(
                        "select concat(transaction_id, ' ', effect) from flashsale_payment order by effect, id", 1))
                .containsExactlyInAnyOrder(
                        good.transactionId() + " applied",
                        bad.transactionId() + " kept",
                        old.transactionId() + " refund_required");
        assertThat(flashsale.audits().audit().orphans())
                .contains(new Orphan(
                        "payment in a currency that is not known",
                        bad.transactionId().value()));
    }

    @Test
    void moneyOfAnOrderInACurrencyThatIsNotKnownHidesNoOtherToGiveBack() {
        List<OrderId> orders = List.of(order(1), order(1), order(2));
        List<String> transactions = new ArrayList<>();
        for (OrderId order : orders) {
            assertThat(flashsale.payments().record(Examples.success(order))).isNotNull();
            var second = Examples.success(order);
            assertThat(flashsale.payments().record(second)).isNotNull();
            transactions.add(second.transactionId().value());
        }
        tables.execute("update flashsale_order set currency = 'XQQ' where id = " + orders.get(1));

        assertThat(flashsale.lists().refunds(Optional.empty(), new PageSize(10)).items())
                .extracting(refund -> refund.payment().transactionId().value())
                .containsExactlyElementsOf(transactions);
        assertThat(told).containsExactly("LIST order " + orders.get(1));
        assertThat(flashsale
                        .lists()
                        .allOrders(Optional.empty(), new PageSize(10))
                        .items())
                .hasSize(2);
        assertThat(flashsale.orders().view(orders.get(2))).isPresent();
        assertThatThrownBy(() -> flashsale.orders().view(orders.get(1))).hasMessage("the currency XQQ is not known");
        assertThat(flashsale.payments().record(Examples.success(orders.get(2)))).isNotNull();
        assertThat(flashsale.lists().pieces(new PageSize(10))).hasSize(5);
    }

    private OrderId order(long product) {
        HoldId hold = hold(new Item(new ProductId(product), new Quantity(1)));
        return ((OrderOutcome.Placed) flashsale.orders().place(hold)).order().id();
    }

    private List<Long> productsInPages() {
        TreeSet<Long> seen = new TreeSet<>();
        Optional<ProductId> after = Optional.empty();
        do {
            Page<ProductView, ProductId> page = flashsale.lists().products(after, TWO);
            page.items().forEach(view -> seen.add(view.product().id().value()));
            after = page.next();
        } while (after.isPresent());
        return List.copyOf(seen);
    }

    private HoldId hold(Item... items) {
        HoldRequest request = new HoldRequest(flashsale.holds().newId(), new Lines(List.of(items)), null);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return request.holdId();
    }
}
