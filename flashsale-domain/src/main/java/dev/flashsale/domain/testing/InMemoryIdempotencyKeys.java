package dev.flashsale.domain.testing;

import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.testing.InMemoryDatabase.KeptKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

final class InMemoryIdempotencyKeys implements IdempotencyKeyRepository {

    private final InMemoryDatabase database;

    InMemoryIdempotencyKeys(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<ScopedKey, KeptOutcome> find(Set<ScopedKey> keys) {
        synchronized (database) {
            Map<ScopedKey, KeptOutcome> found = new TreeMap<>();
            Tables.among(database.tables().keys, keys).forEach((key, row) -> found.put(key, row.outcome()));
            return found;
        }
    }

    @Override
    public void insert(Collection<KeptOutcome> outcomes) {
        synchronized (database) {
            outcomes.forEach(
                    outcome -> Tables.add(database.tables().keys, outcome.key(), new KeptKey(outcome, database.now())));
        }
    }

    @Override
    public int countOlderThan(Duration age) {
        synchronized (database) {
            return Math.toIntExact(olderThan(age).count());
        }
    }

    private Stream<KeptKey> olderThan(Duration age) {
        Instant latest = database.now().minus(age);
        return database.tables().keys.values().stream()
                .filter(row -> !row.keptAt().isAfter(latest));
    }

    @Override
    public List<ScopedKey> page(Optional<ScopedKey> after, int limit) {
        synchronized (database) {
            return database.tables().keys.keySet().stream()
                    .filter(key -> after.isEmpty() || key.compareTo(after.get()) > 0)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public int delete(Set<ScopedKey> keys) {
        synchronized (database) {
            Set<ScopedKey> known = Tables.among(database.tables().keys, keys).keySet();
            Tables.remove(database.tables().keys, known);
            return known.size();
        }
    }

    @Override
    public int deleteOlderThan(Duration age, int limit) {
        synchronized (database) {
            List<ScopedKey> old = olderThan(age)
                    .sorted(Comparator.comparing(KeptKey::keptAt))
                    .limit(limit)
                    .map(row -> row.outcome().key())
                    .toList();
            Tables.remove(database.tables().keys, old);
            return old.size();
        }
    }
}
