package dev.flashsale.application;

import dev.flashsale.application.port.Busy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many callers, one transaction. Callers of one lane queue up, first come, first served. The one at the head leads: it
 * takes what has gathered, runs it as one batch, gives each caller its own answer and passes the lead on. A caller whom
 * nobody else is in the way of leads a batch of one at once. No thread, no timer, nothing to close.
 *
 * <ul>
 *   <li>A lane's queue is bounded; past the bound a caller is {@link Busy} at once.
 *   <li>A caller that is interrupted, or waits longer than it may, leaves the queue as {@link Busy}. Once its request is
 *       in a batch it stays for the answer, which the database's time-outs bound; so it never harms the others.
 *   <li>A batch that fails is run again one by one, so that a request that cannot be done fails alone. A batch that is
 *       {@link Busy} is not: the database would be as busy for each.
 *   <li>Whatever a leader dies of, its batch is told, and the lead is passed on.
 * </ul>
 *
 * @param <L> what tells lanes apart
 * @param <Q> a request
 * @param <A> an answer
 */
final class GroupCommit<L, Q, A> {

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Function<List<Q>, List<A>> run;
    private final GroupCommitBounds bounds;
    private final ConcurrentHashMap<L, Lane> lanes = new ConcurrentHashMap<>();

    /** @param run decides a batch: one answer for each request, in their order */
    GroupCommit(Function<List<Q>, List<A>> run, GroupCommitBounds bounds) {
        this.run = run;
        this.bounds = bounds;
    }

    /**
     * The answer to a request, decided in a batch with others of its lane.
     *
     * @throws Busy if the queue is full, the wait was too long, the thread was interrupted or the database is busy
     */
    A submit(L lane, Q request) {
        Ticket ticket = new Ticket(request);
        Lane joined = lanes.compute(lane, (key, known) -> {
            Lane mine = known == null ? new Lane() : known;
            mine.users++;
            return mine;
        });
        try {
            return joined.serve(ticket);
        } finally {
            // The last to leave takes the lane away, so that lanes do not outlive their sale.
            lanes.computeIfPresent(lane, (key, known) -> --known.users == 0 ? null : known);
        }
    }

    private enum State {
        QUEUED,
        LEADS,
        IN_BATCH,
        ANSWERED
    }

    /** One caller. Its state changes under the lane's lock, but for the answer, which its leader writes. */
    private final class Ticket {
        final Q request;
        final Thread caller = Thread.currentThread();
        volatile State state = State.QUEUED;

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

    private final class Lane {
        private final ReentrantLock lock = new ReentrantLock();
        private final ArrayDeque<Ticket> queue = new ArrayDeque<>();
        private int leaders;
        /** Callers in here; guarded by the map's own lock on the lane's key. */
        private int users;

        A serve(Ticket ticket) {
            boolean atOnce = enter(ticket);
            boolean interrupted = !atOnce && await(ticket);
            try {
                if (ticket.state == State.LEADS) {
                    if (!atOnce) {
                        letOthersCome();
                    }
                    // An interrupt of this caller is no reason to fail the others' batch: it is put back afterwards.
                    interrupted |= Thread.interrupted();
                    lead();
                }
                return ticket.take();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /**
         * The batch before has just been answered: its callers are about to come back, and join this batch rather than
         * the next. It gives up one turn of the scheduler; what it gains was not measured on a quiet machine.
         */
        @SuppressWarnings("ThreadPriorityCheck")
        private static void letOthersCome() {
            Thread.yield();
        }

        /** Whether the ticket leads at once. */
        private boolean enter(Ticket ticket) {
            lock.lock();
            try {
                if (queue.size() >= bounds.queue()) {
                    throw busy("too many wait for this");
                }
                queue.add(ticket);
                promoteHead();
                return ticket.state == State.LEADS;
            } finally {
                lock.unlock();
            }
        }

        /** Waits to lead or to be answered; says whether the thread was interrupted meanwhile. */
        private boolean await(Ticket ticket) {
            long deadline = System.nanoTime() + bounds.patience().toNanos();
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
                    LockSupport.parkNanos(this, left);
                } else {
                    LockSupport.park(this);
                }
                interrupted |= Thread.interrupted();
            }
        }

        /** Leaves the queue; impossible once a batch has the ticket or it leads. */
        private boolean leave(Ticket ticket) {
            lock.lock();
            try {
                return ticket.state == State.QUEUED && queue.remove(ticket);
            } finally {
                lock.unlock();
            }
        }

        private void lead() {
            List<Ticket> batch = takeBatch();
            try {
                GroupCommit.this.answer(batch);
            } finally {
                passOn();
            }
        }

        private List<Ticket> takeBatch() {
            lock.lock();
            try {
                List<Ticket> batch = new ArrayList<>(Math.min(queue.size(), bounds.batch()));
                while (batch.size() < bounds.batch() && !queue.isEmpty()) {
                    Ticket ticket = queue.remove();
                    ticket.state = State.IN_BATCH;
                    batch.add(ticket);
                }
                promoteHead();
                return batch;
            } finally {
                lock.unlock();
            }
        }

        private void passOn() {
            lock.lock();
            try {
                leaders--;
                promoteHead();
            } finally {
                lock.unlock();
            }
        }

        /** Lets the head of the queue lead if there is room for one more batch. A head that leads already stays it. */
        private void promoteHead() {
            Ticket head = queue.peek();
            if (head != null && head.state == State.QUEUED && leaders < bounds.inFlight()) {
                leaders++;
                head.state = State.LEADS;
                if (!head.caller.equals(Thread.currentThread())) {
                    LockSupport.unpark(head.caller);
                }
            }
        }
    }

    private void answer(List<Ticket> batch) {
        List<A> answers;
        try {
            answers = run.apply(batch.stream().map(ticket -> ticket.request).toList());
        } catch (Busy busy) {
            batch.forEach(
                    ticket -> ticket.refuse(new Busy("the database could not do it now", busy.retryAfter(), busy)));
            return;
        } catch (RuntimeException failed) {
            if (batch.size() == 1) {
                batch.get(0).refuse(failed);
            } else {
                batch.forEach(ticket -> answer(List.of(ticket)));
            }
            return;
        } catch (Error died) {
            batch.forEach(ticket -> ticket.refuse(died));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(answers.get(i));
        }
    }

    private static Busy busy(String why) {
        return new Busy(why, COME_BACK, null);
    }
}
