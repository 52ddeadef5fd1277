package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.EventPayload;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.EventStamp;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.event.SaleEvent.HoldPlaced;
import dev.flashsale.domain.event.SaleEvent.RefundRequired;
import dev.flashsale.domain.event.SaleEvent.StockChanged;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link EventRepository} does. */
public abstract class EventRepositoryContract extends RepositoryContract {

    private final ProductId one = Examples.newProductId();
    private final ProductId other = Examples.newProductId();

    private EventRepository events() {
        return repositories().events();
    }

    private Map<Long, Long> take(Map<ProductId, Integer> counts) {
        TreeMap<Long, Integer> byNumber = new TreeMap<>();
        counts.forEach((product, count) -> byNumber.put(product.value(), count));
        return inTransaction(() -> events().take(byNumber));
    }

    @Test
    void eachProductIsNumberedByItself() {
        assertThat(take(Map.of(one, 3))).isEqualTo(Map.of(one.value(), 1L));
        assertThat(take(Map.of(one, 2, other, 1))).isEqualTo(Map.of(one.value(), 4L, other.value(), 1L));
        assertThat(take(Map.of(one, 1))).isEqualTo(Map.of(one.value(), 6L));

        assertThat(inTransaction(() -> events().lastNumbers()))
                .containsEntry(one.value(), 6L)
                .containsEntry(other.value(), 1L);
    }

    @Test
    void whatIsRolledBackTakesNoNumber() {
        assertThat(take(Map.of(one, 1))).isEqualTo(Map.of(one.value(), 1L));
        try {
            commit(() -> {
                Map<Long, Long> unused = events().take(new TreeMap<>(Map.of(one.value(), 5)));
                throw new IllegalArgumentException("rolled back");
            });
        } catch (IllegalArgumentException expected) {
            // As it should.
        }

        assertThat(take(Map.of(one, 1))).isEqualTo(Map.of(one.value(), 2L));
    }

    @Test
    void anEventIsFoundAtEachOfItsProducts() {
        HoldPlaced held = new HoldPlaced(
                stamp("e-1", Map.of(one, 1L, other, 1L)),
                Examples.newHoldId(),
                Lines.of(List.of(new Item(one, new Quantity(2)), new Item(other, new Quantity(1)))),
                new CustomerId("ann\"\\"),
                inSeconds(120));
        append(held);

        for (ProductId product : List.of(one, other)) {
            assertThat(after(product, 0))
                    .containsExactly(new KeptEvent(
                            "e-1",
                            product.value(),
                            1,
                            EventKind.HOLD_PLACED,
                            held.stamp().at(),
                            EventPayload.of(held)));
        }
    }

    @Test
    void eventsAreReadInTheirOrderAPageAtATime() {
        append(stock(3), stock(1), stock(2));

        assertThat(after(one, 0)).extracting(KeptEvent::number).containsExactly(1L, 2L, 3L);
        assertThat(after(one, 1)).extracting(KeptEvent::number).containsExactly(2L, 3L);
        assertThat(inTransaction(() -> events().after(one.value(), 0, 2)))
                .extracting(KeptEvent::number)
                .containsExactly(1L, 2L);
        assertThat(after(one, 3)).isEmpty();
    }

    @Test
    void whatIsOfNoProductHasAPlaceOfItsOwn() {
        long number = inTransaction(() -> events().take(new TreeMap<>(Map.of(EventRepository.NO_PRODUCT, 1))))
                .get(EventRepository.NO_PRODUCT);
        RefundRequired money = new RefundRequired(
                stamp("0-" + number, Map.of()),
                Examples.newTransactionId(),
                Examples.unknownOrderId(),
                null,
                null,
                List.of());
        append(money);

        assertThat(inTransaction(() -> events().after(EventRepository.NO_PRODUCT, number - 1, 1)))
                .extracting(KeptEvent::payload)
                .containsExactly(EventPayload.of(money));
    }

    @Test
    void theOldestAreForgottenInTheirOrder() {
        Instant old = inSeconds(-60);
        append(
                new StockChanged(new EventStamp(old, "a", Map.of(one, 1L)), one, 9, 9),
                new StockChanged(new EventStamp(old, "b", Map.of(one, 2L)), one, 9, 8),
                new StockChanged(new EventStamp(inSeconds(0), "c", Map.of(one, 3L)), one, 9, 7));
        Duration age = Duration.ofSeconds(30);
        Map<Long, Long> numbered = take(Map.of(one, 3));
        assertThat(numbered).containsEntry(one.value(), 1L);
        assertThat(inTransaction(() -> events().productsWithOlderThan(age, 1_000_000)))
                .contains(one.value());

        assertThat(forget(age, 1)).isEqualTo(1);
        assertThat(after(one, 0)).extracting(KeptEvent::id).containsExactly("b", "c");
        assertThat(forget(age, 10)).isEqualTo(1);
        assertThat(forget(age, 10)).isZero();
        assertThat(inTransaction(() -> events().productsWithOlderThan(age, 1_000_000)))
                .doesNotContain(one.value());
        assertThat(after(one, 0)).extracting(KeptEvent::id).containsExactly("c");
    }

    @Test
    void whatIsAnnouncedIsKnown() {
        Instant until = inSeconds(30);
        assertThat(inTransaction(() -> events().lockAnnounced(one))).isEmpty();

        commit(() -> {
            assertThat(events().lockAnnounced(one)).isEmpty();
            events().saveAnnounced(one, until);
        });

        assertThat(inTransaction(() -> events().lockAnnounced(one))).contains(until);
        assertThat(take(Map.of(one, 1))).isEqualTo(Map.of(one.value(), 1L));
    }

    @Test
    void everyHoldThatEndsSoonIsFoundOnce() {
        Duration within = Duration.ofSeconds(30);
        HoldId soon = hold(20);
        HoldId sooner = hold(10);
        HoldId later = hold(50);
        HoldId over = hold(-5);

        assertThat(inTransaction(() -> repositories().housekeeping().holds().productsWithEnding(within, 1_000_000)))
                .contains(one);
        Map<HoldId, ?> ending = inTransaction(
                        () -> repositories().housekeeping().holds().ending(one, now(), within, 10))
                .rows();
        assertThat(List.copyOf(ending.keySet()))
                .isEqualTo(List.of(sooner, soon))
                .doesNotContain(later, over);
        assertThat(inTransaction(() -> repositories().housekeeping().holds().ending(one, inSeconds(15), within, 10))
                        .rows()
                        .keySet())
                .containsExactly(soon);
    }

    private HoldId hold(long seconds) {
        if (inTransaction(() -> repositories().stocks().find(Set.of(one)))
                .rows()
                .isEmpty()) {
            commit(() -> repositories().stocks().insert(List.of(new Stock(one, TOTAL, TOTAL - 4))));
        }
        ActiveHold hold = Examples.hold(one, 1, inSeconds(seconds));
        commit(() -> repositories().holds().insert(List.of(hold)));
        return hold.id();
    }

    private EventStamp stamp(String id, Map<ProductId, Long> numbers) {
        return new EventStamp(inSeconds(0), id, numbers);
    }

    private StockChanged stock(long number) {
        return new StockChanged(stamp("s-" + number, Map.of(one, number)), one, 10, (int) (10 - number));
    }

    private void append(SaleEvent... some) {
        commit(() -> events().append(Stream.of(some).toList()));
    }

    private List<KeptEvent> after(ProductId product, long number) {
        return inTransaction(() -> events().after(product.value(), number, 100));
    }

    private int forget(Duration age, int limit) {
        return inTransaction(() -> events().deleteOlderThan(one.value(), age, limit));
    }
}
