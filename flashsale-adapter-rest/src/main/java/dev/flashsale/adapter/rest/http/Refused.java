package dev.flashsale.adapter.rest.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The request cannot be made into a call of a use case. Carries its answer. */
public final class Refused extends RuntimeException {

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
     * The value, if there is one.
     *
     * @param value refuses with an {@link IllegalArgumentException}, whose message the client gets
     */
    public static <T> T unlessValid(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw invalid(field, e.getMessage() + ".");
        }
    }
}
