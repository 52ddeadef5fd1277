package dev.flashsale.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is written over what is there already, with the jOOQ that the program brings, which is newer than the oldest that a host
 * may have: its own words for that are MySQL's alone, and MariaDB refused them.
 */
class NewestJooqTest {

    private static HikariDataSource pool;
    private static Flashsale flashsale;
    private final ProductId product = Examples.newProductId();

    @BeforeAll
    static void open() {
        pool = TestDatabase.get().withNewSchema().newPool(4);
        Schema.migrate(pool);
        flashsale = Flashsale.on(
                JdbcPorts.on(pool),
                Settings.builder()
                        .keptEvents(Set.of(EventKind.ORDER_PLACED))
                        .build()
                        .withoutMemory());
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    private Order ordered() {
        assertThat(flashsale.products().put(Examples.product(product), 10)).isNotNull();
        HoldRequest request =
                new HoldRequest(Examples.newHoldId(), Lines.of(product, new Quantity(1)), new CustomerId("ann"));
        assertThat(flashsale.holds().place(request)).isNotNull();
        return ((OrderOutcome.Placed) flashsale.orders().place(request.holdId())).order();
    }

    @Test
    void aContradictionThatIsReportedTwiceIsListedOnce() {
        Order order = ordered();
        Payment paid = Examples.success(order.id());
        assertThat(flashsale.payments().record(paid)).isInstanceOf(PaymentOutcome.Recorded.class);
        Payment other =
                new Payment(paid.transactionId(), order.id(), paid.status(), BigDecimal.ONE, Examples.PRICE.currency());

        assertThat(flashsale.payments().record(other)).isInstanceOf(PaymentOutcome.Conflict.class);
        assertThat(flashsale.payments().record(other)).isInstanceOf(PaymentOutcome.Conflict.class);

        assertThat(flashsale
                        .lists()
                        .conflicts(Optional.empty(), new PageSize(100))
                        .items())
                .hasSize(1);
    }

    @Test
    void aLateSuccessTakesTheCustomersPiecesAgain() {
        Order order = ordered();
        assertThat(flashsale.payments().record(Examples.failure(order.id()))).isNotNull();

        assertThat(flashsale.payments().record(Examples.success(order.id()))).isNotNull();

        assertThat(flashsale.orders().view(order.id()).orElseThrow().order().status())
                .isEqualTo(OrderStatus.PAID);
    }

    @Test
    void eventsAreNumbered() {
        Order unused = ordered();

        assertThat(flashsale.events().after(product.value(), 0, 10))
                .extracting(KeptEvent::number)
                .containsExactly(1L);
    }
}
