package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link dev.flashsale.domain.idempotency.IdempotencyKeyRepository} does. */
public abstract class IdempotencyKeyRepositoryContract extends RepositoryContract {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MANY = 100_000;

    /** Makes it that much longer ago that an outcome was kept, of this key at least. */
    protected abstract void growOld(ScopedKey key, Duration by);

    @Test
    void whatIsKeptIsFoundAsItIs() {
        KeptOutcome one = kept(ScopedKey.ofHold(Examples.newIdempotencyKey(), null));
        KeptOutcome other = kept(ScopedKey.ofOrder(Examples.newIdempotencyKey()));

        assertThat(find(one.key(), other.key(), ScopedKey.ofOrder(Examples.newIdempotencyKey())))
                .containsExactlyInAnyOrder(one, other);
        assertThat(find()).isEmpty();
    }

    @Test
    void theLongestIsKept() {
        String longest = Examples.newIdempotencyKey() + "~".repeat(IdempotencyKey.MAX_LENGTH);
        ScopedKey key = ScopedKey.ofHold(
                new IdempotencyKey(longest.substring(0, IdempotencyKey.MAX_LENGTH)),
                new CustomerId("c".repeat(CustomerId.MAX_LENGTH)));
        KeptOutcome outcome =
                new KeptOutcome(key, "r".repeat(KeptOutcome.MAX_REQUEST), "o".repeat(KeptOutcome.MAX_OUTCOME));

        insert(List.of(outcome));

        assertThat(find(key)).containsExactly(outcome);
    }

    @Test
    void whatLooksAlikeIsAnotherKey() {
        String text = Examples.newIdempotencyKey().value();
        List<KeptOutcome> all = Stream.of(
                        ScopedKey.ofHold(new IdempotencyKey(text), null),
                        ScopedKey.ofHold(new IdempotencyKey(text + " "), null),
                        ScopedKey.ofHold(new IdempotencyKey(" " + text), null),
                        ScopedKey.ofHold(new IdempotencyKey(text.toUpperCase(java.util.Locale.ROOT)), null),
                        ScopedKey.ofHold(new IdempotencyKey(text), new CustomerId("ann")),
                        ScopedKey.ofHold(new IdempotencyKey(text), new CustomerId("Ann")),
                        ScopedKey.ofOrder(new IdempotencyKey(text)))
                .sorted()
                .map(key -> new KeptOutcome(key, "request", "outcome"))
                .toList();

        insert(all);

        assertThat(find(all.stream().map(KeptOutcome::key).toArray(ScopedKey[]::new)))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aKeyIsUsedOnce() {
        KeptOutcome first = kept(ScopedKey.ofOrder(Examples.newIdempotencyKey()));
        KeptOutcome beside = new KeptOutcome(ScopedKey.ofOrder(Examples.newIdempotencyKey()), "request", "outcome");
        KeptOutcome second = new KeptOutcome(first.key(), "request", "another outcome");

        assertThatThrownBy(() -> insert(List.of(beside, second))).isInstanceOf(RuntimeException.class);

        assertThat(find(first.key(), beside.key())).containsExactly(first);
    }

    @Test
    void keysArePagedInTheirOrderAndThoseThatAreRemovedAreKnownNoMore() {
        CustomerId ann = new CustomerId(Examples.newIdempotencyKey().value());
        List<ScopedKey> ofAnn = Stream.generate(() -> ScopedKey.ofHold(Examples.newIdempotencyKey(), ann))
                .limit(5)
                .sorted()
                .toList();
        ofAnn.forEach(this::kept);
        KeptOutcome another = kept(ScopedKey.ofHold(Examples.newIdempotencyKey(), null));

        List<ScopedKey> seen = new ArrayList<>();
        Optional<ScopedKey> after = Optional.empty();
        List<ScopedKey> page;
        do {
            page = repositories().idempotencyKeys().page(after, 3);
            seen.addAll(page);
            after = Optional.of(seen.getLast());
        } while (page.size() == 3);
        Set<ScopedKey> some = new TreeSet<>(
                List.of(ofAnn.getFirst(), ofAnn.getLast(), ScopedKey.ofOrder(Examples.newIdempotencyKey())));
        assertThat(inTransaction(() -> repositories().idempotencyKeys().delete(some)))
                .isEqualTo(2);

        assertThat(seen).doesNotHaveDuplicates().isSorted().contains(another.key());
        assertThat(seen.stream().filter(key -> key.isOf(ann))).containsExactlyElementsOf(ofAnn);
        assertThat(find(ofAnn.toArray(ScopedKey[]::new)))
                .extracting(KeptOutcome::key)
                .containsExactlyInAnyOrderElementsOf(ofAnn.subList(1, 4));
    }

    @Test
    void manyAreKeptAndFoundAtOnce() {
        List<KeptOutcome> all = Stream.generate(() -> ScopedKey.ofOrder(Examples.newIdempotencyKey()))
                .limit(300)
                .sorted()
                .map(key -> new KeptOutcome(key, "request", "outcome"))
                .toList();

        insert(all);
        insert(List.of());

        assertThat(find(all.stream().map(KeptOutcome::key).toArray(ScopedKey[]::new)))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void whatIsOldIsRemovedTheOldestFirstAndNothingElse() {
        KeptOutcome oldest = kept(ScopedKey.ofOrder(Examples.newIdempotencyKey()));
        growOld(oldest.key(), DAY);
        KeptOutcome old = kept(ScopedKey.ofOrder(Examples.newIdempotencyKey()));
        growOld(old.key(), DAY);
        KeptOutcome recent = kept(ScopedKey.ofOrder(Examples.newIdempotencyKey()));
        growOld(recent.key(), DAY.minusMinutes(1));

        assertThat(countOlderThan(DAY)).isEqualTo(2);
        assertThat(deleteOlderThan(DAY, 1)).isEqualTo(1);
        assertThat(find(old.key(), oldest.key(), recent.key())).hasSize(2).contains(recent);
        assertThat(deleteOlderThan(DAY, MANY)).isEqualTo(1);
        assertThat(find(old.key(), oldest.key(), recent.key())).containsExactly(recent);
        assertThat(deleteOlderThan(DAY, MANY)).isZero();
        assertThat(countOlderThan(DAY)).isZero();
    }

    private int countOlderThan(Duration age) {
        return inTransaction(() -> repositories().idempotencyKeys().countOlderThan(age));
    }

    private KeptOutcome kept(ScopedKey key) {
        KeptOutcome outcome = new KeptOutcome(key, "1 2", "placed 2026-11-27T08:00:00.123456Z");
        insert(List.of(outcome));
        return outcome;
    }

    private void insert(List<KeptOutcome> outcomes) {
        commit(() -> repositories().idempotencyKeys().insert(outcomes));
    }

    private Collection<KeptOutcome> find(ScopedKey... keys) {
        Map<ScopedKey, KeptOutcome> found =
                inTransaction(() -> repositories().idempotencyKeys().find(Set.of(keys)));
        assertThat(found.keySet())
                .isEqualTo(found.values().stream().map(KeptOutcome::key).collect(Collectors.toSet()));
        return found.values();
    }

    private int deleteOlderThan(Duration age, int limit) {
        return inTransaction(() -> repositories().idempotencyKeys().deleteOlderThan(age, limit));
    }
}
