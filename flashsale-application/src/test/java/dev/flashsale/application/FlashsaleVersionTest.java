package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlashsaleVersionTest {

    @Test
    void isTheOneOfThePom() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + FlashsaleVersion.current() + "</version>");
    }
}
