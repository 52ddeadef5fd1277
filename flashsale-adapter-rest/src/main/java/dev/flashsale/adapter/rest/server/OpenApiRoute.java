package dev.flashsale.adapter.rest.server;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Revalidation;
import dev.flashsale.adapter.rest.http.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /openapi.yaml}: all of this interface, for programs and for people. It is the same for everybody. */
public final class OpenApiRoute implements Route {

    /** As of RFC 9512. */
    private static final Header YAML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");

    private final byte[] document = read();
    private final String etag = Revalidation.etag(document);

    OpenApiRoute() {}

    @Override
    public Answer answer(Request request) {
        return Revalidation.answer(request, YAML, document, etag);
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
}
