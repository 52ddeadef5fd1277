package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.HoldView;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server with four places, two of them for holds at most, and a database that has stopped granting holds. */
@Timeout(60)
class OverloadTest {

    private static final int PLACES = 4;
    private static final int HOLDS = 2;
    private static final String WISH = Bodies.json(Bodies.VALID.get("/api/holds"));
    private static final String HOLD = "/api/holds/" + Fakes.HOLD_ID;

    @RegisterExtension
    private final Service service =
            new Service(TestSettings.builder().maxConcurrentRequests(PLACES).build());

    private final CountDownLatch inside = new CountDownLatch(HOLDS);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void holds_are_stuck() {
        service.fakes.placeHold = request -> {
            inside.countDown();
            FailureTest.await(goOn);
            return new HoldOutcome.Placed(request.holdId(), request.lines(), Fakes.EXPIRES_AT);
        };
    }

    @AfterEach
    void let_go() {
        goOn.countDown();
    }

    @Test
    void a_crowd_of_holds_is_refused_unread_and_served_again_at_once() throws Exception {
        List<CompletableFuture<Answer>> stuck = stuckHolds();

        Answer refused = service.post("/api/holds", WISH);
        Answer unread = service.post("/api/holds", "no JSON");

        Problems.assertProblem(refused, 503, "busy", true);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        Problems.assertProblem(unread, 503, "busy", true);
        assertThat(service.fakes.calls).hasValue(HOLDS);
        assertThat(service.places())
                .containsExactly(
                        new PlaceUse("all", 4, HOLDS, 0),
                        new PlaceUse("holds", HOLDS, HOLDS, 2),
                        new PlaceUse("reads", 1, 0, 0));

        goOn.countDown();
        for (CompletableFuture<Answer> hold : stuck) {
            assertThat(hold.get().status()).isEqualTo(201);
        }
        assertThat(service.post("/api/holds", WISH).status()).isEqualTo(201);
    }

    @Test
    void whoever_has_a_hold_goes_on_amid_a_crowd_of_holds() {
        ActiveHold hold = new ActiveHold(Fakes.HOLD_ID, Fakes.ORDER.lines(), Fakes.EXPIRES_AT, null, 0);
        service.fakes.placeOrder = id -> new OrderOutcome.Placed(Fakes.ORDER);
        service.fakes.recordPayment = payment ->
                new PaymentOutcome.Recorded(new RecordedPayment(payment, PaymentEffect.APPLIED, OrderStatus.PAID));
        service.fakes.releaseHold = id -> new ReleaseOutcome.Released(hold.end(HoldEnd.RELEASED));
        service.fakes.viewHold = id -> Optional.of(new HoldView(hold, HoldStatus.ACTIVE, 1, Optional.empty()));
        service.fakes.viewOrder = id -> Optional.of(Fakes.viewed(Fakes.ORDER));
        List<CompletableFuture<Answer>> stuck = stuckHolds();

        Problems.assertProblem(service.post("/api/holds", WISH), 503, "busy", true);
        assertThat(valid("/api/orders").status()).isEqualTo(201);
        assertThat(valid("/api/payments/webhook").status()).isEqualTo(200);
        assertThat(service.send("DELETE", HOLD, null).status()).isEqualTo(200);
        assertThat(service.get(HOLD).status()).isEqualTo(200);
        assertThat(service.get("/api/orders/1?hold_id=" + Fakes.HOLD_ID).status())
                .isEqualTo(200);
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void an_operator_gets_in_when_every_place_is_taken() {
        CountDownLatch full = new CountDownLatch(PLACES);
        service.fakes.placeOrder = id -> {
            full.countDown();
            FailureTest.await(goOn);
            return new OrderOutcome.Placed(Fakes.ORDER);
        };
        service.fakes.cancelOrder = (id, cause) -> new CancelOutcome.Cancelled(Fakes.ORDER);
        service.fakes.viewOrder = id -> Optional.of(Fakes.viewed(Fakes.ORDER));
        List<CompletableFuture<Answer>> stuck = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> valid("/api/orders"), Thread::startVirtualThread))
                .limit(PLACES)
                .toList();
        FailureTest.await(full);

        Problems.assertProblem(valid("/api/payments/webhook"), 503, "busy", true);
        assertThat(service.send(
                                "POST",
                                "/api/orders/1/cancel",
                                "{\"reason\":\"r\"}",
                                "Authorization",
                                "Bearer " + Service.TOKEN,
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(200);
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void a_product_can_be_read_amid_a_crowd_of_holds() {
        service.fakes.viewProduct = id -> Optional.empty();
        List<CompletableFuture<Answer>> stuck = stuckHolds();

        Problems.assertProblem(service.get("/api/products/1"), 404, "unknown_product", false);
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void whoever_has_not_sent_a_wish_in_full_takes_no_place() throws IOException {
        goOn.countDown();
        String head = "POST /api/holds HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n";
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * HOLDS; i++) {
                RawClient client = new RawClient(service.port());
                slow.add(client);
                assertThat(client.send(head).answer()).startsWith("HTTP/1.1 100");
            }
            assertThat(service.post("/api/holds", WISH).status()).isEqualTo(201);
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    private List<CompletableFuture<Answer>> stuckHolds() {
        List<CompletableFuture<Answer>> stuck = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> service.post("/api/holds", WISH), Thread::startVirtualThread))
                .limit(HOLDS)
                .toList();
        FailureTest.await(inside);
        return stuck;
    }

    private Answer valid(String path) {
        return service.post(path, Bodies.json(Bodies.VALID.get(path)));
    }
}
