package dev.flashsale.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.InvalidValue;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSecretTest {

    private static String of(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    void isReadAsItIsWritten() {
        EndpointSecret secret = EndpointSecret.random(new SecureRandom());

        assertThat(EndpointSecret.parse(secret.text())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(secret).isNotEqualTo(EndpointSecret.random(new SecureRandom()));
    }

    @Test
    void isNotShown() {
        EndpointSecret secret = EndpointSecret.parse(of(24));

        assertThat(secret).hasToString("EndpointSecret[24 bytes]");
    }

    @Test
    void isNotChangedByWhoHasItsBytes() {
        EndpointSecret secret = EndpointSecret.parse(of(64));

        secret.bytes()[0] = 1;

        assertThat(secret).isEqualTo(EndpointSecret.parse(of(64)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65, 1000})
    void hasNeitherTooFewBytesNorTooMany(int bytes) {
        assertThatThrownBy(() -> EndpointSecret.parse(of(bytes)))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("secret must be whsec_ and the base64 of 24 to 64 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_?",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "WHSEC_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void isNothingElse(String text) {
        assertThatThrownBy(() -> EndpointSecret.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("secret must be whsec_ and the base64 of 24 to 64 bytes");
    }
}
