package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.Service.Answer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds what is sent and answered to openapi.yaml: whichever path, method, status, code, header, parameter or field it
 * lacks fails the test that used it, and the failure says what to add where.
 */
final class Contract {

    static final Contract PUBLISHED = new Contract(OpenApiDocument.published());

    /** The document says these once, for every answer. */
    private static final Set<String> ON_EVERY_ANSWER = Set.of(
            "access-control-allow-origin",
            "access-control-expose-headers",
            "connection",
            "content-encoding",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-request-id");

    /** What another path, or another method of a path, is answered with. */
    private static final Set<String> NOT_SERVED = Set.of("not_found", "method_not_allowed");

    /** What OPTIONS is answered with on every path. */
    private static final JsonNode ALLOWED = OpenApiDocument.JSON.readTree(
            "{\"headers\": {\"Allow\": {\"required\": true, \"schema\": {\"type\": \"string\"}}}}");

    /** What a test calls a field that it sends to see it ignored. */
    private static final String IGNORED = "unknown";

    private final OpenApiDocument document;
    private final OpenApiDocument closed;

    Contract(OpenApiDocument document) {
        this.document = document;
        this.closed = document.closed();
    }

    /**
     * Fails unless the document has what was asked and answered.
     *
     * @param body of the request; null for none, and for one that is not to be looked at
     */
    void check(HttpRequest request, String body, Answer answer) {
        String method =
                request.method().equals("HEAD") ? "get" : request.method().toLowerCase(Locale.ROOT);
        Optional<String> path = document.template(request.uri().getRawPath());
        List<String> faults = new ArrayList<>();
        try {
            JsonNode response = response(path, method, answer);
            faults.addAll(headerFaults(response, answer));
            if (!request.method().equals("HEAD")) {
                faults.addAll(bodyFaults(response, answer));
            }
            path.ifPresent(template -> faults.addAll(requestFaults(template, method, request, body, answer)));
        } catch (Lacking lacking) {
            faults.add(lacking.getMessage());
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("openapi.yaml is not right for " + request.method() + " " + request.uri()
                    + ", which was answered with " + answer.status() + ". Correct it, or the route:\n- "
                    + String.join("\n- ", faults) + "\nAnswered: " + answer.body());
        }
    }

    /** Fails unless the document has such an answer to some request. */
    void check(Answer answer) {
        Set<String> faults = new LinkedHashSet<>();
        for (JsonNode response : responses(answer.status()).toList()) {
            List<String> of = new ArrayList<>(headerFaults(response, answer));
            if (!answer.body().isEmpty()) {
                of.addAll(bodyFaults(response, answer));
            }
            if (of.isEmpty()) {
                return;
            }
            faults.addAll(of);
        }
        throw new AssertionError("openapi.yaml has no such answer with " + answer.status() + ":\n- "
                + String.join("\n- ", faults) + "\nAnswered: " + answer.body());
    }

    /** Where the document says what this answer is. */
    private JsonNode response(Optional<String> path, String method, Answer answer) {
        String code = code(answer);
        JsonNode refused = document.response("Refused");
        if (path.isPresent() ? NOT_SERVED.contains(code) : code.equals("not_found")) {
            return refused;
        }
        if (path.isPresent() && method.equals("options")) {
            return ALLOWED;
        }
        JsonNode operation = path.map(template -> document.at("/paths/" + escaped(template) + "/" + method))
                .orElse(document.at("/none"));
        if (operation.isMissingNode()) {
            if (document.codes(refused).contains(code) && !NOT_SERVED.contains(code)) {
                return refused;
            }
            throw new Lacking(path.map(template -> "paths." + template + " has no " + method + ": add this method")
                    .orElse("paths has nothing for it: add this path"));
        }
        JsonNode responses = operation.get("responses");
        JsonNode listed = responses.path(Integer.toString(answer.status()));
        JsonNode other = document.resolved(responses.path("default"));
        if (listed.isMissingNode() && !document.codes(other).contains(code)) {
            throw new Lacking("paths." + path.get() + "." + method + ".responses has no '" + answer.status() + "'"
                    + (code.isEmpty() ? "" : " with the code " + code) + ": add this status");
        }
        return listed.isMissingNode() ? other : document.resolved(listed);
    }

    private Stream<JsonNode> responses(int status) {
        Stream<JsonNode> ofOperations = document.at("/paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .map(operation -> operation.path("responses").path(Integer.toString(status)))
                .filter(response -> !response.isMissingNode())
                .map(document::resolved);
        return Stream.concat(ofOperations, Stream.of(status == 204 ? ALLOWED : document.response("Refused")));
    }

    private List<String> headerFaults(JsonNode response, Answer answer) {
        List<String> faults = new ArrayList<>();
        Set<String> unknown = new HashSet<>();
        answer.headers().map().keySet().forEach(name -> unknown.add(name.toLowerCase(Locale.ROOT)));
        unknown.removeAll(ON_EVERY_ANSWER);
        response.path("headers").forEachEntry((name, node) -> {
            JsonNode header = document.resolved(node);
            unknown.remove(name.toLowerCase(Locale.ROOT));
            String value = answer.header(name);
            if (value != null) {
                document.faults(header.get("schema"), typed(header.get("schema"), value))
                        .forEach(fault -> faults.add("the header " + name + fault));
            } else if (header.path("required").asBoolean(false)) {
                faults.add("the header " + name + " is required there, and was not sent");
            }
        });
        if ("no-store".equals(answer.header("cache-control"))) {
            unknown.remove("cache-control");
        }
        unknown.forEach(name -> faults.add("it has no header " + name + " there: add it to headers"));
        return faults;
    }

    private JsonNode typed(JsonNode schema, String header) {
        boolean number = document.resolved(schema).path("type").asString("").equals("integer");
        return number && header.matches("[0-9]+")
                ? OpenApiDocument.JSON.readTree(header)
                : OpenApiDocument.JSON.valueToTree(header);
    }

    private List<String> bodyFaults(JsonNode response, Answer answer) {
        if (!response.has("content")) {
            return answer.body().isEmpty() ? List.of() : List.of("it has no content there: add it");
        }
        String type = String.valueOf(answer.header("content-type"));
        JsonNode schema = document.schema(response, type);
        if (schema.isMissingNode()) {
            return List.of("it has no " + type + " with a schema there: add it to content");
        }
        return document
                .faults(schema, type.endsWith("json") ? answer.json() : OpenApiDocument.JSON.valueToTree(answer.body()))
                .stream()
                .map(fault -> "the body" + fault)
                .toList();
    }

    /** What was taken from a request and is not in the document. A request that was refused unread tells nothing. */
    private List<String> requestFaults(String path, String method, HttpRequest request, String body, Answer answer) {
        JsonNode item = document.at("/paths/" + escaped(path));
        JsonNode operation = item.path(method);
        List<String> faults = new ArrayList<>();
        if (operation.isMissingNode()) {
            return faults;
        }
        if (answer.status() < 300) {
            Set<String> parameters = parameters(item, operation);
            Stream.concat(queryNames(request), request.headers().map().keySet().stream())
                    .filter(name -> !parameters.contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(name -> faults.add("it has no parameter " + name + " there: add it to parameters"));
        }
        boolean read = answer.status() < 300 || Set.of(404, 409, 410).contains(answer.status());
        if (read && body != null) {
            JsonNode schema = closed.at("/paths/" + escaped(path) + "/" + method)
                    .at("/requestBody/content/application~1json/schema");
            if (schema.isMissingNode()) {
                faults.add("it has no requestBody of application/json there: add it");
            } else {
                ObjectNode sent = (ObjectNode) OpenApiDocument.JSON.readTree(body);
                sent.remove(IGNORED);
                closed.faults(schema, sent).forEach(fault -> faults.add("the body of the request" + fault));
            }
        }
        return faults;
    }

    /** Names of headers and of what is in the query, in lower case; what proxies add is no client's. */
    private Set<String> parameters(JsonNode item, JsonNode operation) {
        Set<String> names = new HashSet<>(Set.of(
                "accept",
                "accept-encoding",
                "content-type",
                "x-forwarded-for",
                "forwarded",
                "x-request-id",
                "traceparent"));
        Stream.of(item, operation)
                .flatMap(node -> node.path("parameters").valueStream())
                .map(document::resolved)
                .forEach(parameter -> names.add(parameter.get("name").asString().toLowerCase(Locale.ROOT)));
        operation
                .path("security")
                .forEach(requirement -> requirement
                        .propertyNames()
                        .forEach(scheme -> names.add(document.at("/components/securitySchemes/" + scheme)
                                .optional("name")
                                .map(name -> name.asString().toLowerCase(Locale.ROOT))
                                .orElse("authorization"))));
        return names;
    }

    private static Stream<String> queryNames(HttpRequest request) {
        String query = request.uri().getRawQuery();
        return query == null
                ? Stream.empty()
                : Arrays.stream(query.split("&", -1)).map(pair -> pair.split("=", -1)[0]);
    }

    private static String code(Answer answer) {
        return "application/problem+json".equals(answer.header("content-type"))
                        && !answer.body().isEmpty()
                ? answer.json().path("code").asString("")
                : "";
    }

    private static String escaped(String path) {
        return path.replace("/", "~1");
    }

    private static final class Lacking extends RuntimeException {
        Lacking(String what) {
            super(what);
        }
    }
}
