package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.SaleListener.Failure;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExpiryServiceTest {

    @Test
    void expiredHoldsEndAndTheirPiecesReturn() {
        Sale sale = new Sale();
        ProductId one = sale.productOnSale(10);
        ProductId other = sale.productOnSale(10);
        HoldId expired = sale.held(one, 1);
        sale.held(one, 2);
        sale.held(other, 3);
        sale.database.advance(sale.settings.holdTtl());
        HoldId active = sale.held(one, 4);

        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(3);

        assertThat(sale.stored(expired)).isNotInstanceOf(ActiveHold.class);
        assertThat(sale.stored(expired).statusAt(sale.database.now())).isEqualTo(HoldStatus.EXPIRED);
        assertThat(sale.stored(active)).isInstanceOf(ActiveHold.class);
        assertThat(sale.available(one)).isEqualTo(6);
        assertThat(sale.available(other)).isEqualTo(10);
        assertThat(sale.flashsale.housekeeping().expireHolds()).isZero();
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void overdueOrdersEndAndTheirPiecesReturn() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(10);
        Order overdue = sale.ordered(product, 1);
        Order paid = sale.paid(product, 2);
        sale.database.advance(sale.settings.paymentDeadline());
        Order pending = sale.ordered(product, 4);

        assertThat(sale.flashsale.housekeeping().expireOrders()).isEqualTo(1);

        assertThat(sale.stored(overdue.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(sale.stored(paid.id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.stored(pending.id()).status()).isEqualTo(OrderStatus.PENDING);
        assertThat(sale.available(product)).isEqualTo(4);
        assertThat(sale.flashsale.housekeeping().expireOrders()).isZero();
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void theBoundsAreExclusive() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(10);
        sale.ordered(product, 1);
        sale.database.advance(sale.settings.paymentDeadline().minus(sale.settings.holdTtl()));
        sale.held(product, 1);
        sale.database.advance(sale.settings.holdTtl().minus(Duration.ofNanos(1000)));

        assertThat(sale.flashsale.housekeeping().expireHolds()).isZero();
        assertThat(sale.flashsale.housekeeping().expireOrders()).isZero();

        sale.database.advance(Duration.ofNanos(1000));
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(sale.flashsale.housekeeping().expireOrders()).isEqualTo(1);
    }

    @Test
    void onePassEndsOneBatchForEachProduct() {
        Sale sale = Sale.expiringInBatchesOf(2);
        ProductId one = sale.productOnSale(10);
        ProductId other = sale.productOnSale(10);
        for (int i = 0; i < 5; i++) {
            sale.held(one, 1);
        }
        sale.held(other, 1);
        sale.database.advance(sale.settings.holdTtl());

        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(3);
        assertThat(sale.available(one)).isEqualTo(7);
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(2);
        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(sale.flashsale.housekeeping().expireHolds()).isZero();
        assertThat(sale.available(one)).isEqualTo(10);
    }

    @Test
    void aProductThatIsFoughtForIsPassedOverUntilTheNextPass() {
        Sale sale = new Sale();
        for (int i = 0; i < 3; i++) {
            sale.held(sale.productOnSale(1), 1);
        }
        sale.database.advance(sale.settings.holdTtl());
        sale.transactions.meet(Fate.COMMITTED, Fate.ROLLED_BACK, Fate.ROLLED_BACK, Fate.ROLLED_BACK);

        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(2);
        assertThat(sale.addsUp()).isTrue();

        assertThat(sale.flashsale.housekeeping().expireHolds()).isEqualTo(1);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aPassThatWasCommittedUnheardReturnsThePiecesOnce() {
        Sale sale = new Sale();
        ProductId product = sale.productOnSale(3);
        sale.held(product, 3);
        sale.database.advance(sale.settings.holdTtl());
        sale.transactions.meet(Fate.COMMITTED_UNHEARD);

        assertThat(sale.flashsale.housekeeping().expireHolds()).isZero();

        assertThat(sale.available(product)).isEqualTo(3);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void contentionIsPassedOverAndAnythingElseIsToldOf() {
        Sale sale = new Sale();
        sale.held(sale.productOnSale(1), 1);
        sale.database.advance(sale.settings.holdTtl());

        List<Failure> told = new ArrayList<>();
        assertThat(expireHoldsWith(sale, new Busy("fought for", Duration.ofSeconds(1), null), told)
                        .expireHolds())
                .isZero();
        assertThat(told).isEmpty();
        assertThat(expireHoldsWith(sale, new IllegalStateException("broken"), told)
                        .expireHolds())
                .isZero();
        assertThat(told)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).hasMessage("broken"));
    }

    private static Housekeeping expireHoldsWith(Sale sale, RuntimeException failure, List<Failure> told) {
        Transactions failing = new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                throw failure;
            }

            @Override
            public <T> T runAlone(Work<T> work) {
                throw failure;
            }

            @Override
            public <T> T read(Work<T> reads) {
                return sale.transactions.read(reads);
            }

            @Override
            public <T> T snapshot(Work<T> reads) {
                return sale.transactions.snapshot(reads);
            }

            @Override
            public boolean joins() {
                return false;
            }

            @Override
            public @Nullable Object tenant() {
                return null;
            }
        };
        return Flashsale.on(failing, sale.settings, new SaleListener() {
                    @Override
                    public void failed(Failure failed) {
                        told.add(failed);
                    }
                })
                .housekeeping();
    }
}
