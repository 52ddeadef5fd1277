package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The adapter is compiled on the oldest jOOQ that it supports, and this module has the newest: what the adapter calls is
 * there with the same types, or it would fail no sooner than it is called ({@code DSL.exists} takes another type since
 * 3.21).
 */
class JooqVersionsTest {

    @Test
    void whatTheAdapterCallsIsThereInTheNewestJooq() {
        List<? extends JavaAccess<?>> calls = new ClassFileImporter()
                .importPackages("dev.flashsale.adapter.jdbc").stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getPackageName().startsWith("org.jooq"))
                        .toList();

        assertThat(calls).hasSizeGreaterThan(500);
        assertThat(calls.stream().filter(call -> !isThere(call.getTarget())).map(JavaAccess::getDescription))
                .isEmpty();
    }

    private static boolean isThere(AccessTarget target) {
        return target.resolveMember()
                .filter(member -> typeOf(member).equals(typeOf(target)))
                .isPresent();
    }

    private static String typeOf(JavaMember member) {
        return switch (member) {
            case JavaCodeUnit called -> called.getRawReturnType().getName();
            case JavaField field -> field.getRawType().getName();
            default -> throw new AssertionError(member);
        };
    }

    private static String typeOf(AccessTarget target) {
        return switch (target) {
            case AccessTarget.CodeUnitAccessTarget called ->
                called.getRawReturnType().getName();
            case AccessTarget.FieldAccessTarget field -> field.getRawType().getName();
            default -> throw new AssertionError(target);
        };
    }
}
