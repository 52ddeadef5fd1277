package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.POOL;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_OPERATOR_LOG;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

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

    private static final List<TableField<?, ? extends Enum<?>>> FIELDS = List.of(
            FLASHSALE_HOLD.STATUS,
            FLASHSALE_OPERATOR_LOG.ACTION,
            FLASHSALE_ORDER.STATUS,
            FLASHSALE_PAYMENT.EFFECT,
            FLASHSALE_PAYMENT.ORDER_STATUS,
            FLASHSALE_PAYMENT.STATUS);

    @Test
    void everyEnumColumnTakesTheNamesOfItsEnumInTheDomainAndNoOther() throws SQLException {
        assertThat(namesInTheDatabase()).isEqualTo(namesInTheDomain());
    }

    private static Map<String, List<String>> namesInTheDomain() {
        Map<String, List<String>> names = new TreeMap<>();
        for (TableField<?, ? extends Enum<?>> field : FIELDS) {
            names.put(
                    field.getTable().getName() + "." + field.getName(),
                    Arrays.stream(field.getType().getEnumConstants())
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList());
        }
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
