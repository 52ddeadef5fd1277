package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-formed JSON of another shape, sent to whatever takes a body. */
class InvalidFieldTest {

    private static final List<String> BAD_INTEGERS = List.of(
            "null",
            "true",
            "\"1\"",
            "\"\"",
            "[1]",
            "{\"a\":1}",
            "1.5",
            "1.0",
            "1e2",
            "1E0",
            "0",
            "-0",
            "-1",
            "9223372036854775808",
            "18446744073709551616",
            "-9223372036854775809",
            "9".repeat(10_000));
    private static final List<String> BAD_QUANTITIES =
            List.of("1000001", "2147483647", "2147483648", "4294967297", "-2147483649", "9223372036854775807");
    private static final List<String> BAD_STRINGS = List.of("true", "1", "1.5", "[\"x\"]", "{\"a\":\"b\"}");
    private static final List<String> BAD_UUIDS = List.of(
            "null",
            "\"\"",
            "\"1\"",
            "\"1-1-1-1-1\"",
            "\"01900000000070008000000000000001\"",
            "\"{" + Bodies.UUID + "}\"",
            "\" " + Bodies.UUID + "\"",
            "\"" + Bodies.UUID + "\\u0000\"",
            "\"01900000-0000-7000-8000-00000000000\\u0000\"",
            "\"0190000g-0000-7000-8000-000000000001\"",
            "\"-1900000-0000-7000-8000-000000000001\"");

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void json_of_another_shape_is_refused(String path, String body, String field) {
        Answer answer = service.post(path, body);

        Problems.assertProblemWithField(answer, 422, "invalid_field", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    static Stream<Arguments> json_of_another_shape_is_refused() {
        Stream<Arguments> notAnObject = Bodies.VALID.keySet().stream()
                .flatMap(path -> Stream.of(
                                "null", "true", "1", "\"x\"", "[]", "[" + Bodies.json(Bodies.VALID.get(path)) + "]")
                        .map(body -> Arguments.of(path, body, "body")));
        Stream<Arguments> missing = Stream.of(
                without("/api/holds", "product_id"),
                without("/api/holds", "quantity"),
                without("/api/orders", "hold_id"),
                without("/api/payments/webhook", "order_id"),
                without("/api/payments/webhook", "status"),
                without("/api/payments/webhook", "transaction_id"));
        return Stream.of(
                        notAnObject,
                        missing,
                        with("/api/holds", "product_id", BAD_INTEGERS),
                        with("/api/holds", "quantity", BAD_INTEGERS),
                        with("/api/holds", "quantity", BAD_QUANTITIES),
                        with("/api/orders", "hold_id", BAD_STRINGS),
                        with("/api/orders", "hold_id", BAD_UUIDS),
                        with("/api/payments/webhook", "order_id", BAD_INTEGERS),
                        with("/api/payments/webhook", "status", BAD_STRINGS),
                        with("/api/payments/webhook", "status", List.of("null", "\"\"", "\"SUCCESS\"", "\"paid\"")),
                        with("/api/payments/webhook", "transaction_id", BAD_STRINGS),
                        with(
                                "/api/payments/webhook",
                                "transaction_id",
                                List.of(
                                        "null",
                                        "\"\"",
                                        "\"a b\"",
                                        "\"by-hand-17\"",
                                        "\"a\\u0000\"",
                                        "\"ä\"",
                                        "\"\\ud800\"",
                                        quoted("x", 129))),
                        with("/api/payments/webhook", "amount", BAD_STRINGS),
                        with(
                                "/api/payments/webhook",
                                "amount",
                                List.of(
                                        "\"\"",
                                        "\"-1\"",
                                        "\"+1\"",
                                        "\"1e2\"",
                                        "\"1.\"",
                                        "\".5\"",
                                        "\"1,00\"",
                                        "\" 1\"",
                                        "\"1\\u0000\"",
                                        "\"NaN\"",
                                        "\"1.00001\"",
                                        "\"١\"",
                                        quoted("9", 16),
                                        quoted("9", 9999))),
                        with("/api/payments/webhook", "currency", BAD_STRINGS),
                        with("/api/payments/webhook", "currency", List.of("\"\"", "\"eur\"", "\"XYZ\"", "\"EURO\"")))
                .flatMap(cases -> cases);
    }

    private static Arguments without(String path, String field) {
        Map<String, String> fields = new LinkedHashMap<>(Bodies.VALID.get(path));
        fields.remove(field);
        return Arguments.of(path, Bodies.json(fields), field);
    }

    private static Stream<Arguments> with(String path, String field, List<String> values) {
        return values.stream().map(value -> {
            Map<String, String> fields = new LinkedHashMap<>(Bodies.VALID.get(path));
            fields.put(field, value);
            return Arguments.of(path, Bodies.json(fields), field);
        });
    }

    private static String quoted(String character, int times) {
        return '"' + character.repeat(times) + '"';
    }
}
