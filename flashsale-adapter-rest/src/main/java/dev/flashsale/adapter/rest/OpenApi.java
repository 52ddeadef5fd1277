package dev.flashsale.adapter.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /openapi.yaml}: all of this interface, for programs and for people. It is the same for everybody. */
final class OpenApi {

    /** As of RFC 9512. */
    private static final Header YAML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/yaml");

    private final byte[] document = read();
    private final String etag = Revalidation.etag(document);

    void view(ServerRequest request, ServerResponse response) {
        Revalidation.answer(request, response, YAML, document, etag);
    }

    static byte[] read() {
        try (InputStream document = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            if (document == null) {
                throw new IllegalStateException("openapi.yaml is packed beside this class");
            }
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
