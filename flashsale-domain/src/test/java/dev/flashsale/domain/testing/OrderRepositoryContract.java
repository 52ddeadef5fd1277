package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link dev.flashsale.domain.order.OrderRepository} does. */
public abstract class OrderRepositoryContract extends RepositoryContract {

    private static final int MANY = 100_000;

    @Test
    void anInsertedOrderIsAnsweredPendingAndFoundAsItIs() {
        ActiveHold hold = orderedHold(productOnSale(), 3);
        Instant placedAt = inSeconds(0);

        Order order = ordered(Examples.newOrder(hold, placedAt));

        assertThat(order).isEqualTo(Examples.newOrder(hold, placedAt).numbered(order.id()));
        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(find(order.id())).containsExactly(order);
        assertThat(lock(order.id())).containsExactly(order);
    }

    @ParameterizedTest
    @CsvSource({
        "0, JPY", "999999999999999, JPY",
        "0.01, EUR", "999999999999999.99, EUR",
        "0.001, BHD", "999999999999999.999, BHD",
        "0.0001, CLF", "999999999999999.9999, CLF"
    })
    void anAmountKeepsItsCurrencysDecimals(String amount, String currency) {
        ActiveHold hold = orderedHold(productOnSale(), 1);
        Instant now = inSeconds(0);

        Order order = ordered(new NewOrder(
                hold.id(), hold.lines(), Money.of(amount, currency), now, now.plus(Examples.PAYMENT_DEADLINE)));

        assertThat(find(order.id())).containsExactly(order);
        assertThat(order.amount()).isEqualTo(Money.of(amount, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T02:30:00.000001Z, 2026-03-29T02:45:00.999999Z",
        "2026-03-08T02:30:00.123456Z, 2026-04-07T02:30:00Z",
        "2026-10-25T01:30:00Z, 2026-10-25T01:45:00.5Z"
    })
    void timesKeepTheirMicrosecondsEvenWhereALocalClockSkipsOrRepeatsThem(Instant placedAt, Instant deadline) {
        ActiveHold hold = orderedHold(productOnSale(), 1);

        Order order = ordered(new NewOrder(hold.id(), hold.lines(), Examples.PRICE, placedAt, deadline));

        assertThat(find(order.id())).containsExactly(order);
        assertThat(order.placedAt()).isEqualTo(placedAt);
        assertThat(order.paymentDeadline()).isEqualTo(deadline);
    }

    @Test
    void everyOrderGetsANumberOfItsOwnAndLaterOnesLargerNumbers() {
        ProductId id = productOnSale();
        List<NewOrder> fresh = Stream.generate(() -> Examples.newOrder(orderedHold(id, 1), inSeconds(0)))
                .limit(10)
                .toList();
        Order before = ordered(id, 1, inSeconds(60));

        Map<HoldId, Order> inserted =
                inTransaction(() -> repositories().orders().insert(fresh));

        Order after = ordered(id, 1, inSeconds(60));
        List<OrderId> ids =
                fresh.stream().map(order -> inserted.get(order.holdId()).id()).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(number -> number.compareTo(before.id()) > 0);
        assertThat(after.id())
                .isGreaterThan(ids.stream().max(OrderId::compareTo).orElseThrow());
        assertThat(find(ids.toArray(OrderId[]::new)))
                .containsExactlyInAnyOrderElementsOf(fresh.stream()
                        .map(order ->
                                order.numbered(inserted.get(order.holdId()).id()))
                        .toList());
    }

    @Test
    void aHoldBecomesOneOrder() {
        ActiveHold hold = orderedHold(productOnSale(), 3);
        Order order = ordered(Examples.newOrder(hold, inSeconds(0)));
        NewOrder again = Examples.newOrder(hold, inSeconds(1));

        assertThatThrownBy(() -> ordered(again)).isInstanceOf(RuntimeException.class);

        assertThat(findByHold(hold.id())).containsExactly(Map.entry(hold.id(), order));
    }

    @Test
    void peopleFindOrdersByTheirNumbers() {
        ProductId id = productOnSale();
        Order one = ordered(id, 1, inSeconds(60));
        Order other = orderedOfSeveral(inSeconds(60));

        Slice<OrderId, Order> found =
                repositories().lists().orders().among(Set.of(one.id(), other.id(), Examples.unknownOrderId()));

        assertThat(found.rows()).isEqualTo(Map.of(one.id(), one, other.id(), other));
        assertThat(found.unreadable()).isEmpty();
    }

    @Test
    void ordersAreFoundByTheirHolds() {
        ProductId id = productOnSale();
        Order one = ordered(id, 1, inSeconds(60));
        Order other = changed(ordered(id, 2, inSeconds(60)), OrderStatus.PAID);
        HoldId withoutOrder = orderedHold(id, 1).id();
        Instant before = now();

        assertThat(findByHold(one.holdId(), other.holdId(), withoutOrder, Examples.newHoldId()))
                .containsOnly(Map.entry(one.holdId(), one), Map.entry(other.holdId(), other));
        assertThat(repositories().orders().findByHold(Set.of(one.holdId())).now())
                .isBetween(before, now());
        assertThat(findByHold()).isEmpty();
    }

    @Test
    void aSavedDeadlineIsThatOfEachLineAndNothingElseChanges() {
        Order order = orderedOfSeveral(inSeconds(-10));
        Order other = orderedOfSeveral(inSeconds(-10));
        Order extended = order.withPaymentDeadline(inSeconds(3600));

        commit(() -> {
            assertThat(repositories().orders().lock(Set.of(order.id())).rows()).hasSize(1);
            repositories().orders().saveDeadline(extended);
        });

        assertThat(find(order.id(), other.id())).containsExactlyInAnyOrder(extended, other);
        assertThat(linesOf(order)).containsExactlyElementsOf(OrderLine.of(extended));
        for (ProductId id : order.lines().products()) {
            assertThat(lockOverdue(id, MANY)).isEmpty();
            assertThat(nextDeadline(id)).contains(extended.paymentDeadline());
        }
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void aSavedStatusIsKeptAndNothingElseChanges(OrderStatus status) {
        ProductId id = productOnSale();
        Order order = ordered(id, 1, inSeconds(60));
        Order other = ordered(id, 2, inSeconds(60));

        changed(order, status);

        assertThat(find(order.id())).containsExactly(order.with(status));
        assertThat(find(other.id())).containsExactly(other);
    }

    @Test
    void aLateSuccessMakesAnEndedOrderPaid() {
        ProductId id = productOnSale();
        Order expired = changed(ordered(id, 1, inSeconds(-1)), OrderStatus.EXPIRED);
        Order failed = changed(ordered(id, 1, inSeconds(60)), OrderStatus.FAILED);

        commit(() ->
                repositories().orders().save(List.of(expired.with(OrderStatus.PAID), failed.with(OrderStatus.PAID))));

        assertThat(find(expired.id(), failed.id()))
                .containsExactly(expired.with(OrderStatus.PAID), failed.with(OrderStatus.PAID));
    }

    @Test
    void manyStatusesAreSavedAtOnce() {
        ProductId id = productOnSale();
        List<Order> changed = Stream.of(OrderStatus.values())
                .map(status -> ordered(id, 1, inSeconds(60)).with(status))
                .toList();

        commit(() -> repositories().orders().save(changed));

        assertThat(find(changed.stream().map(Order::id).toArray(OrderId[]::new)))
                .isEqualTo(changed);
    }

    @Test
    void lockedOrdersComeInTheOrderOfTheirNumbers() {
        ProductId id = productOnSale();
        List<Order> orders =
                Stream.generate(() -> ordered(id, 1, inSeconds(60))).limit(12).toList();

        assertThat(lock(orders.stream().map(Order::id).toArray(OrderId[]::new))).isEqualTo(orders);
    }

    @Test
    void whatDoesNotExistIsAbsentAndTheTimeIsTold() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        OrderId unknown = Examples.unknownOrderId();
        Instant before = now();

        AsOf<OrderId, Order> found = repositories().orders().find(Set.of(unknown));
        AsOf<OrderId, Order> locked =
                inTransaction(() -> repositories().orders().lock(Set.of(unknown)));

        assertThat(find(order.id(), unknown)).containsExactly(order);
        assertThat(lock(order.id(), unknown)).containsExactly(order);
        assertThat(found.rows()).isEmpty();
        assertThat(locked.rows()).isEmpty();
        assertThat(List.of(found.now(), locked.now()))
                .allSatisfy(at -> assertThat(at).isBetween(before, now()));
    }

    @Test
    void nothingIsFoundLockedInsertedOrSavedAmongNothing() {
        Instant before = now();

        assertThat(find()).isEmpty();
        assertThat(lock()).isEmpty();
        assertThat(repositories().orders().find(Set.of()).now()).isBetween(before, now());
        assertThat(inTransaction(() -> repositories().orders().insert(List.of())))
                .isEmpty();
        commit(() -> repositories().orders().save(List.of()));
    }

    @Test
    void onlyOverduePendingOrdersOfTheProductAreLockedAsOverdueTheOldestFirst() {
        ProductId id = productOnSale();
        Order newer = ordered(id, 1, inSeconds(-10));
        Order oldest = ordered(id, 2, inSeconds(-30));
        Order older = ordered(id, 3, inSeconds(-20));
        ordered(id, 4, inSeconds(600));
        ordered(productOnSale(), 5, inSeconds(-40));
        for (OrderStatus decided :
                Set.of(OrderStatus.PAID, OrderStatus.FAILED, OrderStatus.EXPIRED, OrderStatus.CANCELLED)) {
            changed(ordered(id, 6, inSeconds(-50)), decided);
        }

        assertThat(lockOverdue(id, MANY)).containsExactly(line(oldest), line(older), line(newer));
        assertThat(lockOverdue(id, 2)).containsExactly(line(oldest), line(older));
        assertThat(lockOverdue(Examples.newProductId(), MANY)).isEmpty();
    }

    @Test
    void productsWithOverdueOrdersAreToldOnceEach() {
        ProductId overdue = productOnSale();
        ordered(overdue, 1, inSeconds(-1));
        ordered(overdue, 1, inSeconds(-2));
        ProductId pending = productOnSale();
        ordered(pending, 1, inSeconds(600));
        ProductId over = productOnSale();
        changed(ordered(over, 1, inSeconds(-1)), OrderStatus.PAID);
        changed(ordered(over, 1, inSeconds(-1)), OrderStatus.EXPIRED);

        assertThat(repositories().housekeeping().orders().productsWithOverdue(MANY))
                .containsOnlyOnce(overdue)
                .doesNotContain(pending, over)
                .doesNotHaveDuplicates();
    }

    @Test
    void productsWithOverdueOrdersAreLimited() {
        ordered(productOnSale(), 1, inSeconds(-1));
        ordered(productOnSale(), 1, inSeconds(-1));

        assertThat(repositories().housekeeping().orders().productsWithOverdue(1))
                .hasSize(1);
    }

    @Test
    void theNextDeadlineIsThatOfTheFirstPendingOrderOfTheProduct() {
        ProductId id = productOnSale();
        ordered(productOnSale(), 1, inSeconds(30));
        changed(ordered(id, 1, inSeconds(30)), OrderStatus.PAID);
        assertThat(nextDeadline(id)).isEmpty();

        ordered(id, 1, inSeconds(120));
        Order first = ordered(id, 1, inSeconds(60));
        assertThat(nextDeadline(id)).containsExactly(first.paymentDeadline());

        Order overdue = ordered(id, 1, inSeconds(-60));
        assertThat(nextDeadline(id)).containsExactly(overdue.paymentDeadline());
    }

    @Test
    void ordersAreLockedByTheirHoldsAndDeletedAndNoOthers() {
        ProductId id = productOnSale();
        Order gone = changed(ordered(id, 1, inSeconds(-10)), OrderStatus.FAILED);
        Order stays = ordered(id, 1, inSeconds(60));

        commit(() -> {
            OrderHousekeeping orders = repositories().housekeeping().orders();
            assertThat(orders.lockFreeOf(Set.of(gone.holdId(), stays.holdId(), Examples.newHoldId())))
                    .isEqualTo(Map.of(gone.holdId(), gone, stays.holdId(), stays));
            orders.delete(Set.of(gone.id()));
            orders.delete(Set.of());
        });

        assertThat(find(gone.id(), stays.id())).containsExactly(stays);
        assertThatThrownBy(() ->
                        commit(() -> repositories().housekeeping().orders().delete(Set.of(gone.id()))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void allOrdersArePagedInTheOrderOfTheirNumbers() {
        ProductId id = productOnSale();
        OrderId before = ordered(id, 1, inSeconds(60)).id();
        List<Order> ours =
                Stream.generate(() -> ordered(id, 1, inSeconds(60))).limit(5).toList();

        Slice<OrderId, Order> page = repositories().lists().orders().page(Optional.of(before), 2);

        assertThat(page.rows().values()).containsExactlyElementsOf(ours.subList(0, 2));
        assertThat(page.next()).contains(ours.get(1).id());
        assertThat(page.now()).isBetween(now().minusSeconds(60), now());
        assertThat(repositories()
                        .lists()
                        .orders()
                        .page(Optional.of(ours.get(1).id()), 3)
                        .rows()
                        .values())
                .containsExactlyElementsOf(ours.subList(2, 5));
        assertThat(repositories().lists().orders().page(Optional.empty(), 1).rows())
                .hasSize(1);
        assertThat(repositories()
                        .lists()
                        .orders()
                        .page(Optional.of(new OrderId(Long.MAX_VALUE)), 1)
                        .rows())
                .isEmpty();
    }

    @Test
    void aProductsOrdersOfAStatusArePagedInTheOrderOfTheirPositions() {
        ProductId id = productOnSale();
        Map<OrderStatus, List<Order>> expected = new EnumMap<>(OrderStatus.class);
        for (OrderStatus status : OrderStatus.values()) {
            expected.put(status, new ArrayList<>());
        }
        for (int i = 0; i < 5; i++) {
            int pieces = 1 + i % 2;
            Instant deadline = inSeconds(120).plusSeconds(i / 2);
            at(expected, OrderStatus.PENDING).add(ordered(id, pieces, deadline));
            at(expected, OrderStatus.PAID).add(changed(ordered(id, pieces, deadline), OrderStatus.PAID));
            at(expected, OrderStatus.FAILED).add(changed(ordered(id, pieces, deadline), OrderStatus.FAILED));
            at(expected, OrderStatus.EXPIRED)
                    .add(changed(ordered(id, pieces, inSeconds(-10 * i)), OrderStatus.EXPIRED));
            at(expected, OrderStatus.EXPIRED).add(ordered(id, pieces, inSeconds(-10 * i)));
        }
        Order elsewhere = ordered(productOnSale(), 1, inSeconds(120));

        for (OrderStatus status : OrderStatus.values()) {
            List<Order> seen = new ArrayList<>();
            Optional<OrderPosition> after = Optional.empty();
            do {
                Slice<OrderPosition, Order> page =
                        repositories().lists().orders().page(id, status, after, 2);
                seen.addAll(page.rows().values());
                after = page.next();
            } while (after.isPresent());

            assertThat(seen)
                    .as("%s", status)
                    .containsExactlyInAnyOrderElementsOf(at(expected, status))
                    .isSortedAccordingTo(Comparator.comparing(order -> OrderPosition.of(line(order))))
                    .doesNotContain(elsewhere);
        }
    }

    /** The only one of an order of one product. */
    private static OrderLine line(Order order) {
        return OrderLine.of(order).getFirst();
    }

    private static List<Order> at(Map<OrderStatus, List<Order>> orders, OrderStatus status) {
        return Objects.requireNonNull(orders.get(status));
    }

    @Test
    void anOrderOfSeveralProductsIsFoundAndLockedWholeByItsNumberAndItsHold() {
        Order order = orderedOfSeveral(inSeconds(60));
        Order single = ordered(order.lines().first().productId(), 1, inSeconds(60));

        assertThat(order.lines().count()).isEqualTo(3);
        assertThat(find(order.id(), single.id())).containsExactlyInAnyOrder(order, single);
        assertThat(lock(order.id(), single.id())).containsExactlyInAnyOrder(order, single);
        assertThat(findByHold(order.holdId())).isEqualTo(Map.of(order.holdId(), order));
        assertThat(linesOf(order)).containsExactlyElementsOf(OrderLine.of(order));
        assertThat(inTransaction(() -> repositories().housekeeping().orders().lockFreeOf(Set.of(order.holdId()))))
                .isEqualTo(Map.of(order.holdId(), order));
    }

    @Test
    void theOrdersOfHoldsAreListedWhole() {
        Order one = ordered(productOnSale(), 1, inSeconds(60));
        Order several = orderedOfSeveral(inSeconds(60));
        HoldId withoutOrder = held(productOnSale(), 1, inSeconds(60)).id();

        assertThat(ofHolds(one.holdId(), several.holdId(), withoutOrder))
                .isEqualTo(Map.of(one.holdId(), one, several.holdId(), several));
        assertThat(ofHolds(withoutOrder)).isEmpty();
    }

    private Map<HoldId, Order> ofHolds(HoldId... holdIds) {
        return repositories().lists().orders().ofHolds(Set.of(holdIds)).rows();
    }

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void anOrderOfSeveralProductsChangesInAllItsLines(OrderStatus status) {
        Order order = orderedOfSeveral(inSeconds(60));

        commit(() -> repositories().orders().save(List.of(order.with(status))));

        assertThat(find(order.id())).containsExactly(order.with(status));
        assertThat(linesOf(order)).containsExactlyElementsOf(OrderLine.of(order.with(status)));
    }

    @Test
    void eachLineOfAnOrderOfSeveralProductsExpiresByItselfAndTheOrderWithTheFirst() {
        Order order = orderedOfSeveral(inSeconds(-10));
        OrderLine first = linesOf(order).getFirst();
        OrderLine last = linesOf(order).getLast();

        assertThat(lockOverdue(last.item().productId(), MANY)).containsExactly(last);
        assertThat(nextDeadline(last.item().productId())).containsExactly(order.paymentDeadline());
        commit(() -> {
            assertThat(repositories().orders().lockFree(List.of(last))).containsExactly(last);
            repositories().orders().expire(List.of(last));
        });

        assertThat(linesOf(order)).contains(first, last.with(OrderStatus.EXPIRED));
        assertThat(lockOverdue(last.item().productId(), MANY)).isEmpty();
        assertThat(lockOverdue(first.item().productId(), MANY)).containsExactly(first);
        assertThat(lock(order.id())).singleElement().satisfies(whole -> {
            assertThat(whole.status()).isEqualTo(OrderStatus.EXPIRED);
            assertThat(whole.returned()).containsExactly(order.lines().items().getLast());
        });
        assertThat(find(order.id())).isEqualTo(lock(order.id()));
    }

    @Test
    void anOrderOfSeveralProductsIsOnThePagesOfEachOfThemWhole() {
        OrderId before = ordered(productOnSale(), 1, inSeconds(60)).id();
        Order order = orderedOfSeveral(inSeconds(60));
        ProductId last = order.lines().products().getLast();
        Order next = ordered(last, 5, inSeconds(60));
        OrderLists lists = repositories().lists().orders();

        assertThat(lists.page(Optional.of(before), 2).rows()).isEqualTo(Map.of(order.id(), order, next.id(), next));
        for (ProductId id : order.lines().products()) {
            assertThat(lists.page(id, OrderStatus.PENDING, Optional.empty(), 1)
                            .rows()
                            .values())
                    .containsExactly(order);
        }
        Optional<OrderPosition> position =
                lists.page(last, OrderStatus.PENDING, Optional.empty(), 1).next();
        assertThat(lists.page(last, OrderStatus.PENDING, position, MANY).rows().values())
                .containsExactly(next);
    }

    private Order orderedOfSeveral(Instant deadline) {
        ActiveHold hold = heldOfSeveral(inSeconds(60), null);
        commit(() -> repositories().holds().end(List.of(hold.end(HoldEnd.ORDERED))));
        return ordered(new NewOrder(
                hold.id(), hold.lines(), Examples.PRICE, deadline.minus(Examples.PAYMENT_DEADLINE), deadline));
    }

    /** In their order. */
    private List<OrderLine> linesOf(Order order) {
        return inTransaction(() -> repositories().orders().linesOf(Set.of(order.holdId()))).stream()
                .sorted(Comparator.comparing(OrderLine::number))
                .toList();
    }

    private List<Order> find(OrderId... ids) {
        return List.copyOf(repositories().orders().find(Set.of(ids)).rows().values());
    }

    private List<Order> lock(OrderId... ids) {
        return List.copyOf(inTransaction(() -> repositories().orders().lock(Set.of(ids)))
                .rows()
                .values());
    }

    private Map<HoldId, Order> findByHold(HoldId... ids) {
        return repositories().orders().findByHold(Set.of(ids)).rows();
    }

    private List<OrderLine> lockOverdue(ProductId productId, int limit) {
        return inTransaction(() -> repositories().orders().lockOverdue(productId, limit));
    }

    private List<Instant> nextDeadline(ProductId productId) {
        return inTransaction(() -> repositories().orders().nextDeadline(productId)).stream()
                .toList();
    }
}
