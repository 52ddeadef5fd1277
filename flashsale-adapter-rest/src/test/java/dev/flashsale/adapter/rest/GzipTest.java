package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

    private static final String PAGE = "/openapi.yaml";

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "*", "deflate, gzip, br, zstd", "x-gzip"})
    void what_is_long_is_compressed_for_who_takes_it(String accepted) throws Exception {
        HttpResponse<byte[]> answer = get(PAGE, accepted);

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(answer.headers().firstValue("vary")).contains("Accept-Encoding");
        assertThat(answer.headers().firstValue("content-length")).contains("" + answer.body().length);
        assertThat(unzipped(answer.body())).isEqualTo(service.get(PAGE).body());
        assertThat(answer.body().length).isLessThan(service.get(PAGE).body().length() / 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip;q=0", "*, gzip;q=0.000", "identity", "*;q=0"})
    void who_does_not_take_it_gets_it_as_it_is(String accepted) {
        Answer answer = service.get(PAGE, "Accept-Encoding", accepted);

        assertThat(answer.header("content-encoding")).isNull();
        assertThat(answer.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.body()).contains("openapi: 3.1.0");
    }

    @Test
    void either_etag_is_known_again() throws Exception {
        String plain = service.get(PAGE).header("etag");
        String compressed = get(PAGE, "gzip").headers().firstValue("etag").orElseThrow();

        assertThat(compressed).isEqualTo("W/" + plain);
        for (String tag : new String[] {plain, compressed}) {
            Answer same = service.get(PAGE, "If-None-Match", tag, "Accept-Encoding", "gzip");
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.header("etag")).isEqualTo(compressed);
            assertThat(same.header("vary")).isEqualTo("Accept-Encoding");
            assertThat(same.header("content-encoding")).isNull();
            assertThat(service.get(PAGE, "If-None-Match", tag).header("etag")).isEqualTo(plain);
        }
    }

    @Test
    void head_says_what_get_would() throws Exception {
        Answer head = service.send("HEAD", PAGE, null, "Accept-Encoding", "gzip");

        assertThat(head.header("content-encoding")).isEqualTo("gzip");
        assertThat(head.header("content-length"))
                .isEqualTo("" + get(PAGE, "gzip").body().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/nowhere"})
    void what_is_short_or_hot_is_never_compressed(String path) {
        assertThat(service.get(path, "Accept-Encoding", "gzip").headers().map())
                .doesNotContainKeys("content-encoding", "vary");
    }

    private HttpResponse<byte[]> get(String path, String accepted) throws Exception {
        return service.client.send(
                service.request("GET", path, null, "Accept-Encoding", accepted), BodyHandlers.ofByteArray());
    }

    private static String unzipped(byte[] body) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
