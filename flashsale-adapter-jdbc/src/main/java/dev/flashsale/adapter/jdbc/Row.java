package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of a row, read one after the other. */
final class Row {

    private static final HoldIdConverter HOLD_IDS = new HoldIdConverter();

    private final ResultSet rows;
    private int last;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    HoldId holdId() throws SQLException {
        return Objects.requireNonNull(HOLD_IDS.from(rows.getBytes(++last)));
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
