package dev.flashsale.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    @Test
    void the_page_of_settings_is_what_the_program_prints() throws Exception {
        assertThat(Files.readString(Path.of("../docs/settings.md")))
                .as("docs/settings.md is written by `settings --markdown`, below its first lines")
                .endsWith("\n\n" + SettingsCommand.markdown());
    }
}
