package dev.flashsale.adapter.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A valid body for each path that takes one, field by field, to be spoilt. */
final class Bodies {

    static final String UUID = "01900000-0000-7000-8000-000000000001";
    static final Map<String, Map<String, String>> VALID = Map.of(
            "/api/holds", fields("product_id", "1", "quantity", "1"),
            "/api/orders", fields("hold_id", '"' + UUID + '"'),
            "/api/payments/webhook",
                    fields(
                            "order_id",
                            "1",
                            "status",
                            "\"success\"",
                            "transaction_id",
                            "\"tx\"",
                            "amount",
                            "\"1.00\"",
                            "currency",
                            "\"EUR\""));

    private Bodies() {}

    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
