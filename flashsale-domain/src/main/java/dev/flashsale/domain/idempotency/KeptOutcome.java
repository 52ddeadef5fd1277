package dev.flashsale.domain.idempotency;

/**
 * What became of a request under its key, in words that its use case wrote and can read.
 *
 * @param request what was asked for: another request reads otherwise; at most {@value #MAX_REQUEST} ASCII characters
 * @param outcome what the request does not say; at most {@value #MAX_OUTCOME} ASCII characters
 */
public record KeptOutcome(ScopedKey key, String request, String outcome) {

    public static final int MAX_REQUEST = 1000;
    public static final int MAX_OUTCOME = 2000;
}
