package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_EVENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_EVENT_NUMBER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.EventPayload;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The outbox: a row for each event and each of its products, and a row that numbers each product's. */
record JdbcEvents(Sql sql) implements EventRepository {

    private static final String KEY = "PRIMARY";

    /** In Debezium's words: of which kind of thing the row's key is the id. */
    private static final String AGGREGATE = "product";

    record Numbered(long product, long number) {}

    /** Locks the rows, new ones too, in the order in which they are given: nobody else numbers these until the end. */
    static final Update<Numbered> ADVANCE = Update.<Numbered>update(
                    "event.advance",
                    KEY,
                    length -> Render.insert(
                            FLASHSALE_EVENT_NUMBER,
                            length,
                            List.of(FLASHSALE_EVENT_NUMBER.PRODUCT_ID, FLASHSALE_EVENT_NUMBER.LAST_NUMBER)),
                    each((count, parameters) -> parameters.add(count.product()).add(count.number())))
            .orChange("last_number = last_number + values(last_number)");

    static final Query<Long, Numbered> LAST_OF = query(
            "event.lastOf",
            KEY,
            length -> Render.SQL
                    .select(FLASHSALE_EVENT_NUMBER.PRODUCT_ID, FLASHSALE_EVENT_NUMBER.LAST_NUMBER)
                    .from(Render.byKey(FLASHSALE_EVENT_NUMBER))
                    .where(Render.anyOf(FLASHSALE_EVENT_NUMBER.PRODUCT_ID, length)),
            each((product, parameters) -> parameters.add(product.longValue())),
            row -> new Numbered(row.number(), row.number()));

    static final Query<Integer, Numbered> LAST = query(
            "event.last",
            KEY,
            Render.SQL
                    .select(FLASHSALE_EVENT_NUMBER.PRODUCT_ID, FLASHSALE_EVENT_NUMBER.LAST_NUMBER)
                    .from(Render.byKey(FLASHSALE_EVENT_NUMBER))
                    .where(FLASHSALE_EVENT_NUMBER.LAST_NUMBER.gt(inline(0L)))
                    .orderBy(FLASHSALE_EVENT_NUMBER.PRODUCT_ID)
                    .limit(Render.LIMIT),
            (limit, parameters) -> parameters.add(limit.intValue()),
            row -> new Numbered(row.number(), row.number()));

    /** An event at its place among those of one product. */
    record Placed(long product, long number, SaleEvent event, String payload) {}

    static final Update<Placed> APPEND = update(
            "event.append",
            KEY,
            length -> Render.insert(
                    FLASHSALE_EVENT,
                    length,
                    List.of(
                            FLASHSALE_EVENT.AGGREGATEID,
                            FLASHSALE_EVENT.NUMBER,
                            FLASHSALE_EVENT.ID,
                            FLASHSALE_EVENT.TYPE,
                            FLASHSALE_EVENT.HAPPENED_AT,
                            FLASHSALE_EVENT.PAYLOAD),
                    FLASHSALE_EVENT.AGGREGATETYPE,
                    inline(AGGREGATE)),
            each((placed, parameters) -> parameters
                    .add(placed.product())
                    .add(placed.number())
                    .add(placed.event().stamp().id())
                    .add(placed.event().kind().word())
                    .add(placed.event().stamp().at())
                    .add(placed.payload())));

    record After(long product, long number, int limit) {}

    static final Query<After, KeptEvent> AFTER = query(
            "event.after",
            KEY,
            Render.SQL
                    .select(
                            FLASHSALE_EVENT.ID,
                            FLASHSALE_EVENT.AGGREGATEID,
                            FLASHSALE_EVENT.NUMBER,
                            FLASHSALE_EVENT.TYPE,
                            FLASHSALE_EVENT.HAPPENED_AT,
                            FLASHSALE_EVENT.PAYLOAD)
                    .from(Render.byKey(FLASHSALE_EVENT))
                    .where(Render.is(FLASHSALE_EVENT.AGGREGATEID))
                    .and(FLASHSALE_EVENT.NUMBER.gt(Render.param(FLASHSALE_EVENT.NUMBER)))
                    .orderBy(FLASHSALE_EVENT.NUMBER)
                    .limit(Render.LIMIT),
            (after, parameters) ->
                    parameters.add(after.product()).add(after.number()).add(after.limit()),
            row -> new KeptEvent(
                    row.text(), row.number(), row.number(), EventKind.of(row.text()), row.time(), row.text()));

    record OfAge(Duration age, int limit) {}

    /** One step into the key for each product. */
    static final Query<OfAge, Long> PRODUCTS_WITH_OLD = query(
            "event.productsWithOld",
            KEY,
            Render.SQL
                    .select(FLASHSALE_EVENT_NUMBER.PRODUCT_ID)
                    .from(FLASHSALE_EVENT_NUMBER)
                    .where(field(select(FLASHSALE_EVENT.HAPPENED_AT)
                                    .from(FLASHSALE_EVENT)
                                    .where(FLASHSALE_EVENT.AGGREGATEID.eq(FLASHSALE_EVENT_NUMBER.PRODUCT_ID))
                                    .orderBy(FLASHSALE_EVENT.AGGREGATEID, FLASHSALE_EVENT.NUMBER)
                                    .limit(Render.ONE))
                            .le(Render.AGO))
                    .limit(Render.LIMIT),
            (of, parameters) -> parameters.add(of.age()).add(of.limit()),
            Row::number);

