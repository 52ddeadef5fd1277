package dev.flashsale.domain.idempotency;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Secondary port: the outcomes that are kept under keys. */
public interface IdempotencyKeyRepository {

    /**
     * What is kept under those of these keys that are known. Nothing is locked, for what is kept does not change. Whoever
     * keeps nothing under a key after all must {@linkplain #findAgain look again}.
     */
    Map<ScopedKey, KeptOutcome> find(Set<ScopedKey> keys);

    /** What is kept by now, and by whomever; nothing is kept under these keys afterwards by this transaction. */
    default Map<ScopedKey, KeptOutcome> findAgain(Set<ScopedKey> keys) {
        return find(keys);
    }

    /**
     * Keeps outcomes under new keys, given in the order of the keys. Waits for another transaction that keeps one under
     * the same key, and fails if that one is committed.
     */
    void insert(Collection<KeptOutcome> outcomes);

    /**
     * Removes what was kept that long ago or longer, the oldest first. Never waits.
     *
     * @param limit at most this many
     * @return how many were removed
     */
    int deleteOlderThan(Duration age, int limit);

    /**
     * A page of all keys, in their order. Nothing is locked.
     *
     * @param after the last one of the page before; empty for the first page
     * @param limit at most this many
     */
    List<ScopedKey> page(Optional<ScopedKey> after, int limit);

    /**
     * Removes what is kept under these keys.
     *
     * @return how many of them were known
     */
    int delete(Set<ScopedKey> keys);

    /** How many were kept that long ago or longer. Nothing is locked. */
    int countOlderThan(Duration age);
}
