package dev.flashsale.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.CustomerId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "~", "\"quoted\"", "8e03978e-40d5-43dd-bc93-6894a57f9324"})
    void printableAsciiIsAKey(String value) {
        assertThat(new IdempotencyKey(value)).hasToString(value);
    }

    static Stream<String> others() {
        return Stream.of("", "\t", "a\nb", "\u007f", "\u00e4", "x".repeat(IdempotencyKey.MAX_LENGTH + 1));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anythingElseIsNone(String value) {
        assertThatThrownBy(() -> new IdempotencyKey(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 255 printable ASCII characters");
    }

    @Test
    void aKeyCountsWithinItsScopeAlone() {
        IdempotencyKey key = new IdempotencyKey("key");
        IdempotencyKey other = new IdempotencyKey("key ann");

        assertThat(List.of(
                        ScopedKey.ofHold(key, null),
                        ScopedKey.ofHold(key, new CustomerId("ann")),
                        ScopedKey.ofHold(key, new CustomerId("bob")),
                        ScopedKey.ofHold(other, null),
                        ScopedKey.ofOrder(key)))
                .doesNotHaveDuplicates();
        assertThat(ScopedKey.ofHold(key, new CustomerId("ann")))
                .isEqualTo(ScopedKey.ofHold(new IdempotencyKey("key"), new CustomerId("ann")));
    }

    @Test
    void aKeyIsOfTheCustomerAmongWhoseHoldsItCounts() {
        IdempotencyKey key = new IdempotencyKey("k");
        CustomerId ann = new CustomerId("ann");

        assertThat(ScopedKey.ofHold(key, ann).isOf(ann)).isTrue();
        assertThat(ScopedKey.ofHold(key, new CustomerId("joann")).isOf(ann)).isFalse();
        assertThat(ScopedKey.ofHold(new IdempotencyKey("ann"), null).isOf(ann)).isFalse();
        assertThat(ScopedKey.ofOrder(new IdempotencyKey("ann")).isOf(ann)).isFalse();
    }
}
