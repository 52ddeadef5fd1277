package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TlsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Version.class)
    void what_is_spoken_over_it_is_agreed_on(Version version) throws Exception {
        Certificates certificates = Certificates.in(folder);
        Service service = new Service(TestSettings.builder()
                .tls(new TlsSettings(certificates.certificate(), certificates.key()))
                .http2(true)
                .build());
        service.beforeEach(null);
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(certificates.trustingClient())
                .version(version)
                .build()) {
            HttpResponse<String> answer = client.send(request(service, "/api/holds", "{}"), BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("invalid_field");
        } finally {
            service.afterEach(null);
        }
    }

    @Test
    void without_http2_it_is_http_1_1() throws Exception {
        Certificates certificates = Certificates.in(folder);
        Service service = new Service(TestSettings.builder()
                .tls(new TlsSettings(certificates.certificate(), certificates.key()))
                .build());
        service.beforeEach(null);
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(certificates.trustingClient())
                .build()) {
            assertThat(client.send(request(service, "/api/holds", "{}"), BodyHandlers.ofString())
                            .version())
                    .isEqualTo(Version.HTTP_1_1);
        } finally {
            service.afterEach(null);
        }
    }

    @Test
    void what_is_wrong_with_the_files_is_said() throws Exception {
        Certificates one = Certificates.in(Files.createDirectory(folder.resolve("one")));
        Certificates other = Certificates.in(Files.createDirectory(folder.resolve("other")));
        Path text = Files.writeString(folder.resolve("text"), "no PEM");

        assertThatThrownBy(() -> new TlsSettings(folder.resolve("none"), one.key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no file " + folder.resolve("none"));
        assertThatThrownBy(() -> new TlsSettings(text, one.key())).hasMessage(text + " has no certificate in PEM");
        assertThatThrownBy(() -> new TlsSettings(one.certificate(), text))
                .hasMessage(text + " has no private key in PEM");
        assertThatThrownBy(() -> new TlsSettings(one.key(), one.certificate())).hasMessageContaining("in PEM");
        assertThatThrownBy(() -> new TlsSettings(one.certificate(), other.key()))
                .hasMessage(
                        "the key of " + other.key() + " does not belong to the certificate of " + one.certificate());
    }

    private static HttpRequest request(Service service, String path, String body) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + service.port() + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
