package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.RestServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the pages promise of themselves. */
class DocsTest {

    private static final Path README = Path.of("../README.md");
    private static final Pattern ROUTE = Pattern.compile("(?m)^- `([A-Z]+ /[^`]*)`");
    private static final Pattern SHOWN = Pattern.compile("<!-- (\\S+/\\S+) -->\\R+```\\w+\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("\\]\\(([^)]*/src/test/java/[^)]*\\.java)\\)");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void the_readme_is_short() throws Exception {
        assertThat(Files.readAllLines(README))
                .hasSizeLessThanOrEqualTo(200)
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(120));
    }

    @Test
    void the_page_of_routes_has_those_that_there_are() throws Exception {
        Set<String> onPage = new TreeSet<>();
        Matcher route = ROUTE.matcher(Files.readString(Path.of("../docs/api.md")));
        while (route.find()) {
            onPage.add(route.group(1));
        }

        assertThat(onPage).isEqualTo(described());
    }

    /** A block under a comment with a file's name is a part of that file, which the build compiles and runs. */
    @Test
    void what_is_shown_of_a_file_is_in_it() throws Exception {
        Matcher shown = SHOWN.matcher(Files.readString(Path.of("../docs/embedding.md")));
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        int count = 0;
        for (; shown.find(); count++) {
            assertThat(Files.readString(Path.of("../flashsale-adapter-jdbc/src/it/hosts", shown.group(1)))
                            .replace("@project.version@", version.group(1))
                            .lines()
                            .map(String::strip)
                            .toList())
                    .as(shown.group(1))
                    .containsSequence(
                            shown.group(2).strip().lines().map(String::strip).toList());
        }
        assertThat(count).isGreaterThan(3);
    }

    @Test
    void the_examples_of_tests_are_files_that_the_build_runs() throws Exception {
        String page = Files.readString(Path.of("../docs/testing.md"));
        int examples = 0;
        int from = 0;
        Matcher block = JAVA.matcher(page);
        while (block.find()) {
            assertThat(FILE.matcher(page.substring(from, block.start()))
                            .results()
                            .reduce((one, later) -> later))
                    .as("a file is named before the block of line "
                            + page.substring(0, block.start()).lines().count())
                    .hasValueSatisfying(file -> assertThat(Path.of("../docs").resolve(file.group(1)))
                            .hasContent(block.group(1)));
            from = block.end();
            examples++;
        }

        assertThat(examples).isGreaterThanOrEqualTo(3);
    }

    private static Set<String> described() throws Exception {
        Set<String> routes = new TreeSet<>();
        try (InputStream file = Objects.requireNonNull(RestServer.class.getResourceAsStream("openapi.yaml"))) {
            Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(file);
            document.get("paths")
                    .forEach((path, operations) -> operations.keySet().stream()
                            .filter(METHODS::contains)
                            .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        return routes;
    }
}
