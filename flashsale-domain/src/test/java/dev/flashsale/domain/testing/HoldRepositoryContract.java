package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link dev.flashsale.domain.hold.HoldRepository} does. */
public abstract class HoldRepositoryContract extends RepositoryContract {

    private static final int MANY = 100_000;

    @Test
    void anInsertedHoldIsFoundAndLockedAsItIs() {
        ActiveHold hold = held(productOnSale(), 3, inSeconds(120));

        assertThat(find(hold.id())).containsExactly(hold);
        assertThat(lock(hold.id())).containsExactly(hold);
    }

    @Test
    void anExtendedHoldIsKeptAsItIs() {
        ActiveHold hold = held(productOnSale(), 3, inSeconds(60));
        ActiveHold extended = new ActiveHold(hold.id(), hold.lines(), inSeconds(120), hold.customerId(), 1);
        ActiveHold often = new ActiveHold(hold.id(), hold.lines(), inSeconds(180), hold.customerId(), 100);

        commit(() -> repositories().holds().extend(List.of(extended)));

        assertThat(find(hold.id())).containsExactly(extended);
        assertThat(lock(hold.id())).containsExactly(extended);

        commit(() -> repositories().holds().extend(List.of(often)));

        assertThat(find(hold.id())).containsExactly(often);
        assertThat(lock(hold.id())).containsExactly(often);
    }

    @Test
    void aCustomersHoldsOfAProductAreThoseThatAreActiveOrOrdered() {
        ProductId product = productOnSale();
        ActiveHold active = held(of("ann", product, inSeconds(60)));
        ActiveHold over = held(of("ann", product, inSeconds(-60)));
        EndedHold ordered = ended(held(of("ann", product, inSeconds(60))), HoldEnd.ORDERED);
        EndedHold unusedReleased = ended(held(of("ann", product, inSeconds(60))), HoldEnd.RELEASED);
        EndedHold unusedExpired = ended(held(of("ann", product, inSeconds(-60))), HoldEnd.EXPIRED);
        ActiveHold others = held(of("Ann", product, inSeconds(60)));
        ActiveHold ofOtherProduct = held(of("ann", productOnSale(), inSeconds(60)));
        ActiveHold unusedNobodys = held(product, 1, inSeconds(60));

        assertThat(ofCustomers(Map.of(product, Set.of(new CustomerId("ann")))))
                .containsExactlyInAnyOrder(line(active), line(over), line(ordered));
        assertThat(ofCustomers(Map.of(
                        product,
                        Set.of(new CustomerId("Ann"), new CustomerId("nobody")),
                        ofOtherProduct.lines().first().productId(),
                        Set.of(new CustomerId("ann")))))
                .containsExactlyInAnyOrder(line(others), line(ofOtherProduct));
        assertThat(ofCustomers(Map.of())).isEmpty();
    }

    @Test
    void aCustomersHoldsThatAreRemovedAreForgotten() {
        ProductId product = productOnSale();
        EndedHold ordered = ended(held(of("ann", product, inSeconds(60))), HoldEnd.ORDERED);
        EndedHold released = ended(held(of("ann", product, inSeconds(60))), HoldEnd.RELEASED);

        commit(() -> {
            Set<HoldId> ids = new TreeSet<>(List.of(ordered.id(), released.id()));
            assertThat(repositories().housekeeping().holds().lockEnded(ids))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(ordered.id(), ordered, released.id(), released));
            repositories().housekeeping().holds().delete(ids);
        });

