package dev.flashsale.application;

import dev.flashsale.application.port.Busy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Many callers, one transaction. Callers of one lane queue up, first come, first served. The one at the head leads: it
 * takes what has gathered, in its own lane and then in the others that nobody serves, lane by lane, runs it as one batch,
 * gives each caller its own answer and passes the lead on. A caller whom nobody else is in the way of leads a batch of one
 * at once. No thread, no timer, nothing to close.
 *
 * <ul>
 *   <li>A lane's queue is bounded; past the bound a caller is {@link Busy} at once.
 *   <li>A caller that is interrupted, or waits longer than it may, leaves the queue as {@link Busy}. Once its request is
 *       in a batch it stays for the answer, which the database's time-outs bound; so it never harms the others.
 *   <li>A batch that fails is run again one by one, so that a request that cannot be done fails alone. A batch that is
 *       {@link Busy} is not: the database would be as busy for each. Its lanes are served one by one the next time, so
 *       that one that somebody else keeps locked does not hold up the others again.
 *   <li>Whatever a leader dies of, its batch is told, and the lead is passed on.
 * </ul>
 *
 * @param <L> what tells lanes apart
 * @param <Q> a request
 * @param <A> an answer
 */
final class GroupCommit<L, Q, A> {

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    /** A batch under way for as long is not waited for. */
    private static final Duration LATE = Duration.ofMillis(10);

    private final Function<Batch<Q>, List<A>> run;
    private final GroupCommitBounds bounds;
    private final int inFlightOfLane;
    private final long lateNanos;

    /** Guards everything below, the lanes and the states of the tickets in their queues; held for moments. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that somebody waits in or that are being served: lanes do not outlive their sale. */
    private final Map<Key<L>, Lane> lanes = new HashMap<>();

    /** Lanes that somebody waits in and that may be served, in the order in which they get their turn. */
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();

    private int leaders;
    private long lastLedAt;

    /** Whether all who shared the batch before may join the next one: it let them, and was of one lane. */
    private volatile boolean othersMayJoin;

    /**
     * @param run decides a batch: one answer for each request, in their order; those who come to the lanes of the batch
     *     meanwhile may join it
     * @param inFlightOfLane batches of one lane at the same time at most, 1 or more
     */
    GroupCommit(Function<Batch<Q>, List<A>> run, GroupCommitBounds bounds, int inFlightOfLane) {
        this(run, bounds, inFlightOfLane, LATE);
    }

    /** @param late a batch under way for as long is not waited for */
    GroupCommit(Function<Batch<Q>, List<A>> run, GroupCommitBounds bounds, int inFlightOfLane, Duration late) {
        this.run = run;
        this.bounds = bounds;
        this.inFlightOfLane = inFlightOfLane;
        lateNanos = late.toNanos();
    }

