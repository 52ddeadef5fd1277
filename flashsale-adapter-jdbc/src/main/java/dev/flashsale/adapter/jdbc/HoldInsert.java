package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.HoldStatus;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.conf.ParamType;

/**
 * The one statement of the hot path whose size grows with the batch. jOOQ renders it once for each number of rows; the
 * rows are bound without it.
 */
final class HoldInsert {

    /** Larger batches are inserted in several statements. */
    private static final int MAX_ROWS = 256;

    private static final HoldIdConverter IDS = new HoldIdConverter();

    private final DSLContext dsl;
    private final AtomicReferenceArray<String> statements = new AtomicReferenceArray<>(MAX_ROWS + 1);

    HoldInsert(DSLContext dsl) {
        this.dsl = dsl;
    }

    void insert(Collection<ActiveHold> holds) {
        ActiveHold[] all = holds.toArray(ActiveHold[]::new);
        dsl.connection(connection -> {
            for (int from = 0; from < all.length; from += MAX_ROWS) {
                int to = Math.min(from + MAX_ROWS, all.length);
                try (PreparedStatement statement = connection.prepareStatement(sql(to - from))) {
                    bind(statement, all, from, to);
                    statement.executeUpdate();
                }
            }
        });
    }

    private static void bind(PreparedStatement statement, ActiveHold[] holds, int from, int to) throws SQLException {
        int index = 1;
        Instant time = Instant.MIN;
        LocalDateTime dateTime = LocalDateTime.MIN;
        for (int i = from; i < to; i++) {
            ActiveHold hold = holds[i];
            if (!hold.expiresAt().equals(time)) {
                time = hold.expiresAt();
                dateTime = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            }
            statement.setBytes(index++, IDS.to(hold.id()));
            statement.setLong(index++, hold.productId().value());
            statement.setInt(index++, hold.quantity().value());
            statement.setObject(index++, dateTime);
        }
    }

    private String sql(int rows) {
        String known = statements.get(rows);
        if (known == null) {
            known = render(rows);
            statements.set(rows, known);
        }
        return known;
    }

    private String render(int rows) {
        Field<HoldStatus> active = inline(HoldStatus.ACTIVE, FLASHSALE_HOLD.STATUS);
        var insert = dsl.insertInto(
                FLASHSALE_HOLD,
                FLASHSALE_HOLD.ID,
                FLASHSALE_HOLD.PRODUCT_ID,
                FLASHSALE_HOLD.QUANTITY,
                FLASHSALE_HOLD.STATUS,
                FLASHSALE_HOLD.EXPIRES_AT);
        for (int i = 0; i < rows; i++) {
            insert = insert.values(
                    param("id", FLASHSALE_HOLD.ID),
                    param("product", FLASHSALE_HOLD.PRODUCT_ID),
                    param("quantity", FLASHSALE_HOLD.QUANTITY),
                    active,
                    param("expires", FLASHSALE_HOLD.EXPIRES_AT));
        }
        return insert.getSQL(ParamType.INDEXED);
    }
}
