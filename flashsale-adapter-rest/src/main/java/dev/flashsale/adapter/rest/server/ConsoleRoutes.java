package dev.flashsale.adapter.rest.server;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Gzip;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Revalidation;
import dev.flashsale.adapter.rest.http.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /console}: a page for operators, of modules that are served as they were written. It has no secret, so everybody
 * may load it; what it shows it asks for with the token that its operator has typed. It may run what this server serves
 * beside it and ask this server, and nothing else.
 */
final class ConsoleRoutes {

    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private static final Header POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");

    private static final class File {

        final Header type;
        final byte[] bytes;
        final String etag;

        File(Header type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
            etag = Revalidation.etag(bytes);
        }

        static File of(String name) {
            String text = name.equals("chart.js")
                    // Its source map is not served.
                    ? read(CHARTS).replaceAll("(?m)^//# sourceMappingURL.*$", "")
                    : read("console/" + name);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new File(type(name.substring(name.lastIndexOf('.'))), bytes);
        }

        private static Header type(String ending) {
            String type = switch (ending) {
                case ".html" -> "text/html";
                case ".css" -> "text/css";
                case ".svg" -> "image/svg+xml";
                default -> "text/javascript";
            };
            return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, type + "; charset=utf-8");
        }
    }

    Answer page(Request request) {
        return answer(request, Files.PAGE).with(POLICY);
    }

    Answer file(Request request) {
        Route file = Files.BESIDE_IT.get(request.id());
        return file == null ? Answer.of(Problem.NOT_FOUND) : file.answer(request);
    }

    private static Answer answer(Request request, File file) {
        return Revalidation.answer(request, file.type, file.bytes, file.etag);
    }

    private static String read(String resource) {
        try (InputStream file = Objects.requireNonNull(RestSettings.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read when somebody first asks for one. */
    private static final class Files {

        static final File PAGE = File.of("console.html");
        static final Map<String, Route> BESIDE_IT = Stream.of(
                        "icon.svg",
                        "console.css",
                        "chart.js",
                        "actions.js",
                        "api.js",
                        "app.js",
                        "charts.js",
                        "dialog.js",
                        "dom.js",
                        "live.js",
                        "audit.js",
                        "customers.js",
                        "log.js",
                        "money.js",
                        "orders.js",
                        "product.js",
                        "sales.js",
                        "webhooks.js")
                .collect(Collectors.toMap(Function.identity(), Files::route));

        private static Route route(String name) {
            File file = File.of(name);
            return Gzip.before(request -> ConsoleRoutes.answer(request, file));
        }
    }
}
