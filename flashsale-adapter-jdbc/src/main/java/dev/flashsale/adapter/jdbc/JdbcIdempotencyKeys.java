package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_IDEMPOTENCY_KEY;
import static org.jooq.impl.DSL.count;

import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

record JdbcIdempotencyKeys(Sql sql) implements IdempotencyKeyRepository {

    private static final String OLD = "flashsale_idempotency_key_by_age";
    private static final Table<Record> BY_AGE = Render.by(FLASHSALE_IDEMPOTENCY_KEY, OLD);

    static final Query<ScopedKey, KeptOutcome> FIND = query(
            "key.find",
            "PRIMARY",
            length -> Render.SQL
                    .select(
                            FLASHSALE_IDEMPOTENCY_KEY.ID,
                            FLASHSALE_IDEMPOTENCY_KEY.REQUEST,
                            FLASHSALE_IDEMPOTENCY_KEY.OUTCOME)
                    .from(Render.byKey(FLASHSALE_IDEMPOTENCY_KEY))
                    .where(Render.anyOf(FLASHSALE_IDEMPOTENCY_KEY.ID, length)),
            each((key, parameters) -> parameters.add(key.value())),
            row -> new KeptOutcome(new ScopedKey(row.text()), row.text(), row.text()));

    static final Query<ScopedKey, KeptOutcome> LOCK = FIND.atOnce();

    static final Update<KeptOutcome> INSERT = update(
            "key.insert",
            "PRIMARY",
            length -> Render.SQL
                    .insertInto(
                            FLASHSALE_IDEMPOTENCY_KEY,
                            FLASHSALE_IDEMPOTENCY_KEY.ID,
                            FLASHSALE_IDEMPOTENCY_KEY.REQUEST,
                            FLASHSALE_IDEMPOTENCY_KEY.OUTCOME,
                            FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT)
                    .valuesOfRows(Collections.nCopies(
                            length,
                            DSL.row(
                                    Render.param(FLASHSALE_IDEMPOTENCY_KEY.ID),
                                    Render.param(FLASHSALE_IDEMPOTENCY_KEY.REQUEST),
                                    Render.param(FLASHSALE_IDEMPOTENCY_KEY.OUTCOME),
                                    Render.NOW))),
            each((kept, parameters) ->
                    parameters.add(kept.key().value()).add(kept.request()).add(kept.outcome())));

    static final Query<Duration, Integer> COUNT_OLD = query(
            "key.countOld",
            OLD,
            Render.SQL.select(count()).from(BY_AGE).where(FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT.le(Render.AGO)),
            (age, parameters) -> parameters.add(age),
            Row::count);

    record Old(Duration age, int limit) {}

    static final Query<Old, ScopedKey> LOCK_OLD = query(
            "key.lockOld",
            OLD,
            Render.SQL
                    .select(FLASHSALE_IDEMPOTENCY_KEY.ID)
                    .from(BY_AGE)
                    .where(FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT.le(Render.AGO))
                    .orderBy(FLASHSALE_IDEMPOTENCY_KEY.KEPT_AT)
                    .limit(Render.LIMIT)
                    .forUpdate()
                    .skipLocked(),
            (old, parameters) -> parameters.add(old.age()).add(old.limit()),
            row -> new ScopedKey(row.text()));

    record Page(String after, int limit) {}

    static final Query<Page, ScopedKey> PAGE = query(
            "key.page",
            "PRIMARY",
            Render.SQL
                    .select(FLASHSALE_IDEMPOTENCY_KEY.ID)
                    .from(Render.byKey(FLASHSALE_IDEMPOTENCY_KEY))
                    .where(FLASHSALE_IDEMPOTENCY_KEY.ID.gt(Render.param(FLASHSALE_IDEMPOTENCY_KEY.ID)))
                    .orderBy(FLASHSALE_IDEMPOTENCY_KEY.ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(page.limit()),
            row -> new ScopedKey(row.text()));

    static final Update<ScopedKey> DELETE = update(
            "key.delete",
            "PRIMARY",
            Render.SQL.deleteFrom(FLASHSALE_IDEMPOTENCY_KEY).where(Render.is(FLASHSALE_IDEMPOTENCY_KEY.ID)),
            (key, parameters) -> parameters.add(key.value()));

    @Override
    public Map<ScopedKey, KeptOutcome> find(Set<ScopedKey> keys) {
        return sql.query(sql.oldSnapshot() && sql.mayRepeat() ? LOCK : FIND, List.copyOf(keys)).stream()
                .collect(Collectors.toMap(KeptOutcome::key, Function.identity()));
    }

    /** What an old snapshot does not have is inserted and deleted again, as with holds. */
    @Override
    public Map<ScopedKey, KeptOutcome> findAgain(Set<ScopedKey> keys) {
        Map<ScopedKey, KeptOutcome> found = find(keys);
        if (sql.oldSnapshot() && !sql.mayRepeat()) {
            List<ScopedKey> unseen =
                    keys.stream().filter(key -> !found.containsKey(key)).toList();
            insert(unseen.stream().map(key -> new KeptOutcome(key, "-", "-")).toList());
            sql.updateEach(DELETE, unseen);
        }
        return found;
    }

    @Override
    public void insert(Collection<KeptOutcome> outcomes) {
        int unused = sql.update(INSERT, List.copyOf(outcomes));
    }

    @Override
    public List<ScopedKey> page(Optional<ScopedKey> after, int limit) {
        return sql.queryOne(PAGE, new Page(after.map(ScopedKey::value).orElse(""), limit));
    }

    @Override
    public int delete(Set<ScopedKey> keys) {
        return keys.stream().mapToInt(key -> sql.updateOne(DELETE, key)).sum();
    }

    @Override
    public int countOlderThan(Duration age) {
        return sql.first(COUNT_OLD, age).orElseThrow();
    }

    @Override
    public int deleteOlderThan(Duration age, int limit) {
        List<ScopedKey> old = sql.queryOne(LOCK_OLD, new Old(age, limit));
        sql.updateEach(DELETE, old);
        return old.size();
    }
}
