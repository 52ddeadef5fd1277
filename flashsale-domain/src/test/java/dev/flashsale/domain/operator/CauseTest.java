package dev.flashsale.domain.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CauseTest {

    @Test
    void theLongestOfTheWidestCharactersAreTaken() {
        String operator = "🎮".repeat(Cause.OPERATOR_MAX_LENGTH);
        String reason = "🎮".repeat(Cause.REASON_MAX_LENGTH);

        assertThat(new Cause(operator, reason).reason()).isEqualTo(reason);
        assertThatThrownBy(() -> new Cause(operator + "x", reason)).hasMessageContaining("operator must have 1 to 100");
        assertThatThrownBy(() -> new Cause(operator, reason + "x")).hasMessageContaining("reason must have 1 to 500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b"})
    void whatIsBlankOrNoLineIsRefused(String text) {
        assertThatThrownBy(() -> new Cause("ann", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> new Cause(text, "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operator");
    }
}
