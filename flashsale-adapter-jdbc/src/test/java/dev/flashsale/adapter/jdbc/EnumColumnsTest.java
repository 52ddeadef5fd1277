package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.POOL;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPERATOR_LOG;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.TableField;
import org.junit.jupiter.api.Test;

/** An enum of the domain reaches its column as text: a name that the column lacks would be refused no sooner than it is written. */
class EnumColumnsTest {

    private static final Map<TableField<?, String>, Class<? extends Enum<?>>> FIELDS = Map.of(
            FLASHSALE_HOLD.STATUS, HoldStatus.class,
            FLASHSALE_OPERATOR_LOG.ACTION, Action.class,
            FLASHSALE_ORDER.STATUS, OrderStatus.class,
            FLASHSALE_PAYMENT.EFFECT, PaymentEffect.class,
            FLASHSALE_PAYMENT.ORDER_STATUS, OrderStatus.class,
            FLASHSALE_PAYMENT.STATUS, PaymentStatus.class,
            FLASHSALE_PAYMENT_CONFLICT.STATUS, PaymentStatus.class);

    @Test
    void everyEnumColumnTakesTheNamesOfItsEnumInTheDomainAndNoOther() throws SQLException {
        assertThat(namesInTheDatabase()).isEqualTo(namesInTheDomain());
    }

    private static Map<String, List<String>> namesInTheDomain() {
        Map<String, List<String>> names = new TreeMap<>();
        FIELDS.forEach((field, type) -> names.put(
                field.getTable().getName() + "." + field.getName(),
                Arrays.stream(type.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList()));
        return names;
    }

    private static Map<String, List<String>> namesInTheDatabase() throws SQLException {
        Map<String, List<String>> names = new TreeMap<>();
        try (Connection connection = POOL.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select table_name, column_name, column_type"
                        + " from information_schema.columns where table_schema = database() and data_type = 'enum'")) {
            while (row.next()) {
                names.put(
                        row.getString(1) + "." + row.getString(2),
                        Arrays.stream(row.getString(3)
                                        .replaceAll("enum\\(|[')]", "")
                                        .split(","))
                                .sorted()
                                .toList());
            }
        }
        return names;
    }
}
