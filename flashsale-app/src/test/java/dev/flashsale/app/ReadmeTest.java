package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.app.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadmeTest {

    @ParameterizedTest
    @EnumSource
    void everySettingIsInTheReadme(Setting setting) throws Exception {
        String readme = Files.readString(Path.of("../README.md"));

        assertThat(readme)
                .contains("| `" + setting.property() + "` | `" + setting.flag() + "` | `"
                        + setting.environmentVariable() + "` |")
                .contains("| " + setting.description() + " |");
    }
}
