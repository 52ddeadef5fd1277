package dev.flashsale.application.webhook;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.Lag;
import dev.flashsale.domain.webhook.Position;
import dev.flashsale.domain.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Sends what there is to one endpoint. */
final class Relay {

    /** Longer than an attempt may take and what is written after it. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int PRODUCTS_AT_ONCE = 8;
    private static final int EVENTS_AT_ONCE = 100;
    private static final int AGAIN_AT_ONCE = 10;

    /** Afterwards the products that are left are not tried before the next look. */
    private static final int FAILED_IN_A_ROW = PRODUCTS_AT_ONCE;

    private static final int WRITTEN_DOWN_AFTER = 20;
    private static final long WRITTEN_DOWN_WITHIN_NANOS = Duration.ofSeconds(2).toNanos();

    /** As many of the sale's connections it may have at once. */
    private static final int TRANSACTIONS_AT_ONCE = 2;

    private final Transactions transactions;
    private final WebhookSender sender;
    private final String node;
    private final Notifications notifications;
    private final BooleanSupplier stopping;
    private final Semaphore connections = new Semaphore(TRANSACTIONS_AT_ONCE);

    /** @param node whose leases are this relay's */
    Relay(
            Transactions transactions,
            WebhookSender sender,
            String node,
            Notifications notifications,
            BooleanSupplier stopping) {
        this.transactions = transactions;
        this.sender = sender;
        this.node = node;
        this.notifications = notifications;
        this.stopping = stopping;
    }

    /** What was sent, and when by the process's clock. */
    private record Sent(Delivery delivery, long nanos) {

        /** @param now by the database's clock */
        Delivery at(Instant now, long nowNanos) {
            return delivery.atTime(now.minusNanos(nowNanos - nanos));
        }
    }

    /** What is to be done for an endpoint. */
    private record Todo(
            Endpoint endpoint, Instant now, List<Lag> due, List<Delivery> again, AtomicInteger failedInARow) {

        /** Whether the endpoint is as it was: else what is left waits for the next look, a moment later. */
        boolean isOf(Endpoint now) {
            return endpoint.failing(null).equals(now.failing(null));
        }
    }

    /** Sends what is due, if no other relay does; answers how many events were taken. */
    int serve(EndpointId id) {
        Optional<Todo> todo = inTransaction(tx -> todo(tx, id));
        if (todo.isEmpty()) {
            return 0;
        }
        try {
            AtomicInteger taken = new AtomicInteger();
            todo.get().again().stream()
                    .takeWhile(any -> !stopping.getAsBoolean())
                    .forEach(delivery -> sendAgain(todo.get(), delivery));
            FewAtATime.of(PRODUCTS_AT_ONCE, todo.get().due(), lag -> {
                if (todo.get().failedInARow().get() < FAILED_IN_A_ROW) {
                    taken.addAndGet(serve(todo.get(), lag));
                }
            });
            return taken.get();
        } finally {
            int unused = inTransaction(tx -> {
                tx.endpoints().free(id, node);
                return 0;
            });
        }
    }

    /** The last numbers are read before the events, so that none of these is missing but those that are forgotten. */
    private Optional<Todo> todo(Transaction tx, EndpointId id) {
        Endpoint endpoint = tx.endpoints().lock(id).orElse(null);
        if (endpoint == null || !endpoint.isEnabled() || !tx.endpoints().lease(id, node, LEASE)) {
            return Optional.empty();
        }
        Instant now = tx.endpoints().now();
        List<Lag> due = tx.endpoints().behind(id).stream()
                .filter(lag -> lag.position().isDue(now))
                .collect(Collectors.toCollection(ArrayList::new));
        // Else those behind one that hangs would always be the last.
        Collections.shuffle(due);
        return Optional.of(
                new Todo(endpoint, now, due, tx.endpoints().toSendAgain(id, AGAIN_AT_ONCE), new AtomicInteger()));
    }

    /** Sends a product's events until there are none, or one is not taken. */
    private int serve(Todo todo, Lag lag) {
        Position at = lag.position();
        int taken = 0;
        List<Sent> deliveries = new ArrayList<>();
        long writtenDownAt = System.nanoTime();
        while (true) {
            Position begin = at;
            List<KeptEvent> events =
                    inTransaction(tx -> tx.events().after(begin.product(), begin.number(), EVENTS_AT_ONCE));
            for (KeptEvent event : events) {
                if (!todo.endpoint().kinds().contains(event.kind())) {
                    at = Position.at(event.product(), event.number());
                    continue;
                }
                if (stopping.getAsBoolean()) {
                    boolean unused = writeDown(todo, at, deliveries);
                    return taken;
                }
                WebhookSender.Attempt attempt =
                        sender.send(todo.endpoint().url(), todo.endpoint().secrets(todo.now()), event);
                notifications.tell(listener -> listener.eventSent(attempt.delivered()));
                if (!attempt.delivered()) {
                    todo.failedInARow().incrementAndGet();
                    failed(todo, at, deliveries, event, attempt);
                    return taken;
                }
                todo.failedInARow().set(0);
                deliveries.add(sent(event, at.attempts() + 1, attempt, todo));
                at = Position.at(event.product(), event.number());
                taken++;
                if (deliveries.size() >= WRITTEN_DOWN_AFTER
                        || System.nanoTime() - writtenDownAt > WRITTEN_DOWN_WITHIN_NANOS) {
                    if (!writeDown(todo, at, deliveries)) {
                        return taken;
                    }
                    writtenDownAt = System.nanoTime();
                }
            }
            if (events.isEmpty() && at.number() < lag.last()) {
                // They were forgotten before anybody had them.
                at = Position.at(at.product(), lag.last());
            }
            if (!writeDown(todo, at, deliveries) || events.size() < EVENTS_AT_ONCE) {
                return taken;
            }
        }
    }

