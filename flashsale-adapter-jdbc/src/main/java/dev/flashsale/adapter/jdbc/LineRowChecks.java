package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static org.jooq.impl.DSL.inline;

import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Record4;
import org.jooq.Result;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Finds holds and orders of several products that lack a line, or have one that has become something else than they have.
 * Read a page at a time, since an id can be made of another one here, and not by the database.
 */
final class LineRowChecks extends RowChecks {

    private static final int PAGE = 500;

    LineRowChecks(Sql sql) {
        super(sql);
    }

    @Override
    Stream<List<Orphan>> all() {
        return Stream.of(
                odd(
                        "hold of several products whose lines do not fit together",
                        FLASHSALE_HOLD.ID,
                        FLASHSALE_HOLD.ID,
                        FLASHSALE_HOLD.LINE_COUNT,
                        FLASHSALE_HOLD.STATUS,
                        Set.of(HoldStatus.ACTIVE, HoldStatus.EXPIRED)),
                odd(
                        "order of several products whose lines do not fit together",
                        FLASHSALE_ORDER.ID,
                        FLASHSALE_ORDER.HOLD_ID,
                        FLASHSALE_ORDER.LINE_COUNT,
                        FLASHSALE_ORDER.STATUS,
                        Set.of(OrderStatus.PENDING, OrderStatus.EXPIRED)));
    }

    private record Line<S>(HoldId id, int count, S status) {}

    /** @param whileExpiring what lines may be at the same time: each expires by itself */
    private <K, S extends Enum<S>> List<Orphan> odd(
            String what,
            TableField<?, K> key,
            TableField<?, HoldId> id,
            TableField<?, Byte> count,
            TableField<?, S> status,
            Set<S> whileExpiring) {
        List<Orphan> odd = new ArrayList<>();
        Condition isRest = DSL.noCondition();
        Result<Record4<K, HoldId, Byte, S>> page;
        do {
            page = sql.dsl()
                    .select(key, id, count, status)
                    .from(key.getTable())
                    .where(count.ne(inline((byte) 1)))
                    .and(isRest)
                    .orderBy(key)
                    .limit(PAGE)
                    .fetch();
            Map<HoldId, Line<S>> others = others(page, id, count, status);
            for (Record4<K, HoldId, Byte, S> row : page) {
                if (!fits(line(row), others, whileExpiring)) {
                    odd.add(new Orphan(what, row.value1().toString()));
                }
                isRest = key.gt(row.value1());
            }
        } while (page.size() == PAGE && odd.size() < AuditReport.MAX_ROWS);
        return odd;
    }

    /** The further lines of what is the first one, the first ones of what is further. */
    private <K, S> Map<HoldId, Line<S>> others(
            Result<Record4<K, HoldId, Byte, S>> page,
            TableField<?, HoldId> id,
            TableField<?, Byte> count,
            TableField<?, S> status) {
        Set<HoldId> ids = new HashSet<>();
        for (Record4<K, HoldId, Byte, S> row : page) {
            Line<S> line = line(row);
            ids.addAll(line.id().lines(Math.max(0, line.count() - 1)));
            ids.add(Lines.whole(line.id(), line.count()));
        }
        Map<HoldId, Line<S>> others = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.dsl()
                    .select(id, count, status)
                    .from(id.getTable())
                    .where(id.in(ids))
                    .forEach(row -> others.put(row.value1(), new Line<>(row.value1(), row.value2(), row.value3())));
        }
        return others;
    }

    private static <K, S> Line<S> line(Record4<K, HoldId, Byte, S> row) {
        return new Line<>(row.value2(), row.value3(), row.value4());
    }

    private static <S> boolean fits(Line<S> line, Map<HoldId, Line<S>> others, Set<S> whileExpiring) {
        if (line.count() <= 0) {
            Line<S> first = others.get(Lines.whole(line.id(), line.count()));
            return first != null && first.count() > -line.count();
        }
        return IntStream.range(1, line.count())
                .mapToObj(number -> Optional.ofNullable(others.get(line.id().line(number)))
                        .filter(other -> other.count() == -number))
                .allMatch(other -> other.filter(further -> further.status().equals(line.status())
                                || (whileExpiring.contains(further.status()) && whileExpiring.contains(line.status())))
                        .isPresent());
    }
}
