package dev.flashsale.adapter.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer in a line, for tables of them: its status, its problem with what is particular to it, and its headers. */
public final class AnswerLine {

    private static final Set<String> OF_EVERY_PROBLEM = Set.of("type", "title", "status", "detail", "code");
    private static final JsonMapper JSON = new JsonMapper();

    private AnswerLine() {}

    /** Such as {@code 409 all_held retryable=true; Retry-After: 3}. */
    public static String of(Answer answer) {
        boolean problem = answer.headers().contains(Answer.PROBLEM_JSON);
        assertThat(answer.headers()).contains(problem ? Answer.PROBLEM_JSON : Answer.JSON, Answer.NO_STORE);
        JsonNode body = JSON.readTree(answer.body());
        Stream<String> facts = !problem
                ? Stream.empty()
                : body.propertyStream()
                        .filter(member -> !OF_EVERY_PROBLEM.contains(member.getKey()))
                        .map(member -> member.getKey() + "=" + member.getValue());
        Stream<String> headers = answer.headers().stream()
                .filter(header -> !List.of(Answer.PROBLEM_JSON, Answer.JSON, Answer.NO_STORE)
                        .contains(header))
                .map(header -> header.name() + ": " + header.get());
        String what = Stream.concat(
                        Stream.of(
                                Integer.toString(answer.status().code()),
                                problem ? body.get("code").asString() : "ok"),
                        facts)
                .collect(Collectors.joining(" "));
        return Stream.concat(Stream.of(what), headers).collect(Collectors.joining("; "));
    }

    /** Fails unless each kind of outcome is there: a table that lacks one does not tell what it is answered. */
    public static void assertComplete(Class<?> outcome, Stream<Arguments> table) {
        Set<Class<?>> told = table.map(row -> row.get()[0].getClass()).collect(Collectors.toSet());
        assertThat(told).containsAll(kinds(outcome).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> outcome) {
        return outcome.isSealed()
                ? Stream.of(outcome.getPermittedSubclasses()).flatMap(AnswerLine::kinds)
                : Stream.of(outcome);
    }
}
