package dev.flashsale.app.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A page with charts and tables of a report: one file that asks no other host for anything. */
final class Charts {

    private static final String LIBRARY = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
    private static final String PAGE = "bench.html";

    private Charts() {}

    static String page(String json) {
        // Neither the address of the library's home nor that of its source map is for a browser to follow.
        String library = read(LIBRARY).replaceAll("https?://", "").replaceAll("(?m)^//# sourceMappingURL.*$", "");
        return read(PAGE).replace("/*library*/", library).replace("\"json\"", json.replace("<", "\\u003c"));
    }

    private static String read(String resource) {
        try (InputStream file = Objects.requireNonNull(Charts.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
