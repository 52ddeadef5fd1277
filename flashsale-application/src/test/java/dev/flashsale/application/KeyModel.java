package dev.flashsale.application;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was decided under the keys of one kind of request.
 *
 * @param <S> among which requests a key counts
 * @param <Q> what makes another request of it
 * @param <A> its outcome
 */
final class KeyModel<S, Q, A> {

    private record Kept<Q, A>(Q request, A outcome, Instant at) {}

    private final Map<S, Kept<Q, A>> kept = new HashMap<>();
    private final Predicate<A> passes;
    private final UnaryOperator<A> asKept;

    KeyModel(Predicate<A> passes, UnaryOperator<A> asKept) {
        this.passes = passes;
        this.asKept = asKept;
    }

    KeyedOutcome<A> once(S scope, IdempotencyKey key, Q request, Instant now, Supplier<A> decide) {
        Kept<Q, A> first = kept.get(scope);
        if (first != null) {
            return first.request.equals(request)
                    ? new KeyedOutcome.Replayed<>(first.outcome)
                    : new KeyedOutcome.KeyReused<>(key);
        }
        A outcome = decide.get();
        if (!passes.test(outcome)) {
            kept.put(scope, new Kept<>(request, asKept.apply(outcome), now));
        }
        return new KeyedOutcome.First<>(outcome);
    }

    boolean knows(S scope) {
        return kept.containsKey(scope);
    }

    void forget(Instant now) {
        kept.values().removeIf(first -> !now.isBefore(forgottenAt(first)));
    }

    /** When something can be forgotten. */
    Stream<Instant> moments() {
        return kept.values().stream().map(KeyModel::forgottenAt);
    }

    private static Instant forgottenAt(Kept<?, ?> first) {
        return first.at.plus(Housekeeping.MIN_KEY_AGE);
    }
}
