package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.flashsale.adapter.rest.server.OpenApiRoute;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** openapi.yaml as a tree, whose schemas can be asked what they have against a value. */
final class OpenApiDocument {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi31(),
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .formatAssertionsEnabled(true)
                    .locale(Locale.ROOT)
                    .build()));

    private final JsonNode root;
    private final JsonNode components;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiDocument(JsonNode root) {
        this.root = root;
        this.components = root.get("components").deepCopy();
        for (JsonNode schema : components.findParents("x-one-of")) {
            ArrayNode oneOf = ((ObjectNode) schema).putArray("oneOf");
            schema.get("x-one-of").forEach(fields -> oneOf.addObject().set("required", fields));
        }
    }

    static OpenApiDocument published() {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new OpenApiDocument(
                JSON.valueToTree(new Yaml(new SafeConstructor(strict)).load(new String(OpenApiRoute.read(), UTF_8))));
    }

    /** This document with the node taken out that a JSON pointer names. */
    OpenApiDocument without(String pointer) {
        JsonNode copy = root.deepCopy();
        JsonPointer at = JsonPointer.compile(pointer);
        String last = at.last().getMatchingProperty();
        JsonNode removed = switch (copy.at(at.head())) {
            case ObjectNode object -> object.remove(last);
            case ArrayNode array -> array.remove(Integer.parseInt(last));
            default -> null;
        };
        if (removed == null) {
            throw new AssertionError("openapi.yaml has nothing at " + pointer);
        }
        return new OpenApiDocument(copy);
    }

    /** This document with no field allowed that is not in it, not even where others are ignored. */
    OpenApiDocument closed() {
        JsonNode copy = root.deepCopy();
        for (JsonNode open : copy.findParents("properties")) {
            ((ObjectNode) open).put("additionalProperties", false);
        }
        return new OpenApiDocument(copy);
    }

    JsonNode root() {
        return root;
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    JsonNode response(String component) {
        return root.at("/components/responses/" + component);
    }

    /** What a node refers to, if it does. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(root.at(reference.substring(1)));
    }

    /** The path as the document writes it, for one as a client does: the one with the fewest parameters. */
    Optional<String> template(String path) {
        return root.get("paths").propertyNames().stream()
                .filter(template -> path.matches("\\Q" + template.replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q") + "\\E"))
                .min(Comparator.comparing(
                        template -> template.chars().filter(c -> c == '{').count()));
    }

    /** The codes of a problem document that an answer may have. */
    Set<String> codes(JsonNode response) {
        Set<String> codes = new HashSet<>();
        response.at("/x-values/code").forEach(code -> codes.add(code.asString()));
        return codes;
    }

    /** Of the body of an answer, with the values that its fields have in this one; missing if it has no such body. */
    JsonNode schema(JsonNode response, String type) {
        JsonNode schema = response.path("content").path(type).path("schema");
        if (schema.isMissingNode() || !response.has("x-values")) {
            return schema;
        }
        ObjectNode narrowed = ((ObjectNode) schema).deepCopy();
        ObjectNode properties = narrowed.putObject("properties");
        ArrayNode required = narrowed.putArray("required");
        response.get("x-values").forEachEntry((field, values) -> {
            if (values.isEmpty()) {
                properties.put(field, false);
            } else {
                properties.putObject(field).set("enum", values);
                required.add(field);
            }
        });
        return narrowed;
    }

    /** What the schema has against the value. */
    List<String> faults(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", components);
        return SCHEMAS.getSchema(whole);
    }
}
