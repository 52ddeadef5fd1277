package dev.flashsale.domain.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerIdTest {

    @ParameterizedTest
    @CsvSource({
        "c-1, c-1 asked for it, true",
        "c-1, by letter (C-1), true",
        "c-1, c-12 asked for it, false",
        "a, a letter, true",
        "a, erased, false",
        "x.y@shop.example, from X.Y@shop.example., true",
        "x.y@shop.example, from xzy@shop.example, false",
        "(, a smile :(, true",
    })
    void anIdIsNamedInATextAsAWord(String id, String text, boolean named) {
        assertThat(new CustomerId(id).isNamedIn(text)).isEqualTo(named);
    }

    @Test
    void whoIsForgottenIsOnlyARandomNumber() {
        UUID random = UUID.fromString("0f0e0d0c-0b0a-4908-8706-050403020100");

        assertThat(CustomerId.forgotten(random).value()).isEqualTo("forgotten-" + random);
    }
}
