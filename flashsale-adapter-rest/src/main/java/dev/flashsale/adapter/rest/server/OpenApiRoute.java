package dev.flashsale.adapter.rest.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Revalidation;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JsonGenerator;

/** {@code /openapi.yaml} and {@code /openapi.json}: all of this interface, for programs. It is the same for everybody. */
public final class OpenApiRoute {

    /** As of RFC 9512. */
    private static final Header YAML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");

    private final byte[] document = read();
    private final String etag = Revalidation.etag(document);

    OpenApiRoute() {}

    Answer yaml(Request request) {
        return Revalidation.answer(request, YAML, document, etag);
    }

    Answer json(Request request) {
        return Revalidation.answer(request, Answer.JSON, InJson.DOCUMENT, InJson.ETAG);
    }

    /** The document as it is served. */
    public static byte[] read() {
        try (InputStream document = RestSettings.class.getResourceAsStream("openapi.yaml")) {
            if (document == null) {
                throw new IllegalStateException("openapi.yaml is packed beside RestSettings");
            }
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made when somebody first asks for it, as hardly anybody does. */
    private static final class InJson {

        static final byte[] DOCUMENT =
                of(new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(read(), UTF_8)));
        static final String ETAG = Revalidation.etag(DOCUMENT);

        private static byte[] of(Map<?, ?> document) {
            return Json.object(
                    json -> document.forEach((name, value) -> write(json.writeName(name.toString()), value)));
        }

        private static void write(JsonGenerator json, @Nullable Object node) {
            switch (node) {
                case Map<?, ?> object -> {
                    json.writeStartObject();
                    object.forEach((name, value) -> write(json.writeName(name.toString()), value));
                    json.writeEndObject();
                }
                case List<?> array -> {
                    json.writeStartArray();
                    array.forEach(value -> write(json, value));
                    json.writeEndArray();
                }
                case null -> json.writeNull();
                case Integer number -> json.writeNumber(number);
                case Double number -> json.writeNumber(number);
                case Boolean flag -> json.writeBoolean(flag);
                default -> json.writeString(node.toString());
            }
        }
    }
}
