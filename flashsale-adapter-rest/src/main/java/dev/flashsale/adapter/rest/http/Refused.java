package dev.flashsale.adapter.rest.http;

import dev.flashsale.domain.InvalidValue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The request cannot be made into a call of a use case. Carries its answer. */
public final class Refused extends RuntimeException {

    private static final int NAME_SHOWN = 64;

    private final ProblemDocument document;

    public Refused(ProblemDocument document) {
        super(document.detail(), null, false, false);
        this.document = document;
    }

    public ProblemDocument document() {
        return document;
    }

    /** For a field, or a parameter, that has no valid value. */
    public static Refused invalid(String field, @Nullable String detail) {
        return new Refused(ProblemDocument.invalid(field, detail));
    }

    /**
     * For a field, or a parameter, that is none of those that are taken.
     *
     * @param kind what it is
     */
    static Refused unknown(String name, String kind, Set<String> taken) {
        String shown = name.substring(0, Math.min(name.length(), NAME_SHOWN));
        return invalid(
                shown,
                shown + " is no " + kind + " that is taken here; "
                        + (taken.isEmpty() ? "none is." : String.join(", ", new TreeSet<>(taken)) + " are."));
    }

    /**
     * The value, if there is one.
     *
     * @param value refuses with an {@link InvalidValue}, whose rule the client gets behind the field
     */
    public static <T> T unlessValid(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValue e) {
            throw invalid(field, field + " " + e.rule() + ".");
        }
    }
}
