package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointRepository;
import dev.flashsale.domain.webhook.EndpointSecret;
import dev.flashsale.domain.webhook.Lag;
import dev.flashsale.domain.webhook.Position;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link EndpointRepository} must do. */
public abstract class EndpointRepositoryContract extends RepositoryContract {

    private static final URI SHOP = URI.create("https://shop.example/flashsale");
    private static final EndpointSecret SECRET = EndpointSecret.random(new SplittableRandom(1));
    private static final EndpointSecret OTHER = EndpointSecret.random(new SplittableRandom(2));
    private static final Set<EventKind> KINDS = EnumSet.of(EventKind.ORDER_PAID, EventKind.SOLD_OUT);

    private EndpointRepository endpoints() {
        return repositories().endpoints();
    }

    private Endpoint inserted() {
        return inTransaction(() -> endpoints().insert(SHOP, KINDS, SECRET));
    }

    private Endpoint found(EndpointId id) {
        return inTransaction(() -> endpoints().all()).stream()
                .filter(endpoint -> endpoint.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private boolean lease(EndpointId id, String relay, Duration time) {
        return inTransaction(() -> endpoints().lease(id, relay, time));
    }

    private static Delivery delivery(String event, long number, Delivery.Status status, Instant at) {
        return new Delivery(event, 1, number, EventKind.ORDER_PAID, status, 1, 200, "ok", Duration.ofMillis(7), at);
    }

    @Test
    void aNewOneIsEnabledAndIsFoundAsItWasMade() {
        Endpoint one = inserted();
        Endpoint two = inserted();

        assertThat(two.id()).isGreaterThan(one.id());
        assertThat(found(one.id())).isEqualTo(one);
        assertThat(one.isEnabled()).isTrue();
        assertThat(one.kinds()).isEqualTo(KINDS);
        assertThat(inTransaction(() -> endpoints().lock(one.id()))).contains(one);
        assertThat(inTransaction(() -> endpoints().lock(new EndpointId(Long.MAX_VALUE))))
                .isEmpty();
    }

    @Test
    void whatIsSavedIsFound() {
        Endpoint one = inserted();
        Instant now = inTransaction(() -> endpoints().now());
        Endpoint changed = one.of(URI.create("https://other.example/?a=%20b"), Set.of(EventKind.ORDER_PLACED))
                .withSecret(OTHER, now)
                .disabled("they are gone")
                .failing(now);

        inTransaction(() -> {
            endpoints().save(changed);
            return changed;
        });

        assertThat(found(one.id())).isEqualTo(changed);
        assertThat(changed.secrets(now)).containsExactly(OTHER, SECRET);
    }

    @Test
    void aLeaseIsOneRelaysUntilItsTimeIsOverOrItIsGivenBack() {
        EndpointId id = inserted().id();

        assertThat(lease(id, "a", Duration.ofMinutes(1))).isTrue();
        assertThat(lease(id, "b", Duration.ofMinutes(1))).isFalse();
        assertThat(lease(id, "a", Duration.ZERO)).isTrue();
        assertThat(lease(id, "b", Duration.ofMinutes(1))).isTrue();
        assertThat(lease(id, "a", Duration.ofMinutes(1))).isFalse();
        inTransaction(() -> {
            endpoints().free(id, "a");
            return id;
        });
        assertThat(lease(id, "a", Duration.ofMinutes(1))).isFalse();
        inTransaction(() -> {
            endpoints().free(id, "b");
            return id;
        });
        assertThat(lease(id, "a", Duration.ofMinutes(1))).isTrue();
    }

    /** What waits there, of these products alone: others' events may wait, too. */
    private List<Lag> behind(EndpointId id, ProductId... products) {
        return inTransaction(() -> endpoints().behind(id)).stream()
                .filter(lag -> Stream.of(products)
                        .anyMatch(product -> product.value() == lag.position().product()))
                .toList();
    }

    private ProductId productWithEvents(int count) {
        ProductId product = Examples.newProductId();
        commit(() -> {
            Map<Long, Long> unused = repositories().events().take(new TreeMap<>(Map.of(product.value(), count)));
        });
        return product;
    }

    @Test
    void whatWaitsIsWhatIsBehindThePositionsWhichAreReplacedOneByOne() {
        EndpointId id = inserted().id();
        EndpointId other = inserted().id();
        ProductId one = productWithEvents(9);
        ProductId two = productWithEvents(7);
        Instant now = inTransaction(() -> endpoints().now());
        Position failing = new Position(two.value(), 5, 3, now, now.plusSeconds(30));
        commit(() -> {
            endpoints().move(id, List.of(Position.at(one.value(), 4), Position.at(two.value(), 5)));
            endpoints().move(id, List.of(failing));
            endpoints().move(other, List.of());
        });

        assertThat(behind(id, one, two))
                .containsExactlyInAnyOrder(new Lag(Position.at(one.value(), 4), 9), new Lag(failing, 7));
        assertThat(failing.isDue(now)).isFalse();
        assertThat(failing.isDue(now.plusSeconds(30))).isTrue();
        assertThat(behind(other, one, two))
                .containsExactlyInAnyOrder(
                        new Lag(Position.at(one.value(), 0), 9), new Lag(Position.at(two.value(), 0), 7));
        assertThat(behind(other, one, two)).extracting(Lag::events).containsExactlyInAnyOrder(9L, 7L);

        commit(() -> endpoints().move(id, List.of(Position.at(one.value(), 9))));
        assertThat(behind(id, one, two)).containsExactly(new Lag(failing, 7));
    }

    @Test
    void deliveriesAreListedTheLastFirstAndSentAgain() {
        EndpointId id = inserted().id();
        Instant now = inTransaction(() -> endpoints().now());
        Delivery old = delivery("e-1", 1, Delivery.Status.DELIVERED, now.minusSeconds(60));
        Delivery fresh = delivery("e-2", 2, Delivery.Status.FAILED, now.minusSeconds(1));
        inTransaction(() -> {
            endpoints().record(id, List.of(old, delivery("e-2", 2, Delivery.Status.FAILED, now.minusSeconds(9))));
            endpoints().record(id, List.of(fresh));
            return id;
        });

        assertThat(inTransaction(() -> endpoints().deliveries(id, Optional.empty(), 10)))
                .containsExactly(fresh, old);
        assertThat(inTransaction(() -> endpoints().deliveries(id, Optional.empty(), 1)))
                .containsExactly(fresh);
        assertThat(inTransaction(() -> endpoints().deliveries(id, Optional.of(fresh.at()), 10)))
                .containsExactly(old);

        assertThat(inTransaction(() -> endpoints().sendAgain(id, "e-9"))).isZero();
        assertThat(inTransaction(() -> endpoints().sendAgain(id, "e-1"))).isEqualTo(1);
        assertThat(inTransaction(() -> endpoints().toSendAgain(id, 10))).containsExactly(old.again());

        inTransaction(() -> endpoints().forgetDeliveries(Duration.ofSeconds(30), 1_000));
        assertThat(inTransaction(() -> endpoints().deliveries(id, Optional.empty(), 10)))
                .containsExactly(fresh);
    }

    @Test
    void whatIsDeletedIsGoneWithItsPositions() {
        Endpoint one = inserted();
        ProductId product = productWithEvents(9);
        commit(() -> {
            endpoints().move(one.id(), List.of(Position.at(product.value(), 4)));
            endpoints().delete(one.id());
        });

        assertThat(inTransaction(() -> endpoints().lock(one.id()))).isEmpty();
        assertThat(behind(one.id(), product)).containsExactly(new Lag(Position.at(product.value(), 0), 9));
    }

    @Test
    void whatEnabledEndpointsAndReadersWantIsWanted() {
        Endpoint one = inserted();
        inTransaction(() -> {
            endpoints().keepFor(EnumSet.of(EventKind.HOLD_ENDING), Duration.ofMinutes(1));
            endpoints().keepFor(EnumSet.of(EventKind.HOLD_ENDING), Duration.ofSeconds(-1));
            endpoints().keepFor(EnumSet.of(EventKind.REFUND_DONE), Duration.ofSeconds(-1));
            return one;
        });
        assertThat(inTransaction(() -> endpoints().wanted()))
                .contains(EventKind.ORDER_PAID, EventKind.SOLD_OUT, EventKind.HOLD_ENDING)
                .doesNotContain(EventKind.REFUND_DONE);
    }
}
