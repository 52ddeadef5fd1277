package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement, bound one after the other. */
final class Parameters {

    private static final HoldIdConverter HOLD_IDS = new HoldIdConverter();
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final PreparedStatement statement;
    private int last;
    private Instant lastTime = Instant.MIN;
    private String lastTimeAsText = "";

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** The list of a statement whose list is all that it takes. */
    static void addHolds(List<HoldId> ids, Parameters parameters) throws SQLException {
        for (HoldId id : ids) {
            parameters.add(id);
        }
    }

    static void addProducts(List<ProductId> ids, Parameters parameters) throws SQLException {
        for (ProductId id : ids) {
            parameters.add(id.value());
        }
    }

    static void addOrders(List<OrderId> ids, Parameters parameters) throws SQLException {
        for (OrderId id : ids) {
            parameters.add(id.value());
        }
    }

    static void addTransactions(List<TransactionId> ids, Parameters parameters) throws SQLException {
        for (TransactionId id : ids) {
            parameters.add(id.value());
        }
    }

    Parameters add(HoldId id) throws SQLException {
        statement.setBytes(++last, HOLD_IDS.to(id));
        return this;
    }

    Parameters add(@Nullable CustomerId id) throws SQLException {
        return add(id == null ? null : id.value());
    }

    Parameters add(long number) throws SQLException {
        statement.setLong(++last, number);
        return this;
    }

    Parameters add(@Nullable BigDecimal number) throws SQLException {
        statement.setBigDecimal(++last, number);
        return this;
    }

    Parameters add(@Nullable String text) throws SQLException {
        statement.setString(++last, text);
        return this;
    }

    /** As the columns have it: UTC, whatever the zone of the session. What a batch has in common is written once. */
    Parameters add(Instant time) throws SQLException {
        if (!time.equals(lastTime)) {
            lastTime = time;
            lastTimeAsText = UTC.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        }
        return add(lastTimeAsText);
    }

    /** As an enumerated column names it. */
    Parameters add(@Nullable Enum<?> name) throws SQLException {
        return add(name == null ? null : name.name().toLowerCase(Locale.ROOT));
    }
}
