package dev.flashsale.adapter.rest;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.product.StreamRoutes;
import dev.flashsale.adapter.rest.server.Router;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.product.SaleState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What openapi.yaml is in itself. {@link Contract} holds every answer of every test to it. */
class OpenApiTest {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.published();
    private static final String OAS = "https://spec.openapis.org/oas/3.1";

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void it_is_openapi() {
        List<Error> faults = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaIdResolvers(
                                ids -> ids.mapPrefix(OAS, "classpath:" + OAS.substring("https://".length()))))
                .getSchema(SchemaLocation.of(OAS + "/schema-base/2022-10-07"))
                .validate(DOCUMENT.root());

        assertThat(faults).isEmpty();
    }

    @Test
    void it_is_served_to_be_kept_and_asked_about() {
        Answer answer = service.get("/openapi.yaml");
        Answer same = service.get("/openapi.yaml", "If-None-Match", answer.header("etag"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/yaml");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache");
        assertThat(answer.body()).contains("\nopenapi: 3.1.0\n");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(service.send("HEAD", "/openapi.yaml", null).header("etag")).isEqualTo(answer.header("etag"));
    }

    @Test
    void it_is_served_in_json_too() {
        Answer answer = service.get("/openapi.json");
        Answer same = service.get("/openapi.json", "If-None-Match", answer.header("etag"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json()).isEqualTo(DOCUMENT.root());
        assertThat(same.status()).isEqualTo(304);
        assertThat(service.send("HEAD", "/openapi.json", null).header("etag")).isEqualTo(answer.header("etag"));
    }

    @Test
    void it_has_the_paths_and_methods_that_are_served_and_no_others() {
        Map<String, Set<String>> served = new Router(
                        new Fakes().useCases(),
                        AdmissionLimits.of(1),
                        StreamRoutes.live(
                                new Fakes().useCases().products(),
                                TestSettings.builder().build()),
                        new Probes(
                                () -> true,
                                Optional::empty,
                                Optional::empty,
                                Optional.of(new Probes.Metrics(format -> "", true)),
                                Optional.of(new FakeLiveSale())),
                        InstantSource.system(),
                        System::nanoTime,
                        AnswerListener.NONE,
                        TestSettings.builder().build())
                .served().entrySet().stream()
                        .collect(toMap(path -> anonymous(path.getKey()), path -> methods(path.getValue())));
        Map<String, Set<String>> documented = DOCUMENT.at("/paths")
                .propertyStream()
                .collect(toMap(
                        path -> anonymous(path.getKey()),
                        path -> new TreeSet<>(path.getValue().propertyNames().stream()
                                .filter(name -> !name.equals("parameters"))
                                .toList())));

        assertThat(documented)
                .as("paths and methods of openapi.yaml: add what is served to it, take out what is not")
                .isEqualTo(served);
    }

    @Test
    void it_has_every_code_of_a_problem_with_its_status_and_title() {
        JsonNode codes = DOCUMENT.at("/components/schemas/ProblemCode");

        assertThat(codes.get("enum").valueStream().map(JsonNode::asString))
                .as("components.schemas.ProblemCode.enum of openapi.yaml: one for each Problem, in that order")
                .containsExactlyElementsOf(
                        Arrays.stream(Problem.values()).map(Problem::code).toList());
        assertThat(codes.get("description").asString())
                .as("the table in components.schemas.ProblemCode of openapi.yaml")
                .contains(Arrays.stream(Problem.values())
                        .map(problem -> "| `" + problem.code() + "` | "
                                + problem.status().code() + " | " + problem.title() + " |")
                        .toList());
    }

    /** They are the names of constants, which may be changed without a thought of clients. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                HoldStatus.class,
                OrderStatus.class,
                PaymentEffect.class,
                RefundReason.class,
                SaleState.class,
                Action.class
            })
    void it_has_every_word_for_a_constant(Class<? extends Enum<?>> constants) {
        List<String> words =
                Arrays.stream(constants.getEnumConstants()).map(Json::word).toList();
        List<List<String>> documented = new ArrayList<>();
        walk(
                "",
                DOCUMENT.root(),
                (where, node) -> documented.add(node.path("enum")
                        .valueStream()
                        .map(JsonNode::asString)
                        .sorted()
                        .toList()));

        assertThat(documented)
                .as("enums of openapi.yaml")
                .contains(words.stream().sorted().toList());
    }

    @Test
    void every_refusal_says_its_codes_and_has_their_status() {
        List<String> faults = new ArrayList<>();
        responses((where, response) -> {
            Set<String> codes = DOCUMENT.codes(response);
            if (response.at("/content").has("application/problem+json") && codes.isEmpty()) {
                faults.add(where + " does not say which codes it has: add code to its x-values");
            }
            String status = where.substring(where.lastIndexOf('.') + 1);
            codes.stream()
                    .map(code -> Problem.valueOf(code.toUpperCase(Locale.ROOT)))
                    .filter(problem -> !status.equals("default"))
                    .filter(problem -> problem.status().code() != Integer.parseInt(status))
                    .forEach(problem -> faults.add(where + " has the code " + problem.code() + ", whose status is "
                            + problem.status().code()));
        });

        assertThat(faults).isEmpty();
    }

    @Test
    void every_example_is_one() {
        List<String> faults = new ArrayList<>();
        walk("", DOCUMENT.root(), (where, node) -> {
            JsonNode examples = node.path("examples");
            if (examples.isArray()) {
                examples.forEach(value -> faults.addAll(faults(where, node, value)));
            } else if (node.has("schema")) {
                Stream.concat(
                                node.optional("example").stream(),
                                examples.valueStream().map(one -> one.get("value")))
                        .forEach(value -> {
                            faults.addAll(faults(where, node.get("schema"), value));
                            faults.addAll(problemFaults(where, value));
                        });
            }
        });

        assertThat(faults).isEmpty();
    }

    /** Generators of clients, and validators that know no more than these, see the comment at its top. */
    @Test
    void it_keeps_to_what_every_program_understands() {
        List<String> faults = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        walk("", DOCUMENT.root(), (where, node) -> {
            Stream.of("oneOf", "anyOf", "allOf", "if", "not")
                    .filter(node::has)
                    .forEach(word -> faults.add(where + " has " + word));
            if (node.has("$ref")) {
                used.add(node.get("$ref").asString());
                if (node.size() > 1) {
                    faults.add(where + " has something beside its $ref");
                }
            }
            if (node.has("properties") && !where.matches("\\.components\\.schemas\\.\\w+")) {
                faults.add(where + " is an object without a name: add it to components.schemas");
            }
        });
        DOCUMENT.at("/components")
                .forEachEntry((kind, all) -> all.propertyNames().stream()
                        .filter(name ->
                                !kind.equals("securitySchemes") && !used.contains("#/components/" + kind + "/" + name))
                        .forEach(name -> faults.add("components." + kind + "." + name + " is not used")));

        assertThat(faults).isEmpty();
    }

    @Test
    void every_object_in_an_answer_is_closed() {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        responses((where, response) ->
                response.path("content").forEach(media -> addOpen(where, media.path("schema"), seen, faults)));

        assertThat(seen).contains("Product", "Hold", "Order", "Problem");
        assertThat(faults).isEmpty();
    }

    private static void addOpen(String where, JsonNode schema, Set<String> seen, List<String> faults) {
        walk(where, schema, (place, node) -> {
            if (node.has("properties") && !isClosed(node)) {
                faults.add(place + " takes any field: add additionalProperties: false");
            }
            String name = node.path("$ref").asString("").replace("#/components/schemas/", "");
            if (!name.isEmpty() && seen.add(name)) {
                addOpen("components.schemas." + name, DOCUMENT.resolved(node), seen, faults);
            }
        });
    }

    private static boolean isClosed(JsonNode schema) {
        JsonNode additional = schema.path("additionalProperties");
        return additional.isBoolean() && !additional.asBoolean();
    }

    private static List<String> faults(String where, JsonNode schema, JsonNode value) {
        return DOCUMENT.faults(schema, value).stream()
                .map(fault -> "an example of " + where + fault)
                .toList();
    }

    private static List<String> problemFaults(String where, JsonNode example) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.code().equals(example.path("code").asString("")))
                .filter(problem -> !example.get("type").asString().equals("urn:flashsale:problem:" + problem.code())
                        || !example.get("title").asString().equals(problem.title())
                        || example.get("status").asInt() != problem.status().code())
                .map(problem -> "an example of " + where + " has another type, title or status than " + problem)
                .toList();
    }

    private static void responses(BiConsumer<String, JsonNode> visitor) {
        DOCUMENT.at("/paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> operation
                        .path("responses")
                        .forEachEntry((status, response) -> visitor.accept(
                                "paths." + path + "." + method + ".responses." + status,
                                DOCUMENT.resolved(response)))));
    }

    private static void walk(String where, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(where, node);
        }
        node.forEachEntry((name, child) -> walk(where + "." + name, child, visitor));
        if (node.isArray()) {
            node.forEach(child -> walk(where, child, visitor));
        }
    }

    private static Set<String> methods(String allowed) {
        return Arrays.stream(allowed.toLowerCase(Locale.ROOT).split(", ", -1))
                .filter(method -> !Set.of("head", "options").contains(method))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String anonymous(String path) {
        return path.replaceAll("\\{\\w+}", "{}");
    }
}
