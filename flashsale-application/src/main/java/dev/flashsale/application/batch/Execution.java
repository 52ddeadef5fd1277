package dev.flashsale.application.batch;

import dev.flashsale.application.Busy;
import dev.flashsale.application.NotSetUp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Runs a batch and tells each caller. Only its leader does, without a lock. */
final class Execution<Q, A> {

    private final Function<Batch<Q>, List<A>> run;

    /** @param run decides a batch: one answer for each request, in their order */
    Execution(Function<Batch<Q>, List<A>> run) {
        this.run = run;
    }

    /**
     * Whatever {@code run} throws or answers, each ticket is told.
     *
     * @param batch grows by those whom {@code latecomers} adds
     * @return whether its lanes are better served each alone the next time: the database was busy, or something failed
     */
    boolean answer(List<Ticket<Q, A>> batch, Function<Predicate<Q>, List<Q>> latecomers) {
        List<A> answers;
        try {
            answers = run.apply(Batch.of(requests(batch), latecomers));
        } catch (Busy busy) {
            batch.forEach(ticket -> ticket.refuse(busy.again()));
            return true;
        } catch (NotSetUp nobodysFault) {
            refuse(batch, nobodysFault);
            return true;
        } catch (RuntimeException failed) {
            return answerOneByOne(batch, failed);
        } catch (Error died) {
            refuse(batch, died);
            return true;
        }
        if (answers.size() != batch.size()) {
            // It may have been committed, so nothing is run again.
            refuse(batch, new IllegalStateException(answers.size() + " answers to " + batch.size() + " requests"));
            return false;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(answers.get(i));
        }
        return false;
    }

    private boolean answerOneByOne(List<Ticket<Q, A>> batch, RuntimeException failed) {
        if (batch.size() == 1) {
            batch.get(0).refuse(failed);
            return true;
        }
        boolean some = false;
        for (Ticket<Q, A> ticket : batch) {
            some |= answer(List.of(ticket), fits -> List.of());
        }
        return some;
    }

    /** Only a defect leaves somebody untold; he must not wait for ever. */
    static <Q, A> void refuseUntold(List<Ticket<Q, A>> batch) {
        for (Ticket<Q, A> ticket : batch) {
            if (!ticket.isAnswered()) {
                ticket.refuse(new IllegalStateException("the batch ended without an answer"));
            }
        }
    }

    private static <Q, A> void refuse(List<Ticket<Q, A>> batch, Throwable why) {
        batch.forEach(ticket -> ticket.refuse(why));
    }

    static <Q, A> List<Q> requests(List<Ticket<Q, A>> tickets) {
        List<Q> requests = new ArrayList<>(tickets.size());
        for (Ticket<Q, A> ticket : tickets) {
            requests.add(ticket.request());
        }
        return requests;
    }
}
