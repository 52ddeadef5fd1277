package dev.flashsale.adapter.rest.server;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * {@code /docs}: openapi.json as a page for people, by Swagger UI. It is one file that asks no other host for anything, and
 * what it may run and how it may look is told to the browser by the hashes of what was packed with this server.
 */
final class DocsRoute implements Route {

    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");

    @Override
    public Answer answer(Request request) {
        return Revalidation.answer(request, HTML, Page.HTML, Page.ETAG).with(Page.POLICY);
    }

    /** Made when somebody first asks for it: it has two megabytes. */
    private static final class Page {

        private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
        private static final String STYLE = read(LIBRARY + "swagger-ui.css");
        private static final String SCRIPT = read(LIBRARY + "swagger-ui-bundle.js");
        private static final String START = read("docs.js");

        static final byte[] HTML = read("docs.html")
                .replace("/*style*/", STYLE)
                .replace("/*library*/", SCRIPT)
                .replace("/*start*/", START)
                .getBytes(UTF_8);
        static final String ETAG = Revalidation.etag(HTML);
        static final Header POLICY = HeaderValues.createCached(
                "Content-Security-Policy",
                "default-src 'none'; script-src " + hash(SCRIPT) + " " + hash(START) + "; style-src " + hash(STYLE)
                        + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

        private static String hash(String text) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
                return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        private static String read(String resource) {
            try (InputStream file =
                    Objects.requireNonNull(RestSettings.class.getResourceAsStream(resource), resource)) {
                return new String(file.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
