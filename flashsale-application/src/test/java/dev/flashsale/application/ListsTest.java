package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.operator.Subject.Kind;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {

    private static final PageSize TWO = new PageSize(2);

    private final Sale sale = new Sale();

    @Test
    void productsAreListedByIdWithWhatIsAvailable() {
        List<ProductId> ids = List.of(sale.productOnSale(10), sale.productOnSale(20), sale.productOnSale(30)).stream()
                .sorted()
                .toList();
        HoldId unused = sale.held(ids.getFirst(), 1);

        Page<ProductView, ProductId> first = sale.flashsale.lists().products(Optional.empty(), TWO);
        Page<ProductView, ProductId> last = sale.flashsale.lists().products(first.next(), TWO);

        assertThat(first.next()).contains(ids.get(1));
        assertThat(first.items())
                .containsExactly(
                        sale.flashsale.products().view(ids.get(0)).orElseThrow(),
                        sale.flashsale.products().view(ids.get(1)).orElseThrow());
        assertThat(last.next()).isEmpty();
        assertThat(last.items())
                .containsExactly(sale.flashsale.products().view(ids.get(2)).orElseThrow());
    }

    @Test
    void holdsAreListedByWhenTheyExpireAndExpiredOnesBeforeTheyAreTidiedUp() {
        ProductId product = sale.productOnSale(10);
        HoldId early = sale.held(product, 1);
        sale.database.advance(Duration.ofSeconds(1));
        HoldId late = sale.held(product, 1);

        assertThat(holds(product, HoldStatus.ACTIVE)).containsExactly(early, late);
        assertThat(holds(product, HoldStatus.EXPIRED)).isEmpty();

        sale.database.advance(sale.settings.holdTtl().minusSeconds(1));
        assertThat(holds(product, HoldStatus.ACTIVE)).containsExactly(late);
        assertThat(holds(product, HoldStatus.EXPIRED)).containsExactly(early);
    }

    @Test
    void aPageThatTakesAllOfThemIsTheLast() {
        ProductId product = sale.productOnSale(10);
        HoldId one = sale.held(product, 1);
        HoldId other = sale.held(product, 2);

        Page<Hold, HoldPosition> page = sale.flashsale.lists().holds(product, HoldStatus.ACTIVE, Optional.empty(), TWO);

        assertThat(page.items()).containsExactly(sale.stored(one), sale.stored(other));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void ordersAreListedAsTheyReadNow() {
        ProductId product = sale.productOnSale(10);
        Order paid = sale.paid(product, 1);
        Order pending = sale.ordered(product, 2);
        assertThat(orders(product, OrderStatus.PENDING)).containsExactly(pending);

        sale.database.advance(sale.settings.paymentDeadline());

        Order expired = pending.with(OrderStatus.EXPIRED);
        assertThat(orders(product, OrderStatus.PENDING)).isEmpty();
        assertThat(orders(product, OrderStatus.EXPIRED)).containsExactly(expired);
        assertThat(orders(product, OrderStatus.PAID)).containsExactly(paid);
        assertThat(sale.flashsale.lists().allOrders(Optional.empty(), TWO).items())
                .extracting(OrderView::order)
                .containsExactly(paid, expired);
    }

    @Test
    void allOrdersAreListedByNumber() {
        ProductId product = sale.productOnSale(10);
        List<Order> orders = List.of(sale.ordered(product, 3), sale.ordered(product, 2), sale.ordered(product, 1));

        Page<OrderView, OrderId> first = sale.flashsale.lists().allOrders(Optional.empty(), TWO);
        Page<OrderView, OrderId> last =
                sale.flashsale.lists().allOrders(Optional.of(orders.get(1).id()), TWO);

        assertThat(first.items()).extracting(OrderView::order).isEqualTo(orders.subList(0, 2));
        assertThat(first.next()).hasValue(orders.get(1).id());
        assertThat(last.items()).extracting(OrderView::order).containsExactly(orders.get(2));
        assertThat(last.next()).isEmpty();
    }

    @Test
    void whatOperatorsDidIsListedTheLastFirst() {
        ProductId product = sale.productOnSale(10);
        ProductId other = sale.productOnSale(10);
        Order order = sale.ordered(product, 1);
        Cause cause = new Cause("ann", "enough");
        assertThat(sale.flashsale.operator(cause).close(product)).isInstanceOf(WindowOutcome.Set.class);
        assertThat(sale.flashsale.operator(cause).close(other)).isInstanceOf(WindowOutcome.Set.class);
        assertThat(sale.flashsale.operator(cause).cancel(order.id())).isNotNull();

        Page<LoggedEntry, Long> first = log(Optional.empty(), Optional.empty());
        Page<LoggedEntry, Long> next = log(Optional.empty(), first.next());

        assertThat(first.items())
                .extracting(row -> row.entry().action())
                .containsExactly(Action.ORDER_CANCELLED, Action.SALE_CLOSED);
        assertThat(next.items().getFirst().entry().doneTo()).isEqualTo(new Subject(Kind.PRODUCT, product.value()));
        assertThat(log(Optional.of(new Subject(Kind.ORDER, order.id().value())), Optional.empty())
                        .items())
                .containsExactly(first.items().getFirst());
    }

    @Test
    void theRowsOfALedgerAddUpToTheTotal() {
        ProductId product = sale.productOnSale(10);
        for (int total : List.of(12, 7, 30)) {
            assertThat(sale.flashsale.operator(Cause.PROGRAM).adjust(product, total))
                    .isInstanceOf(AdjustOutcome.Adjusted.class);
        }

        Page<LedgerRow, Long> first = ledger(product, Optional.empty()).orElseThrow();
        Page<LedgerRow, Long> last = ledger(product, first.next()).orElseThrow();

        assertThat(first.items()).extracting(row -> row.change().pieces()).containsExactly(23, -5);
        assertThat(last.items()).extracting(row -> row.change().pieces()).containsExactly(2, 10);
        assertThat(last.next()).isEmpty();
        assertThat(ledger(Examples.newProductId(), Optional.empty())).isEmpty();
    }

    @Test
    void ofProductsIsToldWhereTheirPiecesAreOfThoseOnSaleFirst() {
        ProductId first = sale.productOnSale(10);
        ProductId closed = sale.productOnSale(20);
        ProductId last = sale.productOnSale(30);
        assertThat(sale.flashsale.operator(Cause.PROGRAM).close(closed)).isInstanceOf(WindowOutcome.class);
        HoldId held = sale.held(first, 2);

        List<ProductPieces> two = sale.flashsale.lists().pieces(TWO);

        assertThat(held).isNotNull();
        assertThat(two)
                .containsExactlyInAnyOrder(
                        new ProductPieces(first, 10, 8, 2, 0), new ProductPieces(last, 30, 30, 0, 0));
    }

    @Test
    void ofAProductIsToldWhatIsOverSoonAndWhen() {
        ProductId product = sale.productOnSale(10);
        HoldId unused = sale.held(product, 2);
        sale.database.advance(Duration.ofSeconds(40));
        HoldId other = sale.held(product, 1);

        List<ExpiringPieces> soon = sale.flashsale.lists().expiring(product);

        assertThat(unused).isNotEqualTo(other);
        assertThat(soon)
                .hasSize(10)
                .filteredOn(step -> step.held() + step.pending() > 0)
                .containsExactly(
                        new ExpiringPieces(Duration.ofSeconds(60), 2, 0),
                        new ExpiringPieces(Duration.ofSeconds(120), 1, 0));
        assertThat(sale.flashsale.lists().expiring(Examples.newProductId()))
                .hasSize(10)
                .allMatch(step -> step.held() + step.pending() == 0);
    }

    private Page<LoggedEntry, Long> log(Optional<Subject> doneTo, Optional<Long> after) {
        return sale.flashsale.lists().operatorLog(doneTo, after, TWO);
    }

    private Optional<Page<LedgerRow, Long>> ledger(ProductId product, Optional<Long> after) {
        return sale.flashsale.lists().stockLedger(product, after, TWO);
    }

    @Test
    void anEmptyListIsOneEmptyPage() {
        assertThat(sale.flashsale.lists().products(Optional.empty(), TWO))
                .isEqualTo(new Page<>(List.of(), Optional.empty()));
        assertThat(orders(Examples.newProductId(), OrderStatus.PAID)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, PageSize.MAX + 1})
    void aPageHasBounds(int size) {
        assertThatThrownBy(() -> new PageSize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("page size must be from 1 to 500, was " + size);
    }

    private List<HoldId> holds(ProductId product, HoldStatus status) {
        return sale.flashsale.lists().holds(product, status, Optional.empty(), PageSize.DEFAULT).items().stream()
                .map(Hold::id)
                .toList();
    }

    private List<Order> orders(ProductId product, OrderStatus status) {
        Page<OrderView, OrderPosition> page =
                sale.flashsale.lists().orders(product, status, Optional.empty(), PageSize.DEFAULT);
        return page.items().stream().map(OrderView::order).toList();
    }
}
