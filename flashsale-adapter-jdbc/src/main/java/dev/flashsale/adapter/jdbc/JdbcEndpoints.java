package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ENDPOINT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ENDPOINT_POSITION;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_EVENT_NUMBER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_EVENT_READER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointRepository;
import dev.flashsale.domain.webhook.EndpointSecret;
import dev.flashsale.domain.webhook.Lag;
import dev.flashsale.domain.webhook.Position;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Field;

/** Endpoints, with how far each is. What became of what was sent there has {@link DeliveryStatements}. */
record JdbcEndpoints(Sql sql) implements EndpointRepository {

    private static final String KEY = "PRIMARY";
    private static final Field<Long> DONE = coalesce(FLASHSALE_ENDPOINT_POSITION.NUMBER, inline(0L));

    /** One that cannot be read is passed over, so that it does not keep the others from being told. */
    static final Query<Integer, Optional<Endpoint>> ALL = Query.query(
            "endpoint.all",
            KEY,
            Render.SQL
                    .select(EndpointRows.FIELDS)
                    .from(FLASHSALE_ENDPOINT)
                    .orderBy(FLASHSALE_ENDPOINT.ENDPOINT_ID)
                    .limit(Render.LIMIT),
            (limit, parameters) -> parameters.add(limit.intValue()),
            Query.ifReadable(EndpointRows::read));

    static final Query<EndpointId, Endpoint> LOCK = Query.<EndpointId, Endpoint>query(
                    "endpoint.lock",
                    KEY,
                    Render.SQL
                            .select(EndpointRows.FIELDS)
                            .from(FLASHSALE_ENDPOINT)
                            .where(Render.is(FLASHSALE_ENDPOINT.ENDPOINT_ID)),
                    (id, parameters) -> parameters.add(id.value()),
                    EndpointRows::read)
            .locked();

    static final Update<Endpoint> INSERT = Update.update(
            "endpoint.insert",
            "",
            length -> Render.insert(
                    FLASHSALE_ENDPOINT,
                    length,
                    List.of(
                            FLASHSALE_ENDPOINT.URL,
                            FLASHSALE_ENDPOINT.KINDS,
                            FLASHSALE_ENDPOINT.SECRET,
                            FLASHSALE_ENDPOINT.CREATED_AT)),
            each((endpoint, parameters) -> parameters
                    .add(endpoint.url().toString())
                    .add(words(endpoint.kinds()))
                    .add(endpoint.secret().text())
                    .add(endpoint.createdAt())));

    /** Of the row that this connection has inserted last. */
    static final Query<String, Long> INSERTED = Query.query(
            "endpoint.inserted",
            "",
            Render.SQL.select(field("last_insert_id()", Long.class)),
            (unused, parameters) -> {},
            Row::number);

    static final Update<Endpoint> SAVE = Update.update(
            "endpoint.save",
            KEY,
            Render.SQL
                    .update(FLASHSALE_ENDPOINT)
                    .set(FLASHSALE_ENDPOINT.URL, Render.param(FLASHSALE_ENDPOINT.URL))
                    .set(FLASHSALE_ENDPOINT.KINDS, Render.param(FLASHSALE_ENDPOINT.KINDS))
                    .set(FLASHSALE_ENDPOINT.SECRET, Render.param(FLASHSALE_ENDPOINT.SECRET))
                    .set(FLASHSALE_ENDPOINT.FORMER_SECRET, Render.param(FLASHSALE_ENDPOINT.FORMER_SECRET))
                    .set(FLASHSALE_ENDPOINT.FORMER_UNTIL, Render.param(FLASHSALE_ENDPOINT.FORMER_UNTIL))
                    .set(FLASHSALE_ENDPOINT.DISABLED_WHY, Render.param(FLASHSALE_ENDPOINT.DISABLED_WHY))
                    .set(FLASHSALE_ENDPOINT.FAILING_SINCE, Render.param(FLASHSALE_ENDPOINT.FAILING_SINCE))
                    .where(Render.is(FLASHSALE_ENDPOINT.ENDPOINT_ID)),
            (endpoint, parameters) -> parameters
                    .add(endpoint.url().toString())
                    .add(words(endpoint.kinds()))
                    .add(endpoint.secret().text())
                    .add(
                            endpoint.formerSecret() == null
                                    ? null
                                    : endpoint.formerSecret().text())
                    .add(endpoint.formerUntil())
                    .add(endpoint.disabledWhy())
                    .add(endpoint.failingSince())
                    .add(endpoint.id().value()));

    static final Update<EndpointId> DELETE = Update.update(
            "endpoint.delete",
            KEY,
            Render.SQL.deleteFrom(FLASHSALE_ENDPOINT).where(Render.is(FLASHSALE_ENDPOINT.ENDPOINT_ID)),
            (id, parameters) -> parameters.add(id.value()));

    record Lease(EndpointId id, String relay, Duration time) {}

