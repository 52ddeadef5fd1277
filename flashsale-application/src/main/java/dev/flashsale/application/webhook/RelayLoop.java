package dev.flashsale.application.webhook;

import dev.flashsale.application.Busy;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.Webhooks;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.domain.webhook.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks each second which endpoints there are, and serves each on a thread of its own that nobody else waits for. */
final class RelayLoop implements Webhooks.Running {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Supplier<List<EndpointId>> endpoints;
    private final Relay relay;
    private final Failures failures;
    private final Set<EndpointId> served = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("flashsale-relay-", 0).factory());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("flashsale-relay").daemon().factory());
    private volatile boolean stopping;

    private RelayLoop(Supplier<List<EndpointId>> endpoints, Function<BooleanSupplier, Relay> relay, Failures failures) {
        this.endpoints = endpoints;
        this.relay = relay.apply(() -> stopping);
        this.failures = failures;
    }

    static RelayLoop start(
            Supplier<List<EndpointId>> endpoints, Function<BooleanSupplier, Relay> relay, Failures failures) {
        RelayLoop loop = new RelayLoop(endpoints, relay, failures);
        ScheduledFuture<?> unused =
                loop.clock.scheduleWithFixedDelay(loop::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return loop;
    }

    /** Whatever it ends in, the next turn comes: an executor would drop a task that threw. */
    private void look() {
        try {
            for (EndpointId id : endpoints.get()) {
                if (!stopping && served.add(id)) {
                    threads.execute(() -> serve(id));
                }
            }
        } catch (Busy later) {
            // The next turn asks again.
        } catch (Throwable failed) {
            report("which endpoints there are", failed);
        }
    }

    private void serve(EndpointId id) {
        try {
            int unused = relay.serve(id);
        } catch (Busy later) {
            // What was sent and not written down is sent again.
        } catch (Throwable failed) {
            report("endpoint " + id, failed);
        } finally {
            served.remove(id);
        }
    }

    private void report(String subject, Throwable failed) {
        if (!stopping) {
            failures.report(Work.SEND_EVENTS, subject, failed);
        }
    }

    @Override
    public void close() {
        stopping = true;
        clock.shutdown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
