package dev.flashsale.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.flashsale.app.broken.adapter.rest.RouteThatKnowsJdbc;
import dev.flashsale.app.broken.app.cli.CommandThatKnowsTheBench;
import dev.flashsale.app.broken.app.cli.CommandThatSellsInMemory;
import dev.flashsale.app.broken.domain.RuleThatKnowsSql;
import dev.flashsale.app.broken.domain.RuleThatReadsAClock;
import dev.flashsale.application.InMemoryFlashsale;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom, as lists of what is allowed: a list of what is forbidden passes for a package that is misspelt. */
class ArchitectureTest {

    private static final String ROOT = "dev.flashsale.";
    private static final String BROKEN = ROOT + "app.broken.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.flashsale");

    private static final ArchRule DOMAIN = mayOnlyKnow(ROOT, "domain..", "java..", "org.jspecify..");
    private static final ArchRule APPLICATION = mayOnlyKnow(
            resideInAPackage(ROOT + "application..").and(not(resideInAPackage(ROOT + "application.testing"))),
            "java..",
            "org.jspecify..",
            "com.google.errorprone.annotations..",
            ROOT + "domain..",
            ROOT + "application.testing");
    private static final ArchRule APPLICATION_TESTING = mayOnlyKnow(
            ROOT,
            "application.testing",
            "java..",
            "org.jspecify..",
            "org.assertj.core.api..",
            ROOT + "domain..",
            ROOT + "application",
            ROOT + "application.port..");
    private static final ArchRule JDBC_MICROMETER = mayOnlyKnow(
            ROOT,
            "adapter.jdbc.micrometer",
            "java..",
            "org.jspecify..",
            "io.micrometer..",
            ROOT + "domain..",
            ROOT + "application");
    private static final ArchRule JDBC = mayOnlyKnow(
            resideInAPackage(ROOT + "adapter.jdbc..")
                    .and(not(resideInAnyPackage(
                            ROOT + "adapter.jdbc.pool..",
                            ROOT + "adapter.jdbc.boot..",
                            ROOT + "adapter.jdbc.micrometer",
                            ROOT + "adapter.jdbc.testing"))),
            "java..",
            "javax.sql..",
            "org.jspecify..",
            "org.slf4j..",
            "org.jooq..",
            "org.flywaydb.core..",
            "org.springframework.core..",
            "org.springframework.dao..",
            "org.springframework.jdbc..",
            "org.springframework.transaction..",
            ROOT + "domain..",
            // For Busy, which callers of the use cases catch.
            ROOT + "application",
            ROOT + "application.port..");
    private static final ArchRule POOL = mayOnlyKnow(
            ROOT,
            "adapter.jdbc.pool..",
            "java..",
            "javax.sql..",
            "org.jspecify..",
            "org.slf4j..",
            "org.springframework.jdbc.datasource..",
            "com.zaxxer.hikari..",
            ROOT + "adapter.jdbc");
    private static final ArchRule BOOT = mayOnlyKnow(
            ROOT,
            "adapter.jdbc.boot..",
            "java..",
            "javax.sql..",
            "org.jspecify..",
            "org.slf4j..",
            "org.springframework.aot.hint..",
            "org.springframework.beans..",
            "org.springframework.boot..",
            "org.springframework.context..",
            "org.springframework.core..",
            "org.springframework.scheduling..",
            "org.springframework.transaction..",
            "io.micrometer..",
            ROOT + "adapter.jdbc",
            ROOT + "adapter.jdbc.pool",
            ROOT + "domain.event..",
            ROOT + "application",
            ROOT + "adapter.jdbc.micrometer",
            ROOT + "application.port..");
    private static final ArchRule JDBC_TESTING = mayOnlyKnow(
            ROOT,
            "adapter.jdbc.testing",
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "org.junit.jupiter.api.extension..",
            "org.springframework..",
            "com.zaxxer.hikari..",
            "ch.vorburger..",
            ROOT + "application",
            ROOT + "application.testing",
            ROOT + "adapter.jdbc.pool");
    private static final ArchRule REST = mayOnlyKnow(
            resideInAPackage(ROOT + "adapter.rest..").and(not(resideInAPackage(ROOT + "adapter.rest.boot"))),
            "java..",
            "javax.crypto..",
            "org.jspecify..",
            "org.slf4j..",
            "io.helidon..",
            "tools.jackson..",
            "io.github.bucket4j..",
            "com.github.benmanes.caffeine..",
            "org.yaml.snakeyaml..",
            "javax.net.ssl",
            "org.apache.hc..",
            ROOT + "domain..",
            ROOT + "application..");
    private static final ArchRule REST_BOOT = mayOnlyKnow(
            ROOT,
            "adapter.rest.boot",
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "org.springframework.beans..",
            "org.springframework.boot..",
            "org.springframework.context..",
            ROOT + "adapter.rest",
            ROOT + "application");
    private static final ArchRule BENCH = mayOnlyKnow(
            ROOT,
            "app.bench..",
            "java..",
            "javax.sql..",
            "org.jspecify..",
            "org.springframework.jdbc.datasource..",
            "com.zaxxer.hikari..",
            "org.HdrHistogram..",
            "me.tongfei.progressbar..",
            "picocli..",
            "tools.jackson..",
            ROOT + "domain..",
            ROOT + "application..",
            ROOT + "adapter..",
            ROOT + "app",
            ROOT + "app.cli",
            ROOT + "app.database",
            ROOT + "app.settings");
    private static final ArchRule APP = leavesTheBenchAlone(ROOT);
    private static final ArchRule FAKES = leavesFakesAlone(ROOT);
    private static final ArchRule NO_CYCLES =
            slices().matching("dev.flashsale.domain.(*)..").should().beFreeOfCycles();
    private static final ArchRule NO_CYCLES_IN_APPLICATION =
            slices().matching("dev.flashsale.application.(*)..").should().beFreeOfCycles();
    private static final ArchRule NO_CYCLES_IN_REST =
            slices().matching("dev.flashsale.adapter.rest.(*)..").should().beFreeOfCycles();
    private static final ArchRule DOMAIN_READS_NO_CLOCK = readsNoClock(ROOT + "domain..");
    private static final ArchRule JDBC_READS_NO_CLOCK = readsNoClock(ROOT + "adapter.jdbc..");
    private static final ArchRule REST_READS_NO_CLOCK = readsNoClock(
            resideInAPackage(ROOT + "adapter.rest..").and(not(resideInAPackage(ROOT + "adapter.rest.boot"))));

    static List<ArchRule> rules() {
        return List.of(
                DOMAIN,
                APPLICATION,
                APPLICATION_TESTING,
                JDBC_MICROMETER,
                JDBC,
                POOL,
                BOOT,
                JDBC_TESTING,
                REST,
                REST_BOOT,
                BENCH,
                APP,
                FAKES,
                NO_CYCLES,
                NO_CYCLES_IN_APPLICATION,
                NO_CYCLES_IN_REST,
                DOMAIN_READS_NO_CLOCK,
                JDBC_READS_NO_CLOCK,
                REST_READS_NO_CLOCK);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theCodeKeepsTheRule(ArchRule rule) {
        assertThatCode(() -> rule.check(CLASSES)).doesNotThrowAnyException();
    }

    @Test
    void theDomainsConceptsBuildOnOneAnotherInOneDirection() {
        List<String> concepts = List.of("product", "stock", "hold", "order", "payment");
        for (int i = 0; i < concepts.size(); i++) {
            String[] later = concepts.subList(i + 1, concepts.size()).stream()
                    .map(concept -> ROOT + "domain." + concept + "..")
                    .toArray(String[]::new);
            String concept = ROOT + "domain." + concepts.get(i) + "..";
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(concept)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(CLASSES);
            }
            assertThat(CLASSES.that(resideInAPackage(concept))).as(concept).isNotEmpty();
        }
    }

    @Test
    void aRuleThatKnowsADatabaseIsFound() {
        assertBreaks(mayOnlyKnow(BROKEN, "domain..", "java.lang..", "org.jspecify.."), RuleThatKnowsSql.class);
    }

    @Test
    void aRuleThatReadsAClockIsFound() {
        assertBreaks(readsNoClock(BROKEN + "domain.."), RuleThatReadsAClock.class);
    }

    @Test
    void anAdapterThatKnowsAnotherIsFound() {
        assertBreaks(
                mayOnlyKnow(BROKEN, "adapter.rest..", "java..", ROOT + "domain..", ROOT + "application.."),
                RouteThatKnowsJdbc.class);
    }

    @Test
    void aCommandThatKnowsTheBenchIsFound() {
        assertBreaks(leavesTheBenchAlone(BROKEN), CommandThatKnowsTheBench.class);
    }

    @Test
    void aCommandThatSellsInMemoryIsFound() {
        assertBreaks(leavesFakesAlone(BROKEN), CommandThatSellsInMemory.class);
    }

    @Test
    void aRuleForAPackageThatDoesNotExistFails() {
        assertThatThrownBy(() -> mayOnlyKnow(ROOT, "misspelt..", "java..").check(CLASSES))
                .isInstanceOf(AssertionError.class);
    }

    private static void assertBreaks(ArchRule rule, Class<?> broken) {
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(broken)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(broken.getSimpleName());
    }

    /** A package and those beside it that it may use; itself is always allowed. */
    private static ArchRule mayOnlyKnow(String root, String module, String... allowed) {
        return mayOnlyKnow(resideInAPackage(root + module), allowed);
    }

    private static ArchRule mayOnlyKnow(DescribedPredicate<JavaClass> itself, String... allowed) {
        return classes().that(itself).should().onlyDependOnClassesThat(itself.or(resideInAnyPackage(allowed)));
    }

    /** The bench is found by the program, and known to nothing of it; that it is there at all is for its own rule to see. */
    private static ArchRule leavesTheBenchAlone(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "app..")
                .and()
                .resideOutsideOfPackage(ROOT + "app.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "app.bench..");
    }

    /** What is there for tests is used by tests, and by the one class that hands it out. */
    private static ArchRule leavesFakesAlone(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + ".")
                .and()
                .resideOutsideOfPackage(ROOT + ".testing..")
                .and()
                .doNotHaveFullyQualifiedName(InMemoryFlashsale.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".testing..");
    }

    private static ArchRule readsNoClock(String module) {
        return readsNoClock(resideInAPackage(module));
    }

    private static ArchRule readsNoClock(DescribedPredicate<JavaClass> itself) {
        return noClasses()
                .that(itself)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callMethod(java.time.InstantSource.class, "system")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class);
    }
}
