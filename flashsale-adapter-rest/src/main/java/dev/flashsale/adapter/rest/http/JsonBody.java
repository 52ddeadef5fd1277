package dev.flashsale.adapter.rest.http;

import dev.flashsale.domain.InvalidValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON object that a client sent, read strictly: UTF-8, no byte order mark, no name twice at any depth, nothing
 * after it, nesting up to {@value #MAX_DEPTH}. What is not well-formed is refused before any field is looked at;
 * fields that nobody asks for are ignored.
 *
 * <p>Objects in it are read for the same fields; an array is, if it has objects alone.
 *
 * <p>A field is what its type in JSON says: {@code "1"} and {@code 1.0} are no integers. A refusal names the field.
 */
public final class JsonBody {

    private static final int MAX_DEPTH = 32;
    static final String BODY = "body";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * What a field has.
     *
     * @param objects the object itself, or those of an array that has nothing else in it, read for the same fields
     * @param strings those of an array that has nothing else in it
     */
    private record Member(
            JsonToken type,
            String text,
            @Nullable List<Map<String, Member>> objects,
            @Nullable List<String> strings) {}

    private final Map<String, Member> fields;
    private final String path;

    private JsonBody(Map<String, Member> fields, String path) {
        this.fields = fields;
        this.path = path;
    }

    /**
     * Reads a body.
     *
     * @param wanted the fields that will be asked for; null for all that there are
     * @throws Refused if it is not a well-formed JSON object
     */
    static JsonBody parse(byte[] body, @Nullable Set<String> wanted) {
        RequestBody.requireUtf8(body);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            return parse(parser, wanted);
        }
    }

    private static JsonBody parse(JsonParser parser, @Nullable Set<String> wanted) {
        try {
            JsonToken root = parser.nextToken();
            if (root == null) {
                throw malformed(BODY, "The body is empty.");
            }
            Map<String, Member> fields = root == JsonToken.START_OBJECT ? members(parser, wanted) : Map.of();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw malformed(BODY, "The body goes on after its JSON value.");
            }
            if (root != JsonToken.START_OBJECT) {
                throw Refused.invalid(BODY, "The body must be a JSON object.");
            }
            return new JsonBody(fields, "");
        } catch (JacksonException e) {
            throw e.getOriginalMessage().startsWith("Duplicate")
                    ? malformed(parser.currentName(), "The body has a name twice.")
                    : malformed(BODY, "The body is not well-formed JSON" + where(e) + ".");
        }
    }

    private static Map<String, Member> members(JsonParser parser, @Nullable Set<String> wanted) {
        Map<String, Member> fields = wanted == null ? new TreeMap<>() : HashMap.newHashMap(wanted.size());
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (wanted == null || wanted.contains(name)) {
                fields.put(name, value(parser, value, wanted));
            }
            parser.skipChildren();
        }
        return fields;
    }

    private static Member value(JsonParser parser, JsonToken type, @Nullable Set<String> wanted) {
        return switch (type) {
            case START_ARRAY -> array(parser, wanted);
            case START_OBJECT -> new Member(type, "", List.of(members(parser, wanted)), null);
            default -> new Member(type, type.isScalarValue() ? parser.getString() : "", null, null);
        };
    }

    private static Member array(JsonParser parser, @Nullable Set<String> wanted) {
        List<Map<String, Member>> objects = new ArrayList<>();
        List<String> strings = new ArrayList<>();
        int others = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                objects.add(members(parser, wanted));
            } else if (token == JsonToken.VALUE_STRING) {
                strings.add(parser.getString());
            } else {
                others++;
                parser.skipChildren();
            }
        }
        boolean objectsAlone = others == 0 && strings.isEmpty();
        boolean stringsAlone = others == 0 && objects.isEmpty();
        return new Member(JsonToken.START_ARRAY, "", objectsAlone ? objects : null, stringsAlone ? strings : null);
    }

    /** This body, or {@link Refused} if it has a field that is none of these: who sent it meant something by it. */
    JsonBody onlyWith(Set<String> taken) {
        for (String field : fields.keySet()) {
            if (!taken.contains(field)) {
                throw Refused.unknown(field, "field", taken);
            }
        }
        return this;
    }

    /**
     * An integer.
     *
     * @param value refuses what it does not take with an {@link InvalidValue}, whose rule the client gets behind the field
     */
    public <T> T integer(String field, LongFunction<T> value) {
        String digits = text(field, JsonToken.VALUE_NUMBER_INT, "must be an integer");
        try {
            return value.apply(Long.parseLong(digits));
        } catch (NumberFormatException outOfRange) {
            throw refused(field, "is out of range");
        } catch (InvalidValue e) {
            throw refused(field, e.rule());
        }
    }

    /** A string; {@code value} refuses as in {@link #integer}. */
    public <T> T string(String field, Function<String, T> value) {
        String text = text(field, JsonToken.VALUE_STRING, "must be a string");
        try {
            return value.apply(text);
        } catch (InvalidValue e) {
            throw refused(field, e.rule());
        }
    }

    private String text(String field, JsonToken type, String rule) {
        Member member = fields.get(field);
        if (member == null) {
            throw refused(field, "is missing");
        }
        if (member.type != type) {
            throw refused(field, rule);
        }
        return member.text;
    }

    /** A string that may be missing or {@code null}. */
    public <T> Optional<T> optionalString(String field, Function<String, T> value) {
        return isNull(field) ? Optional.empty() : Optional.of(string(field, value));
    }

    /** An integer that may be missing or {@code null}. */
    public <T> Optional<T> optionalInteger(String field, LongFunction<T> value) {
        return isNull(field) ? Optional.empty() : Optional.of(integer(field, value));
    }

    /** Whether the body has that field, even as {@code null}. */
    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** True or false, or missing or {@code null}. */
    public Optional<Boolean> optionalFlag(String field) {
        Member member = fields.get(field);
        if (member == null || member.type == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (member.type != JsonToken.VALUE_TRUE && member.type != JsonToken.VALUE_FALSE) {
            throw refused(field, "must be true or false");
        }
        return Optional.of(member.type == JsonToken.VALUE_TRUE);
    }

    /** Objects in an array, which may be missing or {@code null}. */
    public Optional<List<JsonBody>> optionalObjects(String field) {
        Member member = fields.get(field);
        if (member == null || member.type == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        List<Map<String, Member>> objects = member.objects;
        if (member.type != JsonToken.START_ARRAY || objects == null) {
            throw refused(field, "must be an array of objects");
        }
        return Optional.of(IntStream.range(0, objects.size())
                .mapToObj(i -> new JsonBody(objects.get(i), path + field + "[" + i + "]."))
                .toList());
    }

    /** Strings in an array. */
    public List<String> strings(String field) {
        Member member = fields.get(field);
        if (member == null) {
            throw refused(field, "is missing");
        }
        if (member.strings == null) {
            throw refused(field, "must be an array of strings");
        }
        return member.strings;
    }

    /** An object. */
    public JsonBody object(String field) {
        return optionalObject(field).orElseThrow(() -> refused(field, "is missing"));
    }

    /** An object, which may be missing or {@code null}. */
    public Optional<JsonBody> optionalObject(String field) {
        Member member = fields.get(field);
        if (member == null || member.type == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        List<Map<String, Member>> objects = member.objects;
        if (member.type != JsonToken.START_OBJECT || objects == null) {
            throw refused(field, "must be an object");
        }
        return Optional.of(new JsonBody(objects.getFirst(), path + field + "."));
    }

    private boolean isNull(String field) {
        Member member = fields.get(field);
        return member == null || member.type == JsonToken.VALUE_NULL;
    }

    private Refused refused(String field, String rule) {
        return Refused.invalid(path + field, path + field + " " + rule + ".");
    }

    static Refused malformed(@Nullable String field, String detail) {
        return new Refused(ProblemDocument.of(Problem.MALFORMED_JSON, detail).blaming(field == null ? BODY : field));
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : ", at byte " + (e.getLocation().getByteOffset() + 1);
    }
}
