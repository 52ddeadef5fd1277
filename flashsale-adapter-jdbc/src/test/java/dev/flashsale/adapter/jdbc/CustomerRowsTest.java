package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read under the stock's lock for a customer's limit: nothing of what has come to nothing. */
class CustomerRowsTest {

    private static final CustomerId ANN = new CustomerId("ann");
    private static final ProductId ONE = new ProductId(1);
    private static final ProductId TWO = new ProductId(2);

    private final HikariDataSource pool = TestDatabase.get().withNewSchema().newPool(4);
    private final Tables tables = new Tables(pool);
    private final Flashsale flashsale =
            Flashsale.on(JdbcPorts.on(pool), Settings.defaults().withoutMemory());

    @BeforeEach
    void open() {
        Schema.migrate(pool);
        SaleRules twoForEach = new SaleRules(null, 2, SaleWindow.ALWAYS);
        List.of(ONE, TWO)
                .forEach(id -> assertThat(flashsale.products().put(Examples.product(id), 100, twoForEach))
                        .isNotNull());
    }

    @AfterEach
    void theBooksAddUp() {
        assertThat(flashsale.audits().audit())
                .satisfies(report -> assertThat(report.clean()).as("%s", report).isTrue());
        pool.close();
    }

    @Test
    void anOrderThatFailsOrIsCancelledOrReturnedLeavesNone() {
        for (int i = 0; i < 3; i++) {
            OrderId failed = order();
            assertThat(rows()).isEqualTo(2);
            record(Examples.failure(failed));
            assertThat(rows()).isZero();
        }
        assertThat(flashsale.operator(new Cause("ann", "changed her mind")).cancel(order()))
                .isInstanceOf(CancelOutcome.Cancelled.class);
        assertThat(rows()).isZero();
        OrderId paid = order();
        record(Examples.success(paid));
        assertThat(rows()).isEqualTo(2);
        record(new Payment(Examples.newTransactionId(), paid, PaymentStatus.REFUNDED, null, null, null, true));
        assertThat(rows()).isZero();
    }

    @Test
    void neitherDoesOneThatExpiresLineByLine() {
        assertThat(order()).isNotNull();
        tables.execute("update flashsale_order set payment_deadline = '2020-01-01' where line_no = 1");
        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
        tables.execute("update flashsale_order set payment_deadline = '2020-01-01'");
        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);
        assertThat(rows()).isZero();
    }

    @Test
    void aLateSuccessIsCountedAgain() {
        OrderId failed = order();
        record(Examples.failure(failed));
        record(Examples.success(failed));

        assertThat(rows()).isEqualTo(2);
        assertThat(flashsale
                        .holds()
                        .place(new HoldRequest(flashsale.holds().newId(), Lines.of(ONE, new Quantity(1)), ANN)))
                .isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale
                        .holds()
                        .place(new HoldRequest(flashsale.holds().newId(), Lines.of(ONE, new Quantity(1)), ANN)))
                .isInstanceOf(HoldOutcome.LimitReached.class);
    }

    private OrderId order() {
        Lines lines = new Lines(List.of(new Item(ONE, new Quantity(1)), new Item(TWO, new Quantity(1))));
        HoldRequest request = new HoldRequest(flashsale.holds().newId(), lines, ANN);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        OrderOutcome outcome = flashsale.orders().place(request.holdId());
        assertThat(outcome).isInstanceOf(OrderOutcome.Placed.class);
        return ((OrderOutcome.Placed) outcome).order().id();
    }

    private void record(Payment payment) {
        assertThat(flashsale.payments().record(payment)).isInstanceOf(PaymentOutcome.Recorded.class);
    }

    private int rows() {
        return Integer.parseInt(tables.column("select count(*) from flashsale_customer_hold where counted", 1)
                .getFirst());
    }
}
