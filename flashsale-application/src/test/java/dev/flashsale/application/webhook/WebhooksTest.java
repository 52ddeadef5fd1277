package dev.flashsale.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.Operator;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.Webhooks;
import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointOutcome;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators' endpoints are sent, and what is done about those that do not take it. */
@Timeout(60)
final class WebhooksTest {

    private static final URI SHOP = URI.create("https://shop.example/hook");
    private static final Set<EventKind> KINDS = EnumSet.of(EventKind.HOLD_PLACED, EventKind.HOLD_RELEASED);

    private final List<SaleListener.Failure> failures = new CopyOnWriteArrayList<>();
    private final InMemoryFlashsale flashsale = Flashsale.inMemory(
            Settings.defaults(),
            new SaleListener() {
                @Override
                public void failed(Failure failure) {
                    failures.add(failure);
                }
            },
            EventListener.NONE);
    private final Operator operator = flashsale.operator(new Cause("ann", "to be told"));
    private final Given given = Given.in(flashsale);
    private final ProductId product = given.productOnSale(9);
    private final Receiver receiver = new Receiver();

    /** Answers what it is told to, and writes down what it has taken. */
    private static final class Receiver implements WebhookSender {

        private final List<KeptEvent> taken = new CopyOnWriteArrayList<>();
        private final List<List<EndpointSecret>> secrets = new CopyOnWriteArrayList<>();
        private ToIntFunction<KeptEvent> status = event -> 204;

        @Override
        public Optional<String> refusal(URI url) {
            return Optional.empty();
        }

        @Override
        public Attempt send(URI url, List<EndpointSecret> by, KeptEvent event) {
            int answer = status.applyAsInt(event);
            if (answer / 100 == 2) {
                taken.add(event);
                secrets.add(by);
            }
            return new Attempt(answer, "answer " + answer, null, Duration.ofMillis(3));
        }

        List<Long> numbers() {
            return taken.stream().map(KeptEvent::number).toList();
        }
    }

    private Endpoint endpoint() {
        Endpoint endpoint = done(operator.createEndpoint(SHOP, KINDS));
        flashsale.events().refresh();
        return endpoint;
    }

    private static Endpoint done(EndpointOutcome outcome) {
        assertThat(outcome).isInstanceOf(EndpointOutcome.Done.class);
        return ((EndpointOutcome.Done) outcome).endpoint();
    }

    private int send() {
        return flashsale.webhooks().sendNow(receiver, "node-1");
    }

    private Endpoint now(Endpoint endpoint) {
        return flashsale.lists().endpoints().stream()
                .filter(each -> each.id().equals(endpoint.id()))
                .findFirst()
                .orElseThrow();
    }

    private List<Delivery> deliveries(Endpoint endpoint) {
        return flashsale.lists().deliveries(endpoint.id(), Optional.empty(), PageSize.DEFAULT);
    }

