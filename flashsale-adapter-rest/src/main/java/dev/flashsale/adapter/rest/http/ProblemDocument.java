package dev.flashsale.adapter.rest.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One answer of RFC 9457.
 *
 * @param detail what happened this time, for people; without internals and without what the client sent
 * @param field the field to blame
 * @param facts what a program may want to know of it, by the names of their members: integers, words, moments, and lists
 *     of such by name
 * @param incident under which the server's log has more
 * @param retryAfter when asking again may help
 */
public record ProblemDocument(
        Problem problem,
        String detail,
        @Nullable String field,
        Map<String, Object> facts,
        @Nullable String incident,
        @Nullable Duration retryAfter) {

    public static ProblemDocument of(Problem problem) {
        return of(problem, problem.detail());
    }

    public static ProblemDocument of(Problem problem, String detail) {
        return new ProblemDocument(problem, detail, null, Map.of(), null, null);
    }

    /** Of a field, or a parameter, that has no valid value. */
    public static ProblemDocument invalid(String field, @Nullable String detail) {
        return of(Problem.INVALID_FIELD, String.valueOf(detail)).blaming(field);
    }

    /** Nothing was done; the same request may succeed later. */
    public static ProblemDocument busy(Duration retryAfter) {
        return of(Problem.BUSY).after(retryAfter);
    }

    /** The same where nobody knows whether it was done. */
    static ProblemDocument busyOrDone(Duration retryAfter) {
        return of(Problem.BUSY, "It may have been done or not, which cannot be told at this moment. Send it again.")
                .after(retryAfter);
    }

    static ProblemDocument internalError(String incident) {
        return new ProblemDocument(
                Problem.INTERNAL_ERROR, Problem.INTERNAL_ERROR.detail(), null, Map.of(), incident, null);
    }

    /** The same, with the field to blame. */
    public ProblemDocument blaming(String fieldToBlame) {
        return new ProblemDocument(problem, detail, fieldToBlame, facts, incident, retryAfter);
    }

    /** The same with one fact more, if it is one. */
    public ProblemDocument with(String name, @Nullable Object fact) {
        if (fact == null) {
            return this;
        }
        Map<String, Object> more = new TreeMap<>(facts);
        more.put(name, fact);
        return new ProblemDocument(problem, detail, field, more, incident, retryAfter);
    }

    /** The same, worth asking again after that time, if there is one. */
    public ProblemDocument after(@Nullable Duration time) {
        return new ProblemDocument(problem, detail, field, facts, incident, time);
    }

    /** Whether the same request may succeed later. */
    boolean retryable() {
        return problem.retryable() || retryAfter != null;
    }

    /** Whole seconds for {@code Retry-After}, rounded up, at least 1. */
    public static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
    }

    byte[] json() {
        return Json.object(json -> {
            json.writeStringProperty("type", "urn:flashsale:problem:" + problem.code());
            json.writeStringProperty("title", problem.title());
            json.writeNumberProperty("status", problem.status().code());
            json.writeStringProperty("detail", detail);
            json.writeStringProperty("code", problem.code());
            json.writeBooleanProperty("retryable", retryable());
            if (field != null) {
                json.writeStringProperty("field", field);
            }
            write(json, facts);
            if (incident != null) {
                json.writeStringProperty("incident", incident);
            }
        });
    }

    private static void write(JsonGenerator json, Map<?, ?> facts) {
        new TreeMap<Object, Object>(facts).forEach((key, fact) -> {
            String name = key.toString();
            switch (fact) {
                case Integer number -> json.writeNumberProperty(name, number);
                case Long number -> json.writeNumberProperty(name, number);
                case List<?> list -> Json.array(json, name, list, (one, some) -> write(one, (Map<?, ?>) some));
                default -> json.writeStringProperty(name, fact.toString());
            }
        });
    }
}
