package dev.flashsale.adapter.rest.http;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON as every answer has it: names in snake_case, constants in lower case, time in UTC by ISO 8601. */
public final class Json {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 256;
    private static final Map<Enum<?>, String> WORDS = new ConcurrentHashMap<>();

    private Json() {}

    public static byte[] object(Consumer<JsonGenerator> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** An array of objects, as a member. */
    public static <T> void array(
            JsonGenerator json, String name, List<? extends T> items, BiConsumer<JsonGenerator, T> members) {
        json.writeArrayPropertyStart(name);
        for (T item : items) {
            json.writeStartObject();
            members.accept(json, item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A moment, in microseconds at most. */
    public static void moment(JsonGenerator json, String name, Instant at) {
        json.writeStringProperty(name, at.truncatedTo(ChronoUnit.MICROS).toString());
    }

    /** How clients read a constant. A test holds the names of those that are shown to openapi.yaml. */
    public static String word(Enum<?> constant) {
        return WORDS.computeIfAbsent(constant, known -> known.name().toLowerCase(Locale.ROOT));
    }
}