    @Test
    void itIsSentWhatItWantsFromThenOnAndNothingTwice() {
        flashsale.events().subscribe(KINDS);
        assertThat(given.held(product, 1)).isNotNull();
        Endpoint endpoint = endpoint();
        assertThat(given.held(product, 1)).isNotNull();
        assertThat(flashsale.holds().release(given.held(product, 1))).isNotNull();
        assertThat(operator.close(product)).isNotNull();

        assertThat(send()).isEqualTo(3);
        assertThat(send()).isZero();

        assertThat(receiver.taken)
                .extracting(KeptEvent::kind)
                .containsExactly(EventKind.HOLD_PLACED, EventKind.HOLD_PLACED, EventKind.HOLD_RELEASED);
        assertThat(receiver.numbers()).containsExactly(2L, 3L, 4L);
        assertThat(deliveries(endpoint))
                .hasSize(3)
                .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(Delivery.Status.DELIVERED));
    }

    @Test
    void whatIsNotTakenHoldsUpItsProductAloneAndIsTriedAgainLater() {
        Endpoint endpoint = endpoint();
        ProductId other = given.productOnSale(9);
        assertThat(given.held(product, 1)).isNotNull();
        assertThat(given.held(product, 1)).isNotNull();
        assertThat(given.held(other, 1)).isNotNull();
        receiver.status = event -> event.product() == product.value() ? 500 : 200;

        assertThat(flashsale.lists().waiting()).containsEntry(endpoint.id(), 3L);
        assertThat(send()).isEqualTo(1);
        assertThat(send()).isZero();
        assertThat(flashsale.lists().waiting()).containsEntry(endpoint.id(), 2L);
        assertThat(deliveries(endpoint))
                .extracting(Delivery::status)
                .containsExactlyInAnyOrder(Delivery.Status.DELIVERED, Delivery.Status.FAILED);
        receiver.status = event -> 200;
        assertThat(send()).isZero();
        flashsale.clock().advance(Duration.ofSeconds(5));

        assertThat(send()).isEqualTo(2);
        assertThat(flashsale.lists().waiting()).containsEntry(endpoint.id(), 0L);
        assertThat(receiver.taken)
                .extracting(KeptEvent::product)
                .containsExactly(other.value(), product.value(), product.value());
        assertThat(receiver.numbers()).containsExactly(1L, 1L, 2L);
        assertThat(now(endpoint).failingSince()).isNull();
        assertThat(deliveries(endpoint)).extracting(Delivery::attempts).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void afterThreeDaysItIsDisabledAndToldAndGoesOnWhereItWasOnceItIsEnabled() {
        Endpoint endpoint = endpoint();
        assertThat(given.held(product, 1)).isNotNull();
        receiver.status = event -> 503;
        int attempts = 0;
        while (now(endpoint).isEnabled()) {
            assertThat(send()).isZero();
            attempts++;
            flashsale.clock().advance(Duration.ofHours(8));
        }

        assertThat(attempts).isGreaterThan(8);
        assertThat(now(endpoint).failingSince()).isNotNull();
        assertThat(now(endpoint).disabledWhy()).contains("not taken in").contains("status 503");
        assertThat(failures).hasSize(1);
        assertThat(flashsale
                        .lists()
                        .operatorLog(Optional.empty(), Optional.empty(), PageSize.DEFAULT)
                        .items())
                .anySatisfy(row -> {
                    assertThat(row.entry().action()).isEqualTo(Action.ENDPOINT_DISABLED);
                    assertThat(row.entry().subject()).isEqualTo(endpoint.id().value());
                });
        receiver.status = event -> 200;
        assertThat(send()).isZero();

        Endpoint enabled = done(operator.enableEndpoint(endpoint.id()));

        assertThat(enabled.isEnabled()).isTrue();
        assertThat(send()).isEqualTo(1);
    }

    @Test
    void whoIsGoneIsDisabledAtOnce() {
        Endpoint endpoint = endpoint();
        assertThat(given.held(product, 1)).isNotNull();
        receiver.status = event -> 410;

        assertThat(send()).isZero();

        assertThat(now(endpoint).isEnabled()).isFalse();
    }

    @Test
    void aNewSecretSignsFirstAndTheFormerOneForADay() {
        Endpoint endpoint = endpoint();
        Endpoint changed = done(operator.newEndpointSecret(endpoint.id()));
        assertThat(given.held(product, 1)).isNotNull();
        assertThat(send()).isEqualTo(1);
        flashsale.clock().advance(Endpoint.CHANGE_OVER);
        assertThat(given.held(product, 1)).isNotNull();
        assertThat(send()).isEqualTo(1);

        assertThat(receiver.secrets)
                .containsExactly(List.of(changed.secret(), endpoint.secret()), List.of(changed.secret()));
    }

    @Test
    void whatAnOperatorWantsIsSentAgain() {
        Endpoint endpoint = endpoint();
        assertThat(given.held(product, 1)).isNotNull();
        assertThat(send()).isEqualTo(1);
        String event = receiver.taken.getFirst().id();

        assertThat(done(operator.sendAgain(endpoint.id(), event)).id()).isEqualTo(endpoint.id());
        assertThat(operator.sendAgain(endpoint.id(), "none")).isInstanceOf(EndpointOutcome.UnknownEvent.class);
        assertThat(send()).isZero();

        assertThat(receiver.taken).extracting(KeptEvent::id).containsExactly(event, event);
        assertThat(deliveries(endpoint)).singleElement().satisfies(delivery -> {
            assertThat(delivery.status()).isEqualTo(Delivery.Status.DELIVERED);
            assertThat(delivery.attempts()).isEqualTo(2);
        });
    }

    @Test
    void nothingIsKeptAnyMoreForOneThatIsDeletedOrDisabled() {
        Endpoint endpoint = endpoint();
        assertThat(flashsale.events().kept()).isEqualTo(KINDS);
        assertThat(done(operator.disableEndpoint(endpoint.id())).disabledWhy()).isEqualTo("to be told");
        flashsale.events().refresh();
        assertThat(flashsale.events().kept()).isEmpty();

        assertThat(done(operator.deleteEndpoint(endpoint.id()))).isNotNull();

        assertThat(flashsale.lists().endpoints()).isEmpty();
        assertThat(operator.enableEndpoint(endpoint.id())).isInstanceOf(EndpointOutcome.UnknownEndpoint.class);
    }

    @Test
    void thereAreNoMoreThanAHundred() {
        for (int i = 0; i < Endpoint.MOST; i++) {
            assertThat(operator.createEndpoint(SHOP, KINDS)).isInstanceOf(EndpointOutcome.Done.class);
        }

        assertThat(operator.createEndpoint(SHOP, KINDS)).isEqualTo(new EndpointOutcome.TooMany(Endpoint.MOST));
    }

    @Test
    void anEndpointThatHangsDelaysNoOther() throws InterruptedException {
        Endpoint hanging = done(operator.createEndpoint(URI.create("https://hangs.example"), KINDS));
        Endpoint endpoint = endpoint();
        assertThat(given.held(product, 1)).isNotNull();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        WebhookSender sender = new WebhookSender() {
            @Override
            public Optional<String> refusal(URI url) {
                return Optional.empty();
            }

            @Override
            public Attempt send(URI url, List<EndpointSecret> by, KeptEvent event) {
                if (url.equals(hanging.url())) {
                    begun.countDown();
                    awaitQuietly(hangs);
                } else {
                    taken.countDown();
                }
                return new Attempt(200, "", null, Duration.ZERO);
            }
        };

        try (Webhooks.Running running = flashsale.webhooks().start(sender, "node-1")) {
            begun.await();
            taken.await();
            hangs.countDown();
        }

        assertThat(deliveries(endpoint)).hasSize(1);
        assertThat(deliveries(hanging)).hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLongListIsSentInTheOrderOfEachProduct() {
        Endpoint endpoint = endpoint();
        ProductId large = given.productOnSale(500);
        List<Long> expected = new ArrayList<>();
        for (long i = 1; i <= 250; i++) {
            assertThat(given.held(large, 1)).isNotNull();
            expected.add(i);
        }

        assertThat(send()).isEqualTo(250);

        assertThat(receiver.numbers()).isEqualTo(expected);
        assertThat(now(endpoint).isEnabled()).isTrue();
    }

    @Test
    void whereNothingIsTakenTheOtherProductsAreNotTriedBeforeTheNextLook() {
        Endpoint endpoint = endpoint();
        for (int i = 0; i < 50; i++) {
            assertThat(given.held(given.productOnSale(1), 1)).isNotNull();
        }
        receiver.status = event -> 500;

        assertThat(send()).isZero();

        assertThat(deliveries(endpoint)).hasSizeBetween(8, 16);
    }

    @Test
    void whatIsChangedMeanwhileIsHeededBeforeLong() {
        Endpoint endpoint = endpoint();
        ProductId large = given.productOnSale(500);
        for (int i = 0; i < 100; i++) {
            assertThat(given.held(large, 1)).isNotNull();
        }
        receiver.status = event -> {
            if (event.number() == 5) {
                assertThat(done(operator.disableEndpoint(endpoint.id()))).isNotNull();
            }
            return 200;
        };

        assertThat(send()).isEqualTo(20);
        assertThat(receiver.taken).hasSize(20);
    }

    @Test
    void aRelayHasAName() {
        assertThatThrownBy(() -> flashsale.webhooks().sendNow(receiver, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> flashsale.webhooks().sendNow(receiver, "n".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
