package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement, bound one after the other. */
final class Parameters {

    /** A time, as the columns begin with it. */
    static final Instant BEFORE_ALL = Instant.parse("1000-01-01T00:00:00Z");

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final PreparedStatement statement;
    private int last;
    private Instant lastTime = Instant.MIN;
    private String lastTimeAsText = "";

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** 16 bytes, the most significant first. */
    Parameters add(@Nullable HoldId id) throws SQLException {
        if (id == null) {
            statement.setNull(++last, Types.BINARY);
            return this;
        }
        return addBytes(ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array());
    }

    /** Or what is smaller than every id. */
    Parameters addAfter(Optional<HoldId> id) throws SQLException {
        return id.isPresent() ? add(id.get()) : addBytes(new byte[0]);
    }

    Parameters addBytes(byte[] bytes) throws SQLException {
        statement.setBytes(++last, bytes);
        return this;
    }

    Parameters add(ProductId id) throws SQLException {
        return add(id.value());
    }

    Parameters add(@Nullable OrderId id) throws SQLException {
        if (id == null) {
            statement.setNull(++last, Types.BIGINT);
            return this;
        }
        return add(id.value());
    }

    Parameters add(Item item) throws SQLException {
        return add(item.productId()).add(item.quantity().value());
    }

    Parameters add(Money money) throws SQLException {
        return add(money.amount()).add(money.currency());
    }

    Parameters add(@Nullable Currency currency) throws SQLException {
        return add(currency == null ? null : currency.getCurrencyCode());
    }

    Parameters add(@Nullable TransactionId id) throws SQLException {
        return add(id == null ? null : id.value());
    }

    Parameters add(Duration age) throws SQLException {
        return add(TimeUnit.NANOSECONDS.toMicros(age.toNanos()));
    }

    Parameters add(boolean flag) throws SQLException {
        statement.setBoolean(++last, flag);
        return this;
    }

    Parameters add(@Nullable CustomerId id) throws SQLException {
        return add(id == null ? null : id.value());
    }

    Parameters add(long number) throws SQLException {
        statement.setLong(++last, number);
        return this;
    }

    Parameters add(@Nullable Integer number) throws SQLException {
        statement.setObject(++last, number);
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
    Parameters add(@Nullable Instant time) throws SQLException {
        if (time == null) {
            return add((String) null);
        }
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
