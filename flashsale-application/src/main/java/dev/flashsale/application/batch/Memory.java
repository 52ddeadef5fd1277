package dev.flashsale.application.batch;

import dev.flashsale.domain.idempotency.KeyedOutcome;
import java.util.List;
import java.util.Optional;

/** Answers requests with what others were answered a moment ago, so that they do not reach the database. */
public interface Memory<Q, A> {

    /** The answer, if it is known. */
    Optional<A> answer(Q request);

    /** Called before a batch is decided; learns from what comes of it. */
    Lesson<Q, A> before(List<Q> requests);

    /** Is given the requests of a batch, those who joined it included, and what each was answered. */
    @FunctionalInterface
    interface Lesson<Q, A> {
        void decided(List<Q> requests, List<KeyedOutcome<A>> answers);
    }

    /** Remembers nothing. */
    static <Q, A> Memory<Q, A> none() {
        return new Memory<>() {
            @Override
            public Optional<A> answer(Q request) {
                return Optional.empty();
            }

            @Override
            public Lesson<Q, A> before(List<Q> requests) {
                return (unused, learnt) -> {};
            }
        };
    }
}