    /** The relay's, nobody's, or over. */
    static final Update<Lease> LEASE = Update.update(
            "endpoint.lease",
            KEY,
            Render.SQL
                    .update(FLASHSALE_ENDPOINT)
                    .set(FLASHSALE_ENDPOINT.RELAY, Render.param(FLASHSALE_ENDPOINT.RELAY))
                    .set(FLASHSALE_ENDPOINT.RELAY_UNTIL, Render.IN)
                    .where(Render.is(FLASHSALE_ENDPOINT.ENDPOINT_ID))
                    .and(FLASHSALE_ENDPOINT
                            .RELAY
                            .isNull()
                            .or(Render.is(FLASHSALE_ENDPOINT.RELAY))
                            .or(FLASHSALE_ENDPOINT.RELAY_UNTIL.le(Render.NOW))),
            (lease, parameters) -> parameters
                    .add(lease.relay())
                    .add(lease.time())
                    .add(lease.id().value())
                    .add(lease.relay()));

    static final Update<Lease> FREE = Update.update(
            "endpoint.free",
            KEY,
            Render.SQL
                    .update(FLASHSALE_ENDPOINT)
                    .set(FLASHSALE_ENDPOINT.RELAY, inline((String) null))
                    .set(FLASHSALE_ENDPOINT.RELAY_UNTIL, inline((LocalDateTime) null))
                    .where(Render.is(FLASHSALE_ENDPOINT.ENDPOINT_ID))
                    .and(Render.is(FLASHSALE_ENDPOINT.RELAY)),
            (lease, parameters) -> parameters.add(lease.id().value()).add(lease.relay()));

    /** One pass over the products that have events, with a step into the positions for each. */
    static final Query<EndpointId, Lag> BEHIND = Query.query(
            "endpoint.behind",
            KEY,
            Render.SQL
                    .select(
                            FLASHSALE_EVENT_NUMBER.PRODUCT_ID,
                            DONE,
                            coalesce(FLASHSALE_ENDPOINT_POSITION.ATTEMPTS, inline(0)),
                            FLASHSALE_ENDPOINT_POSITION.FIRST_FAILED_AT,
                            FLASHSALE_ENDPOINT_POSITION.NEXT_AT,
                            FLASHSALE_EVENT_NUMBER.LAST_NUMBER)
                    .from(Render.byKey(FLASHSALE_EVENT_NUMBER))
                    .leftJoin(Render.byKey(FLASHSALE_ENDPOINT_POSITION))
                    .on(Render.is(FLASHSALE_ENDPOINT_POSITION.ENDPOINT_ID))
                    .and(FLASHSALE_ENDPOINT_POSITION.PRODUCT_ID.eq(FLASHSALE_EVENT_NUMBER.PRODUCT_ID))
                    .where(FLASHSALE_EVENT_NUMBER.LAST_NUMBER.gt(DONE))
                    .orderBy(FLASHSALE_EVENT_NUMBER.PRODUCT_ID),
            (id, parameters) -> parameters.add(id.value()),
            row -> new Lag(
                    new Position(row.number(), row.number(), row.count(), row.timeIfAny(), row.timeIfAny()),
                    row.number()));

    record At(EndpointId id, Position position) {}

    static final Update<At> MOVE = Update.<At>update(
                    "endpoint.move",
                    KEY,
                    length -> Render.insert(
                            FLASHSALE_ENDPOINT_POSITION,
                            length,
                            List.of(
                                    FLASHSALE_ENDPOINT_POSITION.ENDPOINT_ID,
                                    FLASHSALE_ENDPOINT_POSITION.PRODUCT_ID,
                                    FLASHSALE_ENDPOINT_POSITION.NUMBER,
                                    FLASHSALE_ENDPOINT_POSITION.ATTEMPTS,
                                    FLASHSALE_ENDPOINT_POSITION.FIRST_FAILED_AT,
                                    FLASHSALE_ENDPOINT_POSITION.NEXT_AT)),
                    each((at, parameters) -> parameters
                            .add(at.id().value())
                            .add(at.position().product())
                            .add(at.position().number())
                            .add(at.position().attempts())
                            .add(at.position().firstFailedAt())
                            .add(at.position().nextAt())))
            .orChange("number = values(number), attempts = values(attempts), first_failed_at = values(first_failed_at),"
                    + " next_at = values(next_at)");

    static final Update<EndpointId> DELETE_POSITIONS = Update.update(
            "endpoint.deletePositions",
            KEY,
            Render.SQL
                    .deleteFrom(FLASHSALE_ENDPOINT_POSITION)
                    .where(Render.is(FLASHSALE_ENDPOINT_POSITION.ENDPOINT_ID)),
            (id, parameters) -> parameters.add(id.value()));

