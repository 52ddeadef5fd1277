package dev.flashsale.application.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.flashsale.application.Busy;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.batch.Lanes.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
 *       {@link Busy}, or whose database is {@link dev.flashsale.application.NotSetUp}, is not: it would be the same for
 *       each. After both its lanes are served one by one the next time, so that one that somebody else keeps locked, or
 *       whose rows are wrong, does not hold up the others again.
 *   <li>Whatever a leader dies of, its batch is told, and the lead is passed on.
 * </ul>
 *
 * @param <L> what tells lanes apart
 * @param <Q> a request
 * @param <A> an answer
 */
public final class GroupCommit<L, Q, A> {

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private static final Duration LATE = Duration.ofMillis(10);

    private final Execution<Q, A> execution;
    private final GroupCommitBounds bounds;
    private final LongSupplier nanoTime;
    private final Courtesy courtesy = new Courtesy();

    /** Held for moments. */
    private final Lock lock;

    @GuardedBy("lock")
    private final Lanes<Ticket<Q, A>> lanes;

    @GuardedBy("lock")
    private final Pace pace;

    /**
     * @param run decides a batch: one answer for each request, in their order; those who come to the lanes of the batch
     *     meanwhile may join it
     * @param inFlightOfLane batches of one lane at the same time at most, 1 or more
     */
    public GroupCommit(Function<Batch<Q>, List<A>> run, GroupCommitBounds bounds, int inFlightOfLane) {
        this(run, bounds, new Lanes<>(bounds.queue(), inFlightOfLane), LATE, new ReentrantLock(), System::nanoTime);
    }

    /** @param late a batch under way for as long is not waited for */
    GroupCommit(
            Function<Batch<Q>, List<A>> run,
            GroupCommitBounds bounds,
            Lanes<Ticket<Q, A>> lanes,
            Duration late,
            Lock lock,
            LongSupplier nanoTime) {
        execution = new Execution<>(run);
        this.bounds = bounds;
        this.lanes = lanes;
        pace = new Pace(bounds.inFlight(), late, nanoTime);
        this.lock = lock;
        this.nanoTime = nanoTime;
    }

    /**
     * The answer to a request, decided in a batch with others.
     *
     * @param tenant lanes of different ones never share a batch; null where there is but one
     * @throws Busy if the queue is full, the wait was too long, the thread was interrupted or the database is busy
     */
    public A submit(@Nullable Object tenant, L lane, Q request) {
        Ticket<Q, A> ticket = new Ticket<>(request);
        boolean atOnce = enter(new Lanes.Key(tenant, lane), ticket);
        boolean interrupted = !atOnce && await(ticket);
        try {
            if (ticket.leads()) {
                courtesy.letOthersCome(atOnce);
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

    /** Whether the ticket leads at once. */
    private boolean enter(Lanes.Key key, Ticket<Q, A> ticket) {
        lock.lock();
        try {
            Lane<Ticket<Q, A>> lane = lanes.enter(key, ticket);
            if (lane == null) {
                throw Busy.queue("too many wait for this", COME_BACK);
            }
            ticket.waitsIn(lane);
            promote();
            return ticket.leads();
        } finally {
            lock.unlock();
        }
    }

    /** Waits to lead or to be answered; says whether the thread was interrupted meanwhile. */
    private boolean await(Ticket<Q, A> ticket) {
        long deadline = nanoTime.getAsLong() + bounds.patience().toNanos();
        long look = LATE.toNanos();
        boolean interrupted = false;
        while (true) {
            long left = deadline - nanoTime.getAsLong();
            if ((interrupted || left <= 0) && leave(ticket)) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                throw Busy.queue(interrupted ? "interrupted while waiting" : "waited too long", COME_BACK);
            }
            // Looked at last thing before parking: the lock in leave() may have used up the call to wake up.
            if (ticket.leads() || ticket.isAnswered()) {
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
    private void promoteIfLate(Ticket<Q, A> ticket) {
        if (ticket.isQueued()) {
            lock.lock();
            try {
                promote();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Leaves the queue; impossible once a batch has the ticket or it leads. */
    private boolean leave(Ticket<Q, A> ticket) {
        lock.lock();
        try {
            return ticket.isQueued() && lanes.leave(ticket.lane(), ticket);
        } finally {
            lock.unlock();
        }
    }

    private void lead(Ticket<Q, A> leader) {
        List<Lane<Ticket<Q, A>>> served = new ArrayList<>(List.of(leader.lane()));
        List<Ticket<Q, A>> batch = new ArrayList<>(List.of(leader));
        boolean alone = true;
        try {
            takeBatch(batch, served);
            alone = execution.answer(batch, fits -> latecomers(batch, served, fits));
        } finally {
            Execution.refuseUntold(batch);
            passOn(served, alone);
        }
    }

    private void takeBatch(List<Ticket<Q, A>> batch, List<Lane<Ticket<Q, A>>> served) {
        lock.lock();
        try {
            Lane<Ticket<Q, A>> first = served.get(0);
            fill(batch, first, anyone -> true);
            Lane<Ticket<Q, A>> lane;
            while (batch.size() < bounds.batch() && (lane = lanes.nextToShareWith(first)) != null) {
                fill(batch, lane, anyone -> true);
                served.add(lane);
            }
            courtesy.taken();
            lanes.taken(served);
            promote();
        } finally {
            lock.unlock();
        }
    }

    private List<Q> latecomers(List<Ticket<Q, A>> batch, List<Lane<Ticket<Q, A>>> served, Predicate<Q> fits) {
        lock.lock();
        try {
            courtesy.joinable(served.size());
            int before = batch.size();
            for (Lane<Ticket<Q, A>> lane : served) {
                fill(batch, lane, fits);
            }
            return Execution.requests(batch.subList(before, batch.size()));
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void fill(List<Ticket<Q, A>> batch, Lane<Ticket<Q, A>> lane, Predicate<Q> fits) {
        Predicate<Ticket<Q, A>> fitting = ticket -> fits.test(ticket.request());
        Ticket<Q, A> next;
        while (batch.size() < bounds.batch() && (next = lanes.poll(lane, fitting)) != null) {
            next.enterBatch();
            batch.add(next);
        }
    }

    private void passOn(List<Lane<Ticket<Q, A>>> served, boolean alone) {
        lock.lock();
        try {
            pace.end();
            lanes.served(served, alone);
            promote();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the heads of the lanes whose turn it is lead, as long as there is room for one more batch. */
    @GuardedBy("lock")
    private void promote() {
        while (lanes.isAnyReady() && pace.mayBegin()) {
            Ticket<Q, A> head = lanes.next();
            pace.begin();
            head.lead();
        }
    }
}
