package dev.flashsale.domain.idempotency;

/**
 * What became of a request that may carry an idempotency key. {@link KeyReused} comes before {@link Replayed}, and that
 * before {@link First}.
 *
 * @param <A> what becomes of such a request without a key
 */
public sealed interface KeyedOutcome<A> {

    /** The key was used before, for another request. Nothing changed. */
    record KeyReused<A>(IdempotencyKey key) implements KeyedOutcome<A> {}

    /** The same request was decided before; this is what became of it then. Nothing changed. */
    record Replayed<A>(A outcome) implements KeyedOutcome<A> {}

    /** Decided now. */
    record First<A>(A outcome) implements KeyedOutcome<A> {}
}
