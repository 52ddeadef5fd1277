package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_DELIVERY;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.EndpointId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;
import org.jooq.TableField;

/** What became of what was sent to endpoints. */
final class DeliveryStatements {

    private static final String BY_TIME = "flashsale_delivery_by_time";
    private static final String BY_EVENT = "flashsale_delivery_by_event";
    private static final String BY_STATUS = "flashsale_delivery_by_status";
    private static final String BY_AGE = "flashsale_delivery_by_age";

    private static final List<TableField<Record, ?>> FIELDS = List.of(
            FLASHSALE_DELIVERY.EVENT_ID,
            FLASHSALE_DELIVERY.PRODUCT_ID,
            FLASHSALE_DELIVERY.NUMBER,
            FLASHSALE_DELIVERY.KIND,
            FLASHSALE_DELIVERY.STATUS,
            FLASHSALE_DELIVERY.ATTEMPTS,
            FLASHSALE_DELIVERY.HTTP_STATUS,
            FLASHSALE_DELIVERY.ANSWER,
            FLASHSALE_DELIVERY.TOOK_MILLIS,
            FLASHSALE_DELIVERY.ATTEMPTED_AT);

    private DeliveryStatements() {}

    private static Delivery read(Row row) throws SQLException {
        return new Delivery(
                row.text(),
                row.number(),
                row.number(),
                EventKind.of(row.text()),
                row.name(Delivery.Status.class),
                row.count(),
                row.count(),
                row.text(),
                Duration.ofMillis(row.number()),
                row.time());
    }

    record Of(EndpointId id, Delivery delivery) {}

    static final Update<Of> RECORD = Update.<Of>update(
                    "delivery.record",
                    "PRIMARY",
                    length -> {
                        List<TableField<Record, ?>> fields = new ArrayList<>(FIELDS);
                        fields.add(FLASHSALE_DELIVERY.ENDPOINT_ID);
                        return Render.insert(FLASHSALE_DELIVERY, length, fields);
                    },
                    each((of, parameters) -> parameters
                            .add(of.delivery().eventId())
                            .add(of.delivery().product())
                            .add(of.delivery().number())
                            .add(of.delivery().kind().word())
                            .add(of.delivery().status())
                            .add(of.delivery().attempts())
                            .add(of.delivery().httpStatus())
                            .add(of.delivery().answer())
                            .add(of.delivery().took().toMillis())
                            .add(of.delivery().at())
                            .add(of.id().value())))
            .orChange(
                    "status = values(status), attempts = values(attempts), http_status = values(http_status),"
                            + " answer = values(answer), took_millis = values(took_millis), attempted_at = values(attempted_at)");

    record Before(EndpointId id, Instant end, int limit) {}

    static final Query<Before, Delivery> PAGE = Query.query(
            "delivery.page",
            BY_TIME,
            Render.SQL
                    .select(FIELDS)
                    .from(Render.by(FLASHSALE_DELIVERY, BY_TIME))
                    .where(Render.is(FLASHSALE_DELIVERY.ENDPOINT_ID))
                    .and(FLASHSALE_DELIVERY.ATTEMPTED_AT.lt(Render.param(FLASHSALE_DELIVERY.ATTEMPTED_AT)))
                    .orderBy(FLASHSALE_DELIVERY.ATTEMPTED_AT.desc())
                    .limit(Render.LIMIT),
            (before, parameters) ->
                    parameters.add(before.id().value()).add(before.end()).add(before.limit()),
            DeliveryStatements::read);

    record OfEvent(EndpointId id, String event) {}

    static final Update<OfEvent> AGAIN = Update.update(
            "delivery.again",
            BY_EVENT,
            Render.SQL
                    .update(Render.by(FLASHSALE_DELIVERY, BY_EVENT))
                    .set(FLASHSALE_DELIVERY.STATUS, Render.name(Delivery.Status.AGAIN))
                    .where(Render.is(FLASHSALE_DELIVERY.ENDPOINT_ID))
                    .and(Render.is(FLASHSALE_DELIVERY.EVENT_ID)),
            (of, parameters) -> parameters.add(of.id().value()).add(of.event()));

    record Some(EndpointId id, int limit) {}

    static final Query<Some, Delivery> TO_SEND_AGAIN = Query.query(
            "delivery.toSendAgain",
            BY_STATUS,
            Render.SQL
                    .select(FIELDS)
                    .from(Render.by(FLASHSALE_DELIVERY, BY_STATUS))
                    .where(Render.is(FLASHSALE_DELIVERY.ENDPOINT_ID))
                    .and(Render.is(FLASHSALE_DELIVERY.STATUS, Delivery.Status.AGAIN))
                    .limit(Render.LIMIT),
            (some, parameters) -> parameters.add(some.id().value()).add(some.limit()),
            DeliveryStatements::read);

    record Old(Duration age, int limit) {}

    static final Update<Old> FORGET = Update.update(
            "delivery.forget",
            BY_AGE,
            Render.SQL
                    .deleteFrom(FLASHSALE_DELIVERY)
                    .where(FLASHSALE_DELIVERY.ATTEMPTED_AT.le(Render.AGO))
                    .orderBy(FLASHSALE_DELIVERY.ATTEMPTED_AT)
                    .limit(Render.LIMIT),
            (old, parameters) -> parameters.add(old.age()).add(old.limit()));
}
