package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.SaleListener.Failure;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A product whose stock row says that less is taken than its holds and orders have: somebody wrote it by hand. */
final class ContainmentTest {

    private final List<Failure> told = new ArrayList<>();
    private final Sale sale = new Sale();
    private final Flashsale flashsale = Flashsale.on(sale.ports, sale.settings.withoutMemory(), new SaleListener() {
        @Override
        public void failed(Failure failure) {
            told.add(failure);
        }
    });

    @Test
    void itsExpiryFailsAloneAndIsToldOf() {
        ProductId before = sale.productOnSale(10);
        ProductId wrong = sale.productOnSale(10);
        ProductId behind = sale.productOnSale(10);
        List.of(before, wrong, behind).forEach(id -> sale.held(id, 3));
        write(wrong, 10, 9);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(flashsale.housekeeping().expireHolds()).isEqualTo(2);
        assertThat(flashsale.housekeeping().expireHolds()).isZero();

        assertThat(sale.available(before)).isEqualTo(10);
        assertThat(sale.available(behind)).isEqualTo(10);
        assertThat(sale.available(wrong)).isEqualTo(9);
        assertThat(told).hasSize(2).allSatisfy(failure -> {
            assertThat(failure.work()).isEqualTo(Work.EXPIRE_HOLDS);
            assertThat(failure.subject()).isEqualTo("product " + wrong);
            assertThat(failure.cause()).hasMessageContaining("contradicts its holds and orders");
        });
    }

    @Test
    void soDoesThatOfItsOrders() {
        ProductId wrong = sale.productOnSale(10);
        Order order = sale.ordered(wrong, 3);
        Order other = sale.ordered(sale.productOnSale(10), 3);
        write(wrong, 10, 10);
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(flashsale.housekeeping().expireOrders()).isEqualTo(1);

        assertThat(sale.stored(order.id())).isEqualTo(order);
        assertThat(sale.stored(other.id())).isNotEqualTo(other);
        assertThat(told).extracting(Failure::work).containsExactly(Work.EXPIRE_ORDERS);
    }

    @Test
    void itIsReadAndListedWithWhatItsRowsSay() {
        ProductId wrong = sale.productOnSale(10);
        sale.held(wrong, 3);
        write(wrong, 10, 9);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(flashsale.products().view(wrong).orElseThrow().stock().available())
                .isEqualTo(10);
        assertThat(flashsale
                        .lists()
                        .products(Optional.empty(), new PageSize(10))
                        .items())
                .extracting(view -> view.stock().available())
                .containsExactly(10);
        assertThat(flashsale.audits().audit().products())
                .singleElement()
                .satisfies(found -> assertThat(found.balanced()).isFalse());
    }

    @Test
    void itIsSoldByWhatItsStockSaysAndNothingIsReclaimed() {
        ProductId wrong = sale.productOnSale(10);
        HoldId over = sale.held(wrong, 5);
        write(wrong, 10, 9);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(flashsale.holds().place(Examples.request(wrong, 10)))
                .isInstanceOf(HoldOutcome.InsufficientStock.class);
        assertThat(flashsale.holds().place(Examples.request(wrong, 2))).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(sale.available(wrong)).isEqualTo(7);
        assertThat(sale.stored(over).statusAt(sale.database.now().minusSeconds(1)))
                .isEqualTo(HoldStatus.ACTIVE);
        assertThat(told).extracting(Failure::work).containsOnly(Work.RECLAIM);
    }

    @Test
    void aReleaseOfMoreThanIsTakenFailsAndAnotherProductsDoesNot() {
        ProductId wrong = sale.productOnSale(10);
        HoldId hold = sale.held(wrong, 5);
        HoldId other = sale.held(sale.productOnSale(10), 5);
        write(wrong, 10, 10);

        assertThatThrownBy(() -> flashsale.holds().release(hold))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("product " + wrong);
        assertThat(flashsale.holds().release(other)).isNotNull();
        assertThat(sale.stored(hold).statusAt(sale.database.now())).isEqualTo(HoldStatus.ACTIVE);
    }

    private void write(ProductId id, int total, int available) {
        boolean unused = sale.transactions.run(tx -> {
            tx.stocks().save(List.of(new Stock(id, total, available)));
            return true;
        });
    }
}
