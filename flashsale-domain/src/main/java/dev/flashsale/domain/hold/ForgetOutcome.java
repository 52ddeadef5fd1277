package dev.flashsale.domain.hold;

/** What became of a wish to forget a customer. A repetition forgets what has come since, which mostly is nothing. */
public sealed interface ForgetOutcome {

    /** The reason, or the operator's name, has the customer's id in it, and would keep it. Nothing changed. */
    record NamedInCause() implements ForgetOutcome {}

    /**
     * Nothing bears the customer's id any more.
     *
     * @param holds that bear a random one instead, by this call
     * @param keys idempotency keys of the customer's that were removed by it
     */
    record Forgotten(int holds, int keys) implements ForgetOutcome {}
}