    /**
     * The answer to a request, decided in a batch with others.
     *
     * @param tenant lanes of different ones never share a batch; null where there is but one
     * @throws Busy if the queue is full, the wait was too long, the thread was interrupted or the database is busy
     */
    A submit(@Nullable Object tenant, L lane, Q request) {
        Ticket ticket = new Ticket(request);
        boolean atOnce = enter(new Key<>(tenant, lane), ticket);
        boolean interrupted = !atOnce && await(ticket);
        try {
            if (ticket.state == State.LEADS) {
                if (!atOnce || !othersMayJoin) {
                    letOthersCome();
                }
                // An interrupt of this caller is no reason to fail the others' batch: it is put back afterwards.
                interrupted |= Thread.interrupted();
                lead(ticket);
            }
            return ticket.take();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private enum State {
        QUEUED,
        LEADS,
        IN_BATCH,
        ANSWERED
    }

    /** One caller. Its state changes under the lock, but for the answer, which its leader writes. */
    private final class Ticket {
        final Q request;
        final Thread caller = Thread.currentThread();
        volatile State state = State.QUEUED;

        @Nullable
        Lane lane;

        @Nullable
        A answer;

        @Nullable
        Throwable refusal;

        Ticket(Q request) {
            this.request = request;
        }

        void answer(A given) {
            answer = given;
            end();
        }

        void refuse(Throwable why) {
            refusal = why;
            end();
        }

        private void end() {
            state = State.ANSWERED;
            if (!caller.equals(Thread.currentThread())) {
                LockSupport.unpark(caller);
            }
        }

        A take() {
            if (refusal instanceof RuntimeException failed) {
                throw failed;
            }
            if (refusal instanceof Error died) {
                throw died;
            }
            return Objects.requireNonNull(answer);
        }
    }

    private record Key<L>(@Nullable Object tenant, L lane) {}

    private final class Lane {
        final Key<L> key;
        final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
        int batches;
        boolean isReady;
        /** To be served by itself, since the batch before was busy. */
        boolean alone;

        Lane(Key<L> key) {
            this.key = key;
        }
    }

    /**
     * The batch before has just been answered: its callers are about to come back, and are in this batch rather than the
     * next, if the leader gives up one turn of the scheduler. Its own leader, above all, would else be back first, and take a
     * batch of one. Where they may join later, that would only make them wait.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersCome() {
        Thread.yield();
    }

    /** Whether the ticket leads at once. */
    private boolean enter(Key<L> key, Ticket ticket) {
        lock.lock();
        try {
            Lane lane = lanes.computeIfAbsent(key, Lane::new);
            if (lane.waiting.size() >= bounds.queue()) {
                throw busy("too many wait for this");
            }
            ticket.lane = lane;
            lane.waiting.add(ticket);
            makeReady(lane);
            promote();
            return ticket.state == State.LEADS;
        } finally {
            lock.unlock();
        }
    }

    /** Waits to lead or to be answered; says whether the thread was interrupted meanwhile. */
    private boolean await(Ticket ticket) {
        long deadline = System.nanoTime() + bounds.patience().toNanos();
        long look = LATE.toNanos();
        boolean interrupted = false;
        while (true) {
            long left = deadline - System.nanoTime();
            if ((interrupted || left <= 0) && leave(ticket)) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw busy(interrupted ? "interrupted while waiting" : "waited too long");
            }
            // Looked at last thing before parking: the lock in leave() may have used up the call to wake up.
            if (ticket.state == State.LEADS || ticket.state == State.ANSWERED) {
                return interrupted;
            }
            if (left > 0) {
                LockSupport.parkNanos(this, Math.min(left, look));
                look *= 2;
                promoteIfLate(ticket);
            } else {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
        }
    }

    /** Nobody may have come since the batch under way became late: each who waits looks now and then, ever more rarely. */
    private void promoteIfLate(Ticket ticket) {
        if (ticket.state == State.QUEUED) {
            lock.lock();
            try {
                promote();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Leaves the queue; impossible once a batch has the ticket or it leads. */
    private boolean leave(Ticket ticket) {
        lock.lock();
        try {
            if (ticket.state != State.QUEUED) {
                return false;
            }
            Lane lane = Objects.requireNonNull(ticket.lane);
            boolean left = lane.waiting.remove(ticket);
            ifNobodyWaits(lane);
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void lead(Ticket leader) {
        List<Lane> served = new ArrayList<>(List.of(Objects.requireNonNull(leader.lane)));
        List<Ticket> batch = new ArrayList<>(List.of(leader));
        boolean busy = true;
        try {
            takeBatch(batch, served);
            busy = answer(batch, fits -> latecomers(batch, served, fits));
        } finally {
            // Only a defect leaves somebody untold; he must not wait for ever.
            batch.stream()
                    .filter(ticket -> ticket.state != State.ANSWERED)
                    .forEach(ticket -> ticket.refuse(new IllegalStateException("the batch ended without an answer")));
            passOn(served, busy);
        }
    }

    private void takeBatch(List<Ticket> batch, List<Lane> served) {
        lock.lock();
        try {
            Lane lane = served.get(0);
            fill(batch, lane, anyone -> true);
            boolean alone = lane.alone;
            while (!alone && batch.size() < bounds.batch() && (lane = nextToShareWith(served.get(0))) != null) {
                fill(batch, lane, anyone -> true);
                served.add(lane);
            }
            othersMayJoin = false;
            served.forEach(this::makeReady);
            promote();
        } finally {
            lock.unlock();
        }
    }

    private List<Q> latecomers(List<Ticket> batch, List<Lane> served, Predicate<Q> fits) {
        lock.lock();
        try {
            othersMayJoin = served.size() == 1;
            int before = batch.size();
            served.forEach(lane -> fill(batch, lane, fits));
            return requests(batch.subList(before, batch.size()));
        } finally {
            lock.unlock();
        }
    }

    private List<Q> requests(List<Ticket> tickets) {
        return tickets.stream().map(ticket -> ticket.request).toList();
    }

    private @Nullable Lane nextToShareWith(Lane first) {
        for (Lane next : ready) {
            if (Objects.equals(next.key.tenant(), first.key.tenant())) {
                return next.alone ? null : take(next);
            }
        }
        return null;
    }

    private void fill(List<Ticket> batch, Lane lane, Predicate<Q> fits) {
        while (batch.size() < bounds.batch() && !lane.waiting.isEmpty() && fits.test(lane.waiting.element().request)) {
            Ticket ticket = lane.waiting.remove();
            ticket.state = State.IN_BATCH;
            batch.add(ticket);
        }
        ifNobodyWaits(lane);
    }

    private void passOn(List<Lane> served, boolean busy) {
        lock.lock();
        try {
            leaders--;
            for (Lane lane : served) {
                lane.batches--;
                lane.alone = busy;
                makeReady(lane);
                ifNobodyWaits(lane);
            }
            promote();
        } finally {
            lock.unlock();
        }
    }

    /**
     * One batch at a time shares the most. Where it takes long, for a slow database or for a row that somebody else has
     * locked, those who need not wait for it do not.
     */
    private boolean mayLead() {
        return leaders == 0 || (leaders < bounds.inFlight() && System.nanoTime() - lastLedAt >= lateNanos);
    }

    private void makeReady(Lane lane) {
        if (!lane.isReady && !lane.waiting.isEmpty() && lane.batches < inFlightOfLane) {
            lane.isReady = true;
            ready.add(lane);
        }
    }

    /** A lane that nobody waits in gets no turn, and is forgotten once it is not served either. */
    private void ifNobodyWaits(Lane lane) {
        if (lane.waiting.isEmpty()) {
            if (lane.isReady) {
                lane.isReady = false;
                ready.remove(lane);
            }
            if (lane.batches == 0) {
                lanes.remove(lane.key);
            }
        }
    }

    private Lane take(Lane lane) {
        ready.remove(lane);
        lane.isReady = false;
        lane.batches++;
        return lane;
    }

    /** Lets the heads of the lanes whose turn it is lead, as long as there is room for one more batch. */
    private void promote() {
        while (!ready.isEmpty() && mayLead()) {
            Ticket head = take(ready.element()).waiting.remove();
            leaders++;
            lastLedAt = System.nanoTime();
            head.state = State.LEADS;
            if (!head.caller.equals(Thread.currentThread())) {
                LockSupport.unpark(head.caller);
            }
        }
    }

    /** Runs a batch and tells each caller; says whether the database was busy. */
    private boolean answer(List<Ticket> batch, Function<Predicate<Q>, List<Q>> latecomers) {
        List<A> answers;
        try {
            answers = run.apply(Batch.of(requests(batch), latecomers));
        } catch (Busy busy) {
            batch.forEach(
                    ticket -> ticket.refuse(new Busy("the database could not do it now", busy.retryAfter(), busy)));
            return true;
        } catch (RuntimeException failed) {
            if (batch.size() == 1) {
                batch.get(0).refuse(failed);
                return false;
            }
            boolean busy = false;
            for (Ticket ticket : batch) {
                busy |= answer(List.of(ticket), fits -> List.of());
            }
            return busy;
        } catch (Error died) {
            batch.forEach(ticket -> ticket.refuse(died));
            return false;
        }
        if (answers.size() != batch.size()) {
            // It may have been committed, so nothing is run again.
            IllegalStateException defect =
                    new IllegalStateException(answers.size() + " answers to " + batch.size() + " requests");
            batch.forEach(ticket -> ticket.refuse(defect));
            return false;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(answers.get(i));
        }
        return false;
    }

    private static Busy busy(String why) {
        return new Busy(why, COME_BACK, null);
    }
}
