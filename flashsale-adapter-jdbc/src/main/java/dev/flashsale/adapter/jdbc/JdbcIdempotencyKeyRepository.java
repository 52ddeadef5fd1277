package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_IDEMPOTENCY_KEY;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.row;

import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Query;

final class JdbcIdempotencyKeyRepository implements IdempotencyKeyRepository {

    private static final HotStatement FIND = new HotStatement(length -> Sql.STATEMENTS
            .select(FLASHSALE_IDEMPOTENCY_KEY.ID, FLASHSALE_IDEMPOTENCY_KEY.REQUEST, FLASHSALE_IDEMPOTENCY_KEY.OUTCOME)
            .from(Sql.byKey(FLASHSALE_IDEMPOTENCY_KEY))
            .where(Sql.anyOf(FLASHSALE_IDEMPOTENCY_KEY.ID, length)));

    private static final HotStatement INSERT = new HotStatement(JdbcIdempotencyKeyRepository::insertRows);

    private static final HotStatement LOCK = FIND.atOnce();

    private final Sql sql;

    JdbcIdempotencyKeyRepository(Sql sql) {
        this.sql = sql;
    }

    private static Query insertRows(int length) {
        return Sql.STATEMENTS
                .insertInto(
                        FLASHSALE_IDEMPOTENCY_KEY,
                        FLASHSALE_IDEMPOTENCY_KEY.ID,
                        FLASHSALE_IDEMPOTENCY_KEY.REQUEST,
                        FLASHSALE_IDEMPOTENCY_KEY.OUTCOME,
                        FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT)
                .valuesOfRows(Collections.nCopies(
                        length,
                        row(
                                Sql.param(FLASHSALE_IDEMPOTENCY_KEY.ID),
                                Sql.param(FLASHSALE_IDEMPOTENCY_KEY.REQUEST),
                                Sql.param(FLASHSALE_IDEMPOTENCY_KEY.OUTCOME),
                                NOW)));
    }

    @Override
    public Map<ScopedKey, KeptOutcome> find(Set<ScopedKey> keys) {
        if (sql.oldSnapshot() && sql.mayRepeat()) {
            return find(LOCK, keys);
        }
        return find(FIND, keys);
    }

    /** What an old snapshot does not have is inserted and deleted again, as with holds. */
    @Override
    public Map<ScopedKey, KeptOutcome> findAgain(Set<ScopedKey> keys) {
        Map<ScopedKey, KeptOutcome> found = find(keys);
        if (sql.oldSnapshot() && !sql.mayRepeat()) {
            List<ScopedKey> unseen =
                    keys.stream().filter(key -> !found.containsKey(key)).toList();
            insert(unseen.stream().map(key -> new KeptOutcome(key, "-", "-")).toList());
            sql.delete(
                    FLASHSALE_IDEMPOTENCY_KEY.ID,
                    unseen.stream().map(ScopedKey::value).toList());
        }
        return found;
    }

    private Map<ScopedKey, KeptOutcome> find(HotStatement statement, Set<ScopedKey> keys) {
        return sql
                .query(
                        statement,
                        List.copyOf(keys),
                        (some, parameters) -> {
                            for (ScopedKey key : some) {
                                parameters.add(key.value());
                            }
                        },
                        row -> new KeptOutcome(new ScopedKey(row.text()), row.text(), row.text()))
                .stream()
                .collect(Collectors.toMap(KeptOutcome::key, Function.identity()));
    }

    @Override
    public void insert(Collection<KeptOutcome> outcomes) {
        int unused = sql.update(INSERT, List.copyOf(outcomes), (some, parameters) -> {
            for (KeptOutcome kept : some) {
                parameters.add(kept.key().value()).add(kept.request()).add(kept.outcome());
            }
        });
    }

    @Override
    public int countOlderThan(Duration age) {
        return sql.dsl()
                .select(count())
                .from(Sql.by(FLASHSALE_IDEMPOTENCY_KEY, "flashsale_idempotency_key_by_age"))
                .where(FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT.le(Sql.ago(age)))
                .fetchSingle()
                .value1();
    }

    @Override
    public int deleteOlderThan(Duration age, int limit) {
        List<String> old = sql.dsl()
                .select(FLASHSALE_IDEMPOTENCY_KEY.ID)
                .from(Sql.by(FLASHSALE_IDEMPOTENCY_KEY, "flashsale_idempotency_key_by_age"))
                .where(FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT.le(Sql.ago(age)))
                .orderBy(FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(FLASHSALE_IDEMPOTENCY_KEY.ID);
        sql.delete(FLASHSALE_IDEMPOTENCY_KEY.ID, old);
        return old.size();
    }
}