    private static Sent sent(KeptEvent event, int attempts, WebhookSender.Attempt attempt, Todo todo) {
        return new Sent(
                new Delivery(
                        event.id(),
                        event.product(),
                        event.number(),
                        event.kind(),
                        attempt.delivered() ? Delivery.Status.DELIVERED : Delivery.Status.FAILED,
                        attempts,
                        attempt.status(),
                        attempt.answer(),
                        attempt.took(),
                        todo.now()),
                System.nanoTime());
    }

    private static void record(Transaction tx, EndpointId id, List<Sent> deliveries, Instant now) {
        long nowNanos = System.nanoTime();
        tx.endpoints()
                .record(
                        id,
                        deliveries.stream().map(each -> each.at(now, nowNanos)).toList());
    }

    /** Whether the endpoint is this relay's still, and as it was. */
    private boolean writeDown(Todo todo, Position at, List<Sent> deliveries) {
        EndpointId id = todo.endpoint().id();
        return inTransaction(tx -> {
            Endpoint endpoint = tx.endpoints().lock(id).orElse(null);
            if (endpoint == null || !tx.endpoints().lease(id, node, LEASE)) {
                return false;
            }
            if (!deliveries.isEmpty() && endpoint.failingSince() != null) {
                tx.endpoints().save(endpoint.failing(null));
            }
            Instant now = tx.endpoints().now();
            tx.endpoints().move(id, List.of(at));
            record(tx, id, deliveries, now);
            tx.afterCommit(deliveries::clear);
            return todo.isOf(endpoint);
        });
    }

    private void failed(Todo todo, Position at, List<Sent> before, KeptEvent event, WebhookSender.Attempt attempt) {
        EndpointId id = todo.endpoint().id();
        String givenUp = inTransaction(tx -> {
            Endpoint endpoint = tx.endpoints().lock(id).orElse(null);
            if (endpoint == null || !tx.endpoints().lease(id, node, LEASE)) {
                return "";
            }
            Instant now = tx.endpoints().now();
            Optional<Position> next = RetryPolicy.afterFailure(at, attempt.status(), attempt.retryAfter(), now);
            List<Sent> all = new ArrayList<>(before);
            all.add(sent(event, at.attempts() + 1, attempt, todo));
            record(tx, id, all, now);
            tx.endpoints().move(id, List.of(next.orElse(at)));
            Instant since = endpoint.failingSince() == null || !before.isEmpty() ? now : endpoint.failingSince();
            Endpoint failing = endpoint.failing(since);
            if (next.isPresent() || !endpoint.isEnabled()) {
                tx.endpoints().save(failing);
                return "";
            }
            String why = "event " + event.id() + " was not taken in " + (at.attempts() + 1) + " attempts: "
                    + (attempt.status() == 0 ? attempt.answer() : "status " + attempt.status());
            tx.endpoints().save(failing.disabled(shortened(why)));
            tx.operatorLog()
                    .add(new LogEntry(
                            now, new Cause("relay", "given up"), Action.ENDPOINT_DISABLED, id.value(), shortened(why)));
            return why;
        });
        if (!givenUp.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Endpoint {0} at {1} is disabled: {2}. Enable it once it takes events again, and it goes on where it was",
                    id,
                    todo.endpoint().url().getHost(),
                    givenUp);
            notifications.tell(listener -> listener.failed(new SaleListener.Failure(
                    SaleListener.Work.SEND_EVENTS, "endpoint " + id, new IllegalStateException(givenUp))));
        }
    }

    private static String shortened(String why) {
        return why.length() > Endpoint.WHY_MAX_LENGTH ? why.substring(0, Endpoint.WHY_MAX_LENGTH) : why;
    }

    /** Once, whatever comes of it: an operator sees that, and may ask again. */
    private void sendAgain(Todo todo, Delivery delivery) {
        Optional<KeptEvent> kept =
                inTransaction(tx -> tx.events().after(delivery.product(), delivery.number() - 1, 1)).stream()
                        .filter(event -> event.number() == delivery.number())
                        .findFirst();
        WebhookSender.Attempt attempt = kept.map(event ->
                        sender.send(todo.endpoint().url(), todo.endpoint().secrets(todo.now()), event))
                .orElseGet(() -> new WebhookSender.Attempt(0, "the event is not kept any more", null, Duration.ZERO));
        int unused = inTransaction(tx -> {
            if (tx.endpoints().lease(todo.endpoint().id(), node, LEASE)) {
                tx.endpoints()
                        .record(
                                todo.endpoint().id(),
                                List.of(delivery.sent(
                                        attempt.delivered() ? Delivery.Status.DELIVERED : Delivery.Status.FAILED,
                                        attempt.status(),
                                        attempt.answer(),
                                        attempt.took(),
                                        tx.endpoints().now())));
            }
            return 0;
        });
    }

    private <T> T inTransaction(Transactions.Work<T> work) {
        connections.acquireUninterruptibly();
        try {
            return transactions.runAlone(work);
        } finally {
            connections.release();
        }
    }
}