    static final Query<String, String> READ = Query.query(
            "endpoint.readers",
            KEY,
            Render.SQL
                    .select(FLASHSALE_EVENT_READER.KIND)
                    .from(FLASHSALE_EVENT_READER)
                    .where(FLASHSALE_EVENT_READER.KEPT_UNTIL.gt(Render.NOW)),
            (unused, parameters) -> {},
            Row::text);

    record Kept(EventKind kind, Duration time) {}

    static final Update<Kept> KEEP = Update.<Kept>update(
                    "endpoint.keep",
                    KEY,
                    length -> {
                        var insert = Render.SQL.insertInto(
                                FLASHSALE_EVENT_READER, FLASHSALE_EVENT_READER.KIND, FLASHSALE_EVENT_READER.KEPT_UNTIL);
                        for (int i = 0; i < length; i++) {
                            insert = insert.values(Render.param(FLASHSALE_EVENT_READER.KIND), Render.IN);
                        }
                        return insert;
                    },
                    each((kept, parameters) ->
                            parameters.add(kept.kind().word()).add(kept.time())))
            .orChange("kept_until = greatest(kept_until, values(kept_until))");

    static String words(Set<EventKind> kinds) {
        return kinds.stream().map(EventKind::word).collect(Collectors.joining(","));
    }

    /** Those of a newer version are passed over. */
    static Set<EventKind> kinds(String words) {
        Set<String> known = Set.of(words.split(","));
        return Arrays.stream(EventKind.values())
                .filter(kind -> known.contains(kind.word()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
    }

    @Override
    public Instant now() {
        return sql.time();
    }

    @Override
    public List<Endpoint> all() {
        return sql.queryOne(ALL, Integer.MAX_VALUE).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<Endpoint> lock(EndpointId id) {
        return sql.first(LOCK, id);
    }

    @Override
    public Endpoint insert(URI url, Set<EventKind> kinds, EndpointSecret secret) {
        Endpoint endpoint = new Endpoint(new EndpointId(1), url, kinds, secret, null, null, now(), null, null);
        int unused = sql.updateOne(INSERT, endpoint);
        EndpointId id = new EndpointId(sql.first(INSERTED, "").orElseThrow());
        return new Endpoint(id, url, kinds, secret, null, null, endpoint.createdAt(), null, null);
    }

    @Override
    public void save(Endpoint endpoint) {
        Sql.requireOne(endpoint.id(), sql.updateOne(SAVE, endpoint));
    }

    @Override
    public void delete(EndpointId id) {
        Sql.requireOne(id, sql.updateOne(DELETE, id));
        int unused = sql.updateOne(DELETE_POSITIONS, id);
    }

    @Override
    public boolean lease(EndpointId id, String relay, Duration time) {
        return sql.updateOne(LEASE, new Lease(id, relay, time)) == 1;
    }

    @Override
    public void free(EndpointId id, String relay) {
        int unused = sql.updateOne(FREE, new Lease(id, relay, Duration.ZERO));
    }

    @Override
    public List<Lag> behind(EndpointId id) {
        return sql.queryOne(BEHIND, id);
    }

    @Override
    public void move(EndpointId id, Collection<Position> positions) {
        int unused = sql.update(
                MOVE, positions.stream().map(position -> new At(id, position)).toList());
    }

    @Override
    public void record(EndpointId id, Collection<Delivery> deliveries) {
        int unused = sql.update(
                DeliveryStatements.RECORD,
                deliveries.stream()
                        .map(delivery -> new DeliveryStatements.Of(id, delivery))
                        .toList());
    }

    @Override
    public List<Delivery> deliveries(EndpointId id, Optional<Instant> before, int limit) {
        Instant end = before.orElseGet(() -> now().plus(Duration.ofDays(1)));
        return sql.queryOne(DeliveryStatements.PAGE, new DeliveryStatements.Before(id, end, limit));
    }

    @Override
    public int sendAgain(EndpointId id, String eventId) {
        return sql.updateOne(DeliveryStatements.AGAIN, new DeliveryStatements.OfEvent(id, eventId));
    }

    @Override
    public List<Delivery> toSendAgain(EndpointId id, int limit) {
        return sql.queryOne(DeliveryStatements.TO_SEND_AGAIN, new DeliveryStatements.Some(id, limit));
    }

    @Override
    public int forgetDeliveries(Duration age, int limit) {
        return sql.updateOne(DeliveryStatements.FORGET, new DeliveryStatements.Old(age, limit));
    }

    @Override
    public Set<EventKind> wanted() {
        Set<EventKind> wanted = kinds(String.join(",", sql.queryOne(READ, "")));
        all().stream().filter(Endpoint::isEnabled).map(Endpoint::kinds).forEach(wanted::addAll);
        return wanted;
    }

    @Override
    public void keepFor(Set<EventKind> kinds, Duration time) {
        int unused = sql.update(
                KEEP, kinds.stream().map(kind -> new Kept(kind, time)).toList());
    }
}