    record Old(long product, Duration age, int limit) {}

    /** The first rows by their numbers, which are in the order of time but for what one wait for a lock turns round. */
    static final Query<Old, Optional<Numbered>> OLD = query(
            "event.old",
            KEY,
            Render.SQL
                    .select(
                            FLASHSALE_EVENT.AGGREGATEID,
                            FLASHSALE_EVENT.NUMBER,
                            field(FLASHSALE_EVENT.HAPPENED_AT.le(Render.AGO)))
                    .from(Render.byKey(FLASHSALE_EVENT))
                    .where(Render.is(FLASHSALE_EVENT.AGGREGATEID))
                    .orderBy(FLASHSALE_EVENT.NUMBER)
                    .limit(Render.LIMIT)
                    .forUpdate()
                    .skipLocked(),
            (old, parameters) -> parameters.add(old.age()).add(old.product()).add(old.limit()),
            row -> {
                Numbered event = new Numbered(row.number(), row.number());
                return row.flag() ? Optional.of(event) : Optional.empty();
            });

    static final Update<Numbered> DELETE = update(
            "event.delete",
            KEY,
            Render.SQL
                    .deleteFrom(FLASHSALE_EVENT)
                    .where(Render.is(FLASHSALE_EVENT.AGGREGATEID))
                    .and(Render.is(FLASHSALE_EVENT.NUMBER)),
            (event, parameters) -> parameters.add(event.product()).add(event.number()));

    static final Query<Long, Optional<Instant>> ANNOUNCED = query(
            "event.announced",
            KEY,
            Render.SQL
                    .select(FLASHSALE_EVENT_NUMBER.ANNOUNCED_UNTIL)
                    .from(Render.byKey(FLASHSALE_EVENT_NUMBER))
                    .where(Render.is(FLASHSALE_EVENT_NUMBER.PRODUCT_ID))
                    .forUpdate(),
            (product, parameters) -> parameters.add(product.longValue()),
            row -> Optional.ofNullable(row.timeIfAny()));

    record Announced(long product, Instant until) {}

    static final Update<Announced> ANNOUNCE = update(
            "event.announce",
            KEY,
            Render.SQL
                    .update(FLASHSALE_EVENT_NUMBER)
                    .set(FLASHSALE_EVENT_NUMBER.ANNOUNCED_UNTIL, Render.param(FLASHSALE_EVENT_NUMBER.ANNOUNCED_UNTIL))
                    .where(Render.is(FLASHSALE_EVENT_NUMBER.PRODUCT_ID)),
            (announced, parameters) -> parameters.add(announced.until()).add(announced.product()));

    /** A new row says the count, a known one has it added. */
    @Override
    public Map<Long, Long> take(SortedMap<Long, Integer> counts) {
        List<Numbered> taken = new ArrayList<>(counts.size());
        counts.forEach((product, count) -> taken.add(new Numbered(product, count)));
        int unused = sql.update(ADVANCE, taken);
        Map<Long, Long> first = new HashMap<>();
        sql.query(LAST_OF, List.copyOf(counts.keySet()))
                .forEach(last -> first.put(
                        last.product(), last.number() - Objects.requireNonNull(counts.get(last.product())) + 1));
        return first;
    }

    @Override
    public void append(Collection<SaleEvent> events) {
        List<Placed> rows = new ArrayList<>(events.size());
        for (SaleEvent event : events) {
            String payload = EventPayload.of(event);
            event.stamp().places().forEach((product, number) -> rows.add(new Placed(product, number, event, payload)));
        }
        int unused = sql.update(APPEND, rows);
    }

    @Override
    public SortedMap<Long, Long> lastNumbers() {
        SortedMap<Long, Long> numbers = new TreeMap<>();
        sql.queryOne(LAST, Integer.MAX_VALUE).forEach(last -> numbers.put(last.product(), last.number()));
        return numbers;
    }

    @Override
    public List<KeptEvent> after(long product, long number, int limit) {
        return sql.queryOne(AFTER, new After(product, number, limit));
    }

    @Override
    public List<Long> productsWithOlderThan(Duration age, int limit) {
        return sql.queryOne(PRODUCTS_WITH_OLD, new OfAge(age, limit));
    }

    @Override
    public int deleteOlderThan(long product, Duration age, int limit) {
        List<Numbered> old = sql.queryOne(OLD, new Old(product, age, limit)).stream()
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
        sql.updateEach(DELETE, old);
        return old.size();
    }

    @Override
    public Optional<Instant> lockAnnounced(ProductId product) {
        int unused = sql.updateOne(ADVANCE, new Numbered(product.value(), 0));
        return sql.first(ANNOUNCED, product.value()).orElseThrow();
    }

    @Override
    public void saveAnnounced(ProductId product, Instant until) {
        Sql.requireOne(product, sql.updateOne(ANNOUNCE, new Announced(product.value(), until)));
    }
}
