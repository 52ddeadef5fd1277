package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of a row, read one after the other. */
final class Row {

    private final ResultSet rows;
    private int last;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /** The same row from its first column. */
    Row again() {
        return new Row(rows);
    }

    void skip(int columns) {
        last += columns;
    }

    /** 16 bytes, the most significant first. */
    HoldId holdId() throws SQLException {
        return Objects.requireNonNull(holdIdIfAny());
    }

    @Nullable
    HoldId holdIdIfAny() throws SQLException {
        byte[] bytes = rows.getBytes(++last);
        if (bytes == null) {
            return null;
        }
        ByteBuffer id = ByteBuffer.wrap(bytes);
        return new HoldId(new UUID(id.getLong(), id.getLong()));
    }

    /** Of a row of any table, for people. */
    String id() throws SQLException {
        return rows.getObject(last + 1) instanceof byte[] ? holdId().toString() : text();
    }

    ProductId product() throws SQLException {
        return new ProductId(number());
    }

    OrderId order() throws SQLException {
        return new OrderId(number());
    }

    @Nullable
    OrderId orderIfAny() throws SQLException {
        long number = number();
        return rows.wasNull() ? null : new OrderId(number);
    }

    TransactionId transaction() throws SQLException {
        return new TransactionId(text());
    }

    Item item() throws SQLException {
        return new Item(product(), new Quantity(count()));
    }

    /** An amount and its currency. */
    Money money() throws SQLException {
        return new Money(decimal(), currency(text()));
    }

    @Nullable
    Currency currencyIfAny() throws SQLException {
        String code = textIfAny();
        return code == null ? null : currency(code);
    }

    /** Says which one this JVM does not know. */
    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("the currency " + code + " is not known", unknown);
        }
    }

    long number() throws SQLException {
        return rows.getLong(++last);
    }

    int count() throws SQLException {
        return rows.getInt(++last);
    }

    String text() throws SQLException {
        return Objects.requireNonNull(textIfAny());
    }

    @Nullable
    String textIfAny() throws SQLException {
        return rows.getString(++last);
    }

    BigDecimal decimal() throws SQLException {
        return Objects.requireNonNull(decimalIfAny());
    }

    @Nullable
    BigDecimal decimalIfAny() throws SQLException {
        return rows.getBigDecimal(++last);
    }

    @Nullable
    Integer countIfAny() throws SQLException {
        int count = count();
        return rows.wasNull() ? null : count;
    }

    boolean flag() throws SQLException {
        return rows.getBoolean(++last);
    }

    /** The columns are in UTC, whatever the zone of the session. */
    Instant time() throws SQLException {
        return Objects.requireNonNull(timeIfAny());
    }

    @Nullable
    Instant timeIfAny() throws SQLException {
        LocalDateTime time = rows.getObject(++last, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    @Nullable
    CustomerId customerIfAny() throws SQLException {
        String text = textIfAny();
        return text == null ? null : new CustomerId(text);
    }

    <E extends Enum<E>> E name(Class<E> type) throws SQLException {
        return Objects.requireNonNull(nameIfAny(type));
    }

    <E extends Enum<E>> @Nullable E nameIfAny(Class<E> type) throws SQLException {
        String name = textIfAny();
        return name == null ? null : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
