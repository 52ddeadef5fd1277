package dev.flashsale.adapter.jdbc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Busy;
import dev.flashsale.application.EventListener;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Settings;
import dev.flashsale.application.batch.AroundWork;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.testing.Given;
import dev.flashsale.application.testing.InMemoryTransactions;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.HoldRequestBuilder;
import dev.flashsale.domain.testing.InMemoryDatabase;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done is a span, and those who share a transaction find one another. */
@Timeout(60)
final class MicrometerObserverTest {

    private final SimpleTracer tracer = new SimpleTracer();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final Gate gate = new Gate(new InMemoryTransactions(new InMemoryDatabase()));
    private final Flashsale flashsale = Flashsale.on(
            gate,
            Settings.defaults().withoutMemory(),
            SaleListener.NONE,
            EventListener.NONE,
            new MicrometerObserver(registry));
    private final ProductId product = Given.in(flashsale).productOnSale(3);

    MicrometerObserverTest() {
        registry.observationConfig()
                .observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
                        new BatchTracingHandler(tracer), new DefaultTracingObservationHandler(tracer)));
    }

    /** Work that stops at a gate while that is shut: before it has decided, or before it commits. */
    private static final class Gate extends AroundWork {

        private volatile CountDownLatch before = new CountDownLatch(0);
        private volatile CountDownLatch after = new CountDownLatch(0);

        Gate(Transactions all) {
            super(all);
        }

        @Override
        protected <T> Work<T> around(Work<T> work) {
            return tx -> {
                pass(before);
                T answer = work.run(tx);
                pass(after);
                return answer;
            };
        }

        private static void pass(CountDownLatch gate) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private HoldOutcome hold(int pieces) {
        return flashsale
                .holds()
                .place(HoldRequestBuilder.aHoldOf(product, pieces).build());
    }

    /** Starts so many buyers, and returns once all of them wait. */
    private List<Thread> buyers(int count) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HoldRequest request = HoldRequestBuilder.aHoldOf(product, 1).build();
            Thread buyer = new Thread(() -> {
                HoldOutcome unused = flashsale.holds().place(request);
            });
            buyer.start();
            threads.add(buyer);
            while (buyer.getState() != Thread.State.WAITING && buyer.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<SimpleSpan> spans(String name) {
        return tracer.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    @Test
    void aCallOfAUseCaseIsASpanThatSaysWhatBecameOfIt() {
        assertThat(hold(3)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(hold(1)).isInstanceOf(HoldOutcome.AllHeld.class);
        assertThat(flashsale.operator(new Cause("ann", "over")).close(product)).isNotNull();

        assertThat(spans("holds.place"))
                .extracting(span -> span.getTags().get("flashsale.outcome"))
                .containsExactly("placed", "all_held");
        assertThat(spans("holds.place").getFirst().getTags())
                .containsEntry("flashsale.use_case", "holds.place")
                .containsEntry("code.function.name", "dev.flashsale.application.Holds.place");
        assertThat(spans("operator.close")).hasSize(1);
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void aBatchIsASpanOfTheCallThatLeadsItAndIsLinkedWithTheOthers() throws InterruptedException {
        gate.after = new CountDownLatch(1);
        List<Thread> first = buyers(1);
        List<Thread> others = buyers(3);
        gate.after.countDown();
        join(first);
        join(others);

        SimpleSpan batch = spans("hold batch").stream()
                .filter(span -> "3".equals(span.getTags().get("flashsale.batch.size")))
                .findFirst()
                .orElseThrow();
        List<SimpleSpan> calls = spans("holds.place").stream()
                .filter(span -> batch.getSpanId().equals(span.getTags().get("flashsale.batch.span_id")))
                .toList();
        SimpleSpan leader = calls.stream()
                .filter(span -> span.getSpanId().equals(batch.getParentId()))
                .findFirst()
                .orElseThrow();
        assertThat(calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.getTags()).containsEntry("flashsale.batch.size", "3"));
        assertThat(batch.getTraceId()).isEqualTo(leader.getTraceId());
        assertThat(batch.getLinks())
                .extracting(Link::getTraceContext)
                .extracting(io.micrometer.tracing.TraceContext::spanId)
                .containsExactlyInAnyOrderElementsOf(calls.stream()
                        .filter(call -> !call.equals(leader))
                        .map(SimpleSpan::getSpanId)
                        .toList());
    }

    @Test
    void whoJoinsABatchThatHasBegunSaysWhichOneItIs() throws InterruptedException {
        gate.before = new CountDownLatch(1);
        List<Thread> first = buyers(1);
        List<Thread> late = buyers(2);
        gate.before.countDown();
        join(first);
        join(late);

        assertThat(spans("hold batch")).hasSize(1);
        SimpleSpan batch = spans("hold batch").getFirst();
        assertThat(batch.getTags()).containsEntry("flashsale.batch.size", "3");
        assertThat(batch.getLinks()).isEmpty();
        assertThat(spans("holds.place"))
                .hasSize(3)
                .allSatisfy(
                        span -> assertThat(span.getTags()).containsEntry("flashsale.batch.span_id", batch.getSpanId()));
    }

    @Test
    void whatCannotBeDoneIsAnErrorOfTheCallAndOfTheBatch() {
        InMemoryTransactions transactions = new InMemoryTransactions(new InMemoryDatabase());
        Flashsale busy = Flashsale.on(
                transactions,
                Settings.defaults(),
                SaleListener.NONE,
                EventListener.NONE,
                new MicrometerObserver(registry));
        ProductId some = Given.in(busy).productOnSale(1);
        transactions.busy(true);

        assertThatThrownBy(() ->
                        busy.holds().place(HoldRequestBuilder.aHoldOf(some, 1).build()))
                .isInstanceOf(Busy.class);

        assertThat(spans("holds.place").getFirst().getError()).isInstanceOf(Busy.class);
        assertThat(spans("hold batch").getFirst().getError()).isInstanceOf(Busy.class);
    }

    @Test
    void aHandlerThatFailsChangesNothing() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }

            @Override
            public void onStart(Observation.Context context) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void onStop(Observation.Context context) {
                throw new IllegalStateException("broken on purpose");
            }
        });

        assertThat(hold(1)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(hold(2)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(registry.getCurrentObservation()).isNull();
    }
}
