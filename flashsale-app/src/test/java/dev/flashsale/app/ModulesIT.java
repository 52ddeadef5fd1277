package dev.flashsale.app;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The libraries' jars on a module path: each has a name that stays, and no package is in two of them. */
class ModulesIT {

    private static final List<ModuleDescriptor> MODULES = ModuleFinder.of(
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Path::of)
                            .filter(jar -> jar.getFileName().toString().matches("flashsale-.*(?<!-tests)\\.jar"))
                            .toArray(Path[]::new))
            .findAll()
            .stream()
            .map(ModuleReference::descriptor)
            .toList();

    @Test
    void everyLibraryHasItsName() {
        assertThat(MODULES.stream().map(ModuleDescriptor::name))
                .containsExactlyInAnyOrder(
                        "dev.flashsale.domain",
                        "dev.flashsale.application",
                        "dev.flashsale.adapter.jdbc",
                        "dev.flashsale.adapter.rest");
    }

    @Test
    void noPackageIsInTwoOfThem() {
        Map<String, List<String>> packages =
                MODULES.stream().flatMap(module -> module.packages().stream()).collect(groupingBy(name -> name));

        assertThat(packages.values())
                .isNotEmpty()
                .allSatisfy(same -> assertThat(same).hasSize(1));
    }

    @Test
    void everyPackageIsNamedAsItsModule() {
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(module.packages())
                        .allSatisfy(name -> assertThat(name).startsWith(module.name())));
    }
}