        assertThat(ofCustomers(Map.of(product, Set.of(new CustomerId("ann"))))).isEmpty();
        assertThat(find(ordered.id())).isEmpty();
    }

    /** The only one of a hold of one product. */
    private static HoldLine line(Hold hold) {
        return switch (hold) {
            case ActiveHold active -> HoldLine.of(active).getFirst();
            case EndedHold ended ->
                HoldLine.of(new ActiveHold(ended.id(), ended.lines(), ended.expiresAt(), ended.customerId(), 0))
                        .getFirst()
                        .with(ended.how().status());
        };
    }

    private List<HoldLine> ofCustomers(Map<ProductId, Set<CustomerId>> customers) {
        return inTransaction(() -> repositories().holds().ofCustomers(customers));
    }

    private static ActiveHold of(String customer, ProductId product, Instant expiresAt) {
        return new ActiveHold(
                Examples.newHoldId(), Lines.of(product, new Quantity(2)), expiresAt, new CustomerId(customer), 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999, 123_456, 500_000})
    void aTimeKeepsItsMicroseconds(long micros) {
        Instant expiresAt =
                Instant.ofEpochSecond(inSeconds(120).getEpochSecond()).plusNanos(micros * 1000);

        ActiveHold hold = held(productOnSale(), 1, expiresAt);

        assertThat(find(hold.id())).containsExactly(hold);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-08T02:30:00.000001Z",
                "2026-03-29T02:30:00.000001Z",
                "2026-10-25T01:30:00Z",
                "2026-11-01T01:30:00Z"
            })
    void aTimeIsKeptWhereALocalClockSkipsOrRepeatsIt(Instant expiresAt) {
        ActiveHold hold = held(productOnSale(), 1, expiresAt);

        assertThat(find(hold.id())).containsExactly(hold);
    }

    @Test
    void theLargestHoldIsKept() {
        ProductId id = productOnSale();
        Instant far = inSeconds(Duration.ofDays(30).toSeconds());
        ActiveHold hold = new ActiveHold(Examples.newHoldId(), Lines.of(id, new Quantity(Quantity.MAX)), far, null, 0);

        commit(() -> repositories().holds().insert(List.of(hold)));

        assertThat(find(hold.id())).containsExactly(hold);
        commit(() -> repositories().holds().end(List.of(hold.end(HoldEnd.RELEASED))));
    }

    @Test
    void manyHoldsAreInsertedAtOnce() {
        ProductId id = productOnSale();
        List<ActiveHold> holds = Stream.generate(() -> Examples.hold(id, 1, inSeconds(120)))
                .limit(300)
                .toList();

        commit(() -> repositories().holds().insert(holds));

        assertThat(find(holds.stream().map(ActiveHold::id).toArray(HoldId[]::new)))
                .containsExactlyInAnyOrderElementsOf(holds);
        commit(() -> repositories()
                .holds()
                .end(holds.stream().map(hold -> hold.end(HoldEnd.RELEASED)).toList()));
    }

    @Test
    void lockedHoldsComeInTheOrderOfTheirBytes() {
        ProductId id = productOnSale();
        long low = ThreadLocalRandom.current().nextLong();
        List<ActiveHold> holds = Stream.of(0L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L)
                .flatMap(high -> Stream.of(new UUID(high, low), new UUID(high, ~low)))
                .map(uuid ->
                        held(new ActiveHold(new HoldId(uuid), Lines.of(id, new Quantity(1)), inSeconds(120), null, 0)))
                .toList();

        List<Hold> locked = lock(holds.stream().map(ActiveHold::id).toArray(HoldId[]::new));

        assertThat(locked.stream().map(hold -> hold.id().toString())).isSorted().hasSize(holds.size());
    }

    @Test
    void aHoldIdIsUsedOnce() {
        ActiveHold hold = held(productOnSale(), 3, inSeconds(120));
        ActiveHold other =
                new ActiveHold(hold.id(), Lines.of(productOnSale(), new Quantity(1)), inSeconds(240), null, 0);
        ActiveHold beside = Examples.hold(hold.lines().first().productId(), 1, inSeconds(120));

        assertThatThrownBy(() -> commit(() -> repositories().holds().insert(List.of(beside, other))))
                .isInstanceOf(RuntimeException.class);

        assertThat(find(hold.id(), beside.id())).containsExactly(hold);
    }

    @ParameterizedTest
    @EnumSource(HoldEnd.class)
    void aHoldEnds(HoldEnd how) {
        ProductId id = productOnSale();
        ActiveHold hold = held(id, 3, inSeconds(120));
        ActiveHold other = held(id, 5, inSeconds(120));

        EndedHold ended = ended(hold, how);

        assertThat(find(hold.id())).containsExactly(ended);
        assertThat(lock(hold.id())).containsExactly(ended);
        assertThat(find(other.id())).containsExactly(other);
    }

    @Test
    void manyHoldsEndAtOnceEachInItsWay() {
        ProductId id = productOnSale();
        List<EndedHold> ended = Stream.of(HoldEnd.values())
                .map(how -> held(id, 1, inSeconds(-5)).end(how))
                .toList();

        commit(() -> repositories().holds().end(ended));

        assertThat(find(ended.stream().map(EndedHold::id).toArray(HoldId[]::new)))
                .containsExactlyInAnyOrderElementsOf(ended);
    }

    @Test
    void whatDoesNotExistIsAbsentAndTheTimeIsTold() {
        ActiveHold hold = held(productOnSale(), 3, inSeconds(120));
        HoldId unknown = Examples.newHoldId();
        Instant before = now();

        AsOf<HoldId, Hold> found = repositories().holds().find(Set.of(unknown));
        AsOf<HoldId, Hold> locked = inTransaction(() -> repositories().holds().lock(Set.of(unknown)));

        assertThat(find(hold.id(), unknown)).containsExactly(hold);
        assertThat(lock(hold.id(), unknown)).containsExactly(hold);
        assertThat(found.rows()).isEmpty();
        assertThat(locked.rows()).isEmpty();
        assertThat(List.of(found.now(), locked.now()))
                .allSatisfy(at -> assertThat(at).isBetween(before, now()));
    }

    @Test
    void nothingIsFoundLockedInsertedOrEndedAmongNothing() {
        Instant before = now();

        assertThat(find()).isEmpty();
        assertThat(lock()).isEmpty();
        assertThat(repositories().holds().find(Set.of()).now()).isBetween(before, now());
        commit(() -> {
            repositories().holds().insert(List.of());
            repositories().holds().end(List.of());
            HoldHousekeeping housekeeping = repositories().housekeeping().holds();
            housekeeping.delete(housekeeping.lockEnded(Set.of()).keySet());
            repositories().holds().expire(repositories().holds().lockFree(List.of()));
        });
    }

    @Test
    void onlyExpiredActiveHoldsOfTheProductAreLockedAsExpiredTheOldestFirst() {
        ProductId id = productOnSale();
        ActiveHold newer = held(id, 1, inSeconds(-10));
        ActiveHold oldest = held(id, 2, inSeconds(-30));
        ActiveHold older = held(id, 3, inSeconds(-20));
        held(id, 4, inSeconds(600));
        held(productOnSale(), 5, inSeconds(-40));
        for (HoldEnd how : HoldEnd.values()) {
            ended(held(id, 6, inSeconds(-50)), how);
        }

        assertThat(lockExpired(id, MANY)).containsExactly(line(oldest), line(older), line(newer));
        assertThat(lockExpired(id, 2)).containsExactly(line(oldest), line(older));
        assertThat(lockExpired(Examples.newProductId(), MANY)).isEmpty();
    }

    @Test
    void productsWithExpiredHoldsAreToldOnceEach() {
        ProductId expired = productOnSale();
        held(expired, 1, inSeconds(-1));
        held(expired, 1, inSeconds(-2));
        ProductId active = productOnSale();
        held(active, 1, inSeconds(600));
        ProductId over = productOnSale();
        for (HoldEnd how : HoldEnd.values()) {
            ended(held(over, 1, inSeconds(-1)), how);
        }

        assertThat(repositories().housekeeping().holds().productsWithExpired(MANY))
                .containsOnlyOnce(expired)
                .doesNotContain(active, over)
                .doesNotHaveDuplicates();
    }

    @Test
    void productsWithExpiredHoldsAreLimited() {
        held(productOnSale(), 1, inSeconds(-1));
        held(productOnSale(), 1, inSeconds(-1));

        assertThat(repositories().housekeeping().holds().productsWithExpired(1)).hasSize(1);
    }

    @Test
    void theNextExpiryIsThatOfTheFirstActiveHoldOfTheProduct() {
        ProductId id = productOnSale();
        held(productOnSale(), 1, inSeconds(30));
        ended(held(id, 1, inSeconds(30)), HoldEnd.RELEASED);
        assertThat(nextExpiry(id)).isEmpty();

        held(id, 1, inSeconds(120));
        ActiveHold first = held(id, 1, inSeconds(60));
        assertThat(nextExpiry(id)).containsExactly(first.expiresAt());

        ActiveHold expired = held(id, 1, inSeconds(-60));
        assertThat(nextExpiry(id)).containsExactly(expired.expiresAt());
    }

    @Test
    void pagesShowEveryHoldOnceWhateverItsId() {
        ProductId id = productOnSale();
        Set<HoldId> ours = new TreeSet<>();
        for (long high : new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            UUID uuid = new UUID(high, ThreadLocalRandom.current().nextLong());
            ours.add(held(new ActiveHold(new HoldId(uuid), Lines.of(id, new Quantity(1)), inSeconds(120), null, 0))
                    .id());
        }
        ActiveHold toEnd = held(id, 1, inSeconds(-10));
        EndedHold ended = ended(toEnd, HoldEnd.EXPIRED);

        List<Hold> seen = new ArrayList<>();
        Optional<HoldId> after = Optional.empty();
        Slice<HoldId, Hold> page;
        do {
            page = repositories().housekeeping().holds().page(after, 3);
            seen.addAll(page.rows().values());
            after = page.next();
        } while (after.isPresent());

        assertThat(seen.stream().map(Hold::id))
                .isSorted()
                .doesNotHaveDuplicates()
                .containsAll(ours);
        assertThat(seen).contains(ended).doesNotContain(toEnd);
        assertThat(page.now()).isBetween(now().minusSeconds(60), now());
    }

    @Test
    void aProductsHoldsOfAStatusArePagedInTheOrderOfTheirPositions() {
        ProductId id = productOnSale();
        Map<HoldStatus, List<Hold>> expected = new EnumMap<>(HoldStatus.class);
        for (HoldStatus status : HoldStatus.values()) {
            expected.put(status, new ArrayList<>());
        }
        for (int i = 0; i < 5; i++) {
            // Of the same moment, too, in various quantities, and of various ages.
            int pieces = 1 + i % 2;
            ActiveHold active = held(id, pieces, inSeconds(120).plusSeconds(i / 2));
            at(expected, HoldStatus.ACTIVE).add(active);
            at(expected, HoldStatus.ORDERED).add(ended(held(id, pieces, active.expiresAt()), HoldEnd.ORDERED));
            at(expected, HoldStatus.RELEASED).add(ended(held(id, pieces, active.expiresAt()), HoldEnd.RELEASED));
            at(expected, HoldStatus.EXPIRED).add(ended(held(id, pieces, inSeconds(-10 * i)), HoldEnd.EXPIRED));
            at(expected, HoldStatus.EXPIRED).add(held(id, pieces, inSeconds(-10 * i)));
        }
        ActiveHold elsewhere = held(productOnSale(), 1, inSeconds(120));

        for (HoldStatus status : HoldStatus.values()) {
            List<Hold> seen = new ArrayList<>();
            Optional<HoldPosition> after = Optional.empty();
            do {
                Slice<HoldPosition, Hold> page = page(id, status, after, 2);
                seen.addAll(page.rows().values());
                after = page.next();
            } while (after.isPresent());

            assertThat(seen)
                    .as("%s", status)
                    .containsExactlyInAnyOrderElementsOf(at(expected, status))
                    .isSortedAccordingTo(Comparator.comparing(HoldRepositoryContract::position))
                    .doesNotContain(elsewhere);
        }
    }

    private Slice<HoldPosition, Hold> page(ProductId id, HoldStatus status, Optional<HoldPosition> after, int limit) {
        return repositories().lists().holds().page(id, status, after, limit);
    }

    private static HoldPosition position(Hold hold) {
        return HoldPosition.of(line(hold));
    }

    private static List<Hold> at(Map<HoldStatus, List<Hold>> holds, HoldStatus status) {
        return Objects.requireNonNull(holds.get(status));
    }

    @Test
    void lockedHoldsAreDeletedAndNoOthers() {
        ProductId id = productOnSale();
        EndedHold gone = ended(held(id, 1, inSeconds(-10)), HoldEnd.EXPIRED);
        EndedHold stays = ended(held(id, 1, inSeconds(-10)), HoldEnd.EXPIRED);
        HoldId unknown = Examples.newHoldId();

        commit(() -> {
            HoldHousekeeping holds = repositories().housekeeping().holds();
            Map<HoldId, EndedHold> locked = holds.lockEnded(Set.of(gone.id(), unknown));
            assertThat(locked).isEqualTo(Map.of(gone.id(), gone));
            holds.delete(locked.keySet());
        });

        assertThat(find(gone.id(), stays.id())).containsExactly(stays);
        assertThatThrownBy(
                        () -> commit(() -> repositories().housekeeping().holds().delete(Set.of(gone.id()))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHoldOfSeveralProductsIsFoundLockedAndExtendedWhole() {
        ActiveHold hold = heldOfSeveral(inSeconds(60));
        ActiveHold single = held(hold.lines().first().productId(), 1, inSeconds(60));

        assertThat(find(hold.id(), single.id())).containsExactlyInAnyOrder(hold, single);
        assertThat(lock(hold.id(), single.id())).containsExactlyInAnyOrder(hold, single);

        ActiveHold extended = new ActiveHold(hold.id(), hold.lines(), inSeconds(120), hold.customerId(), 1);
        commit(() -> repositories().holds().extend(List.of(extended)));

        assertThat(find(hold.id())).containsExactly(extended);
        assertThat(lockFree(HoldLine.of(hold))).containsExactlyElementsOf(HoldLine.of(extended));
    }

    @Test
    void aChangedHoldIsKeptAsItIsAndEachOfItsLinesCountsForItsCustomer() {
        ProductId first = productOnSale();
        ProductId second = productOnSale();
        ProductId third = productOnSale();
        ActiveHold one = held(of("ann", second, inSeconds(60)));
        ActiveHold extended = new ActiveHold(one.id(), one.lines(), inSeconds(90), one.customerId(), 3);
        commit(() -> repositories().holds().extend(List.of(extended)));

        ActiveHold more = changed(extended, Map.of(second, 5));
        ActiveHold three = changed(more, Map.of(first, 1, second, 5, third, 2));
        ActiveHold two = changed(three, Map.of(second, 4, third, 2));
        ActiveHold other = changed(two, Map.of(first, 7));

        assertThat(other.extensions()).isEqualTo(3);
        EndedHold released = other.end(HoldEnd.RELEASED);
        commit(() -> repositories().holds().end(List.of(released)));
        assertThat(find(one.id())).containsExactly(released);
        assertThat(ofCustomers(Map.of(first, Set.of(new CustomerId("ann"))))).isEmpty();
    }

    @Test
    void severalHoldsAreChangedAtOnceAndNoOthers() {
        ProductId first = productOnSale();
        ProductId second = productOnSale();
        ActiveHold grows = held(first, 1, inSeconds(60));
        ActiveHold shrinks = heldOfSeveral(inSeconds(60));
        ActiveHold stays = heldOfSeveral(inSeconds(60));
        ActiveHold grown = of(grows, Map.of(first, 2, second, 3));
        ActiveHold shrunk = of(shrinks, Map.of(second, 1));

        commit(() -> {
            assertThat(repositories()
                            .holds()
                            .lock(Set.of(grows.id(), shrinks.id()))
                            .rows())
                    .hasSize(2);
            repositories().holds().change(Map.of(grows.id(), grows, shrinks.id(), shrinks), List.of(grown, shrunk));
        });

        assertThat(find(grows.id(), shrinks.id(), stays.id())).containsExactlyInAnyOrder(grown, shrunk, stays);
        assertThat(lockFree(HoldLine.of(shrinks))).containsExactlyElementsOf(HoldLine.of(shrunk));
    }

    /** Writes it, and looks at it from all sides. */
    private ActiveHold changed(ActiveHold hold, Map<ProductId, Integer> pieces) {
        ActiveHold changed = of(hold, pieces);
        commit(() -> {
            assertThat(repositories().holds().lock(Set.of(hold.id())).rows()).isEqualTo(Map.of(hold.id(), hold));
            repositories().holds().change(Map.of(hold.id(), hold), List.of(changed));
        });

        assertThat(find(hold.id())).containsExactly(changed);
        assertThat(lock(hold.id())).containsExactly(changed);
        Set<ProductId> products = new TreeSet<>(hold.lines().products());
        products.addAll(pieces.keySet());
        for (ProductId product : products) {
            List<HoldLine> lines = HoldLine.of(changed).stream()
                    .filter(line -> line.item().productId().equals(product))
                    .toList();
            assertThat(ofCustomers(Map.of(product, Set.of(new CustomerId("ann")))))
                    .containsExactlyElementsOf(lines);
            assertThat(page(product, HoldStatus.ACTIVE, Optional.empty(), MANY)
                            .rows()
                            .values())
                    .hasSize(lines.size());
        }
        return changed;
    }

    private static ActiveHold of(ActiveHold hold, Map<ProductId, Integer> pieces) {
        List<Item> items = new ArrayList<>();
        pieces.forEach((product, count) -> items.add(new Item(product, new Quantity(count))));
        return new ActiveHold(hold.id(), Lines.of(items), hold.expiresAt(), hold.customerId(), hold.extensions());
    }

    @ParameterizedTest
    @EnumSource(HoldEnd.class)
    void aHoldOfSeveralProductsEndsInAllItsLines(HoldEnd how) {
        ActiveHold hold = heldOfSeveral(inSeconds(60));

        EndedHold ended = hold.end(how);
        commit(() -> repositories().holds().end(List.of(ended)));

        assertThat(find(hold.id())).containsExactly(ended);
        assertThat(lockFree(HoldLine.of(hold)))
                .containsExactlyElementsOf(HoldLine.of(hold).stream()
                        .map(line -> line.with(how.status()))
                        .toList());
    }

    @Test
    void eachLineOfAHoldOfSeveralProductsExpiresByItselfAndTheHoldWithTheFirst() {
        ActiveHold hold = heldOfSeveral(inSeconds(-10));
        HoldLine first = HoldLine.of(hold).getFirst();
        HoldLine last = HoldLine.of(hold).getLast();
        ProductId firstProduct = first.item().productId();
        ProductId lastProduct = last.item().productId();

        assertThat(lockExpired(firstProduct, MANY)).containsExactly(first);
        assertThat(lockExpired(lastProduct, MANY)).containsExactly(last);
        assertThat(nextExpiry(lastProduct)).containsExactly(hold.expiresAt());

        commit(() -> repositories().holds().expire(List.of(last)));

        assertThat(find(hold.id())).containsExactly(hold.end(HoldEnd.EXPIRED));
        assertThat(lock(hold.id())).containsExactly(hold.end(HoldEnd.EXPIRED));
        assertThat(lockFree(HoldLine.of(hold))).contains(first, last.with(HoldStatus.EXPIRED));
        assertThat(lockExpired(firstProduct, MANY)).containsExactly(first);
        assertThat(lockExpired(lastProduct, MANY)).isEmpty();
        assertThat(lockEnded(hold.id())).as("a line has its pieces").isEmpty();

        commit(() -> repositories().holds().expire(lockFree(HoldLine.of(hold)).subList(0, 2)));

        assertThat(lockEnded(hold.id())).isEqualTo(Map.of(hold.id(), hold.end(HoldEnd.EXPIRED)));
    }

    private Map<HoldId, EndedHold> lockEnded(HoldId id) {
        return inTransaction(() -> repositories().housekeeping().holds().lockEnded(Set.of(id)));
    }

    @Test
    void aHoldOfSeveralProductsIsOnThePagesOfEachOfThemWhole() {
        ActiveHold hold = heldOfSeveral(inSeconds(60));
        HoldLine last = HoldLine.of(hold).getLast();
        ActiveHold next = held(last.item().productId(), 5, hold.expiresAt());

        for (HoldLine line : HoldLine.of(hold)) {
            assertThat(page(line.item().productId(), HoldStatus.ACTIVE, Optional.empty(), 1)
                            .rows())
                    .isEqualTo(Map.of(HoldPosition.of(line), hold));
        }
        assertThat(page(last.item().productId(), HoldStatus.ACTIVE, Optional.of(HoldPosition.of(last)), MANY)
                        .rows()
                        .values())
                .containsExactly(next);
    }

    @Test
    void aCustomersLinesAreFoundByTheirProductsAndAPageShowsTheWholeHold() {
        ActiveHold hold = heldOfSeveral(inSeconds(60));
        HoldLine second = HoldLine.of(hold).get(1);
        Map<ProductId, Set<CustomerId>> ofSecond = Map.of(second.item().productId(), Set.of(new CustomerId("ann")));

        assertThat(ofCustomers(ofSecond)).containsExactly(second);
        HoldId before = new HoldId(new UUID(
                hold.id().value().getMostSignificantBits() - 1,
                hold.id().value().getLeastSignificantBits()));
        assertThat(repositories()
                        .housekeeping()
                        .holds()
                        .page(Optional.of(before), 1)
                        .rows())
                .isEqualTo(Map.of(hold.id(), hold));

        EndedHold released = hold.end(HoldEnd.RELEASED);
        commit(() -> {
            repositories().holds().end(List.of(released));
            HoldHousekeeping holds = repositories().housekeeping().holds();
            assertThat(holds.lockEnded(Set.of(hold.id()))).isEqualTo(Map.of(hold.id(), released));
            holds.delete(Set.of(hold.id()));
        });

        assertThat(ofCustomers(ofSecond)).isEmpty();
        assertThat(find(hold.id())).isEmpty();
        assertThat(lockFree(HoldLine.of(hold))).isEmpty();
    }

    @Test
    void aCustomersHoldsArePagedWhateverHasBecomeOfThem() {
        CustomerId customer = newCustomer();
        List<Hold> expected = new ArrayList<>();
        ProductId product = productOnSale();
        for (int i = 0; i < 3; i++) {
            expected.add(held(of(customer.value(), product, inSeconds(60))));
            expected.add(held(of(customer.value(), product, inSeconds(-60))));
            expected.add(heldOfSeveral(inSeconds(60), customer));
            for (HoldEnd how : HoldEnd.values()) {
                expected.add(ended(held(of(customer.value(), product, inSeconds(60))), how));
                expected.add(ended(heldOfSeveral(inSeconds(60), customer), how));
            }
        }
        ActiveHold unusedOfAnother = held(of(newCustomer().value(), product, inSeconds(60)));

        List<Hold> seen = new ArrayList<>();
        Optional<CustomersPosition> after = Optional.empty();
        do {
            Slice<CustomersPosition, Hold> page = page(customer, after, 2);
            seen.addAll(page.rows().values());
            after = page.next();
        } while (after.isPresent());

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(expected)
                .isSortedAccordingTo(Comparator.comparing(CustomersPosition::of));
        assertThat(page(newCustomer(), Optional.empty(), 2).rows()).isEmpty();
    }

    @Test
    void aCustomersHoldsAreAnothersOnceTheyAreRenamed() {
        CustomerId customer = newCustomer();
        CustomerId other = newCustomer();
        ProductId product = productOnSale();
        ActiveHold active = held(of(customer.value(), product, inSeconds(60)));
        ActiveHold ofSeveral = heldOfSeveral(inSeconds(60), customer);
        EndedHold released = ended(held(of(customer.value(), product, inSeconds(60))), HoldEnd.RELEASED);
        ActiveHold another = held(of(newCustomer().value(), product, inSeconds(60)));
        Set<HoldId> ids = Set.of(active.id(), ofSeveral.id(), released.id());

        assertThat(ofCustomer(customer, MANY).keySet()).isEqualTo(ids);
        assertThat(ofCustomer(customer, 1)).hasSize(1);
        commit(() -> repositories()
                .housekeeping()
                .holds()
                .rename(
                        new TreeSet<>(List.of(active.id(), ofSeveral.id(), released.id(), another.id())),
                        customer,
                        other));

        assertThat(ofCustomer(customer, MANY)).isEmpty();
        assertThat(page(customer, Optional.empty(), MANY).rows()).isEmpty();
        assertThat(ofCustomer(other, MANY).keySet()).isEqualTo(ids);
        assertThat(counted(product, other, MANY))
                .singleElement()
                .satisfies(line -> assertThat(line.holdId()).isEqualTo(active.id()));
        assertThat(find(active.id(), ofSeveral.id(), released.id()))
                .hasSize(3)
                .extracting(Hold::customerId)
                .containsOnly(other);
        assertThat(find(another.id())).containsExactly(another);
    }

    private Map<HoldId, CustomerId> ofCustomer(CustomerId customer, int limit) {
        return repositories().housekeeping().holds().ofCustomer(customer, limit).rows();
    }

    @Test
    void theLinesThatALimitCountsAreToldUpToANumber() {
        CustomerId customer = newCustomer();
        ActiveHold ofSeveral = heldOfSeveral(inSeconds(60), customer);
        HoldLine second = HoldLine.of(ofSeveral).get(1);
        ProductId product = second.item().productId();
        EndedHold ordered = ended(held(of(customer.value(), product, inSeconds(60))), HoldEnd.ORDERED);
        EndedHold unusedReleased = ended(held(of(customer.value(), product, inSeconds(60))), HoldEnd.RELEASED);

        assertThat(counted(product, customer, MANY)).containsExactlyInAnyOrder(second, line(ordered));
        assertThat(counted(product, customer, 1)).hasSize(1);
        assertThat(counted(productOnSale(), customer, MANY)).isEmpty();
    }

    private Slice<CustomersPosition, Hold> page(CustomerId customer, Optional<CustomersPosition> after, int limit) {
        return repositories().lists().holds().page(customer, after, limit);
    }

    private List<HoldLine> counted(ProductId product, CustomerId customer, int limit) {
        return repositories().lists().holds().counted(product, customer, limit);
    }

    private static CustomerId newCustomer() {
        return new CustomerId(Examples.newHoldId().toString());
    }

    private ActiveHold heldOfSeveral(Instant expiresAt) {
        return heldOfSeveral(expiresAt, new CustomerId("ann"));
    }

    private List<HoldLine> lockFree(List<HoldLine> lines) {
        return inTransaction(() -> repositories().holds().lockFree(lines)).stream()
                .sorted(Comparator.comparing(HoldLine::number))
                .toList();
    }

    private List<Hold> find(HoldId... ids) {
        return List.copyOf(repositories().holds().find(Set.of(ids)).rows().values());
    }

    private List<Hold> lock(HoldId... ids) {
        return List.copyOf(inTransaction(() -> repositories().holds().lock(Set.of(ids)))
                .rows()
                .values());
    }

    private List<HoldLine> lockExpired(ProductId productId, int limit) {
        return inTransaction(() -> repositories().holds().lockExpired(productId, limit));
    }

    private List<Instant> nextExpiry(ProductId productId) {
        return inTransaction(() -> repositories().holds().nextExpiry(productId)).stream()
                .toList();
    }
}
