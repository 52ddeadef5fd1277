package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.flashsale.application.Busy;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.testing.FlashsaleAssertions;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.HoldRequestBuilder;
import dev.flashsale.domain.testing.PaymentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The API changes when somebody means it to. It is every public type of the use cases and of the adapters, and what
 * these mention of the domain and of the ports; api.txt is what was last agreed to.
 */
class ApiTest {

    private static final Path AGREED = Path.of("src/test/resources/api.txt");

    /** Made by one adapter and handed to the use cases: what is in it is theirs. */
    private static final Set<Class<?>> OPAQUE = Set.of(Transactions.class);

    /** What hosts' tests are written with; the fakes beneath are not. */
    private static final List<Class<?>> FOR_TESTS = List.of(
            Given.class, FlashsaleAssertions.class, Examples.class, HoldRequestBuilder.class, PaymentBuilder.class);

    @Test
    void theApiIsTheOneThatWasAgreedTo() throws IOException {
        List<String> now = Api.of(roots(), OPAQUE);
        if (Boolean.getBoolean("flashsale.api.accept")) {
            Files.write(AGREED, now);
        }

        assertThat(Api.difference(Files.readAllLines(AGREED), now)).as("""
                        what is gone from the API (-) and what is new in it (+). If it is meant, tell of it in CHANGELOG.md and run
                        mvn test -pl flashsale-app -am -Dtest=ApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dflashsale.api.accept=true""").isEmpty();
    }

    @Test
    void everyPackageSaysWhatOfItIsApi() throws IOException {
        for (String module : List.of("domain", "application", "adapter-jdbc", "adapter-rest")) {
            try (Stream<Path> files = Files.walk(Path.of("../flashsale-" + module + "/src/main/java"))) {
                assertThat(files.filter(file -> file.endsWith("package-info.java")))
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Files.readString(file)).contains("API", "@since"));
            }
        }
    }

    @Test
    void everySignatureIsALine() {
        assertThat(Api.of(List.of(ApiSample.class), Set.of()))
                .containsExactly(
                        "app.ApiSample sealed interface<T extends Comparable<T>> permits ApiSample.Some, ApiSample.None",
                        "app.ApiSample#LIMIT: static final int = 5",
                        "app.ApiSample#orElse(T): default T",
                        "app.ApiSample#value(): @Nullable T throws IOException",
                        "app.ApiSample.None static final enum implements ApiSample<String>",
                        "app.ApiSample.None#NONE: static final ApiSample.None",
                        "app.ApiSample.None#value(): @Nullable String",
                        "app.ApiSample.Some static record<T extends Comparable<T>> implements ApiSample<T>",
                        "app.ApiSample.Some#new(T)",
                        "app.ApiSample.Some#value(): T");
    }

    @Test
    void whatGoesAndWhatComesIsFound() {
        List<String> now = Api.of(roots(), OPAQUE);
        List<String> before = new ArrayList<>(now);
        String gone = "application.PlaceHold#place(): void";
        String come = before.remove(before.size() / 2);
        before.add(gone);

        assertThat(Api.difference(before, now)).containsExactlyInAnyOrder("- " + gone, "+ " + come);
        assertThat(Api.difference(now, now)).isEmpty();
    }

    private static Collection<Class<?>> roots() {
        List<Class<?>> roots = new ArrayList<>(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("dev.flashsale.application", "dev.flashsale.adapter")
                        .stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(ApiTest::isForCallers)
                        .<Class<?>>map(JavaClass::reflect)
                        .toList());
        roots.add(Busy.class);
        roots.add(InvalidValue.class);
        roots.addAll(FOR_TESTS);
        return roots;
    }

    private static boolean isForCallers(JavaClass type) {
        boolean ofFeatures = type.getPackageName().startsWith("dev.flashsale.application.");
        boolean ofTables = type.getPackageName().startsWith("dev.flashsale.adapter.jdbc.schema")
                || type.isAssignableTo("org.jooq.Converter")
                || type.isAssignableTo("org.jooq.Binding");
        boolean ofRoutes = type.getPackageName().startsWith("dev.flashsale.adapter.rest.")
                && !type.getPackageName().equals("dev.flashsale.adapter.rest.boot");
        return !ofFeatures && !ofTables && !ofRoutes;
    }
}
