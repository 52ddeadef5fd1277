package dev.flashsale.application.batch;

import dev.flashsale.application.batch.Lanes.Lane;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller, the thread that made it, and what it asks for: it waits until it leads or is answered. */
final class Ticket<Q, A> {

    private enum State {
        QUEUED,
        LEADS,
        IN_BATCH,
        ANSWERED
    }

    private final Q request;
    private final Thread caller = Thread.currentThread();

    /**
     * Leaves QUEUED under the lock of the group commit alone, so nobody is both in a batch and gone. Volatile for those who
     * look or write without it: the caller between two parks, and the leader, whose answer is there for whoever sees ANSWERED.
     */
    private volatile State state = State.QUEUED;

    /** The caller's, like the two methods about it. */
    private @Nullable Lane<Ticket<Q, A>> lane;

    private @Nullable A answer;
    private @Nullable Throwable refusal;

    Ticket(Q request) {
        this.request = request;
    }

    Q request() {
        return request;
    }

    void waitsIn(Lane<Ticket<Q, A>> lane) {
        this.lane = lane;
    }

    Lane<Ticket<Q, A>> lane() {
        return Objects.requireNonNull(lane);
    }

    boolean isQueued() {
        return state == State.QUEUED;
    }

    boolean leads() {
        return state == State.LEADS;
    }

    boolean isAnswered() {
        return state == State.ANSWERED;
    }

    /** Under the lock. */
    void lead() {
        state = State.LEADS;
        wakeUp();
    }

    /** Under the lock. */
    void enterBatch() {
        state = State.IN_BATCH;
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
        wakeUp();
    }

    private void wakeUp() {
        if (!caller.equals(Thread.currentThread())) {
            LockSupport.unpark(caller);
        }
    }

    /** What it was told, once it is answered. */
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
