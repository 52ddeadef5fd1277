package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.domain.product.ProductId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;

/** What is over soon, in steps of time: a sum for each step, in one row, so that nothing is grouped or sorted. */
final class ExpiringStatements {

    private static final int STEPS = Math.toIntExact(ExpiringPieces.AHEAD.dividedBy(ExpiringPieces.STEP));

    static final Query<ProductId, List<Long>> HOLDS = query(
            "hold.expiring",
            HoldRows.BY_STATUS,
            sums(
                    Render.by(FLASHSALE_HOLD, HoldRows.BY_STATUS),
                    FLASHSALE_HOLD.EXPIRES_AT,
                    FLASHSALE_HOLD.QUANTITY,
                    Render.is(FLASHSALE_HOLD.PRODUCT_ID).and(HoldRows.ACTIVE)),
            (product, parameters) -> parameters.add(product),
            ExpiringStatements::steps);

    static final Query<ProductId, List<Long>> ORDERS = query(
            "order.expiring",
            OrderRows.BY_STATUS,
            sums(
                    Render.by(FLASHSALE_ORDER, OrderRows.BY_STATUS),
                    FLASHSALE_ORDER.PAYMENT_DEADLINE,
                    FLASHSALE_ORDER.QUANTITY,
                    Render.is(FLASHSALE_ORDER.PRODUCT_ID).and(OrderRows.PENDING)),
            (product, parameters) -> parameters.add(product),
            ExpiringStatements::steps);

    private ExpiringStatements() {}

    private static Select<?> sums(
            Table<Record> table,
            TableField<Record, LocalDateTime> ends,
            TableField<Record, Integer> quantity,
            Condition which) {
        List<Field<?>> sums = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            sums.add(coalesce(
                    sum(when(ends.lt(later(step + 1)).and(ends.ge(later(step))), quantity)), inline(BigDecimal.ZERO)));
        }
        return Render.SQL
                .select(sums)
                .from(table)
                .where(which)
                .and(ends.gt(Render.NOW))
                .and(ends.lt(later(STEPS)));
    }

    private static Field<LocalDateTime> later(int steps) {
        return field(
                "timestampadd(second, {0}, {1})",
                LocalDateTime.class,
                inline(ExpiringPieces.STEP.multipliedBy(steps).toSeconds()),
                Render.NOW);
    }

    private static List<Long> steps(Row row) throws SQLException {
        List<Long> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            steps.add(row.number());
        }
        return steps;
    }

    /** One for each step. */
    static List<ExpiringPieces> pieces(List<Long> held, List<Long> pending) {
        return IntStream.range(0, STEPS)
                .mapToObj(step ->
                        new ExpiringPieces(ExpiringPieces.STEP.multipliedBy(step), held.get(step), pending.get(step)))
                .toList();
    }
}
