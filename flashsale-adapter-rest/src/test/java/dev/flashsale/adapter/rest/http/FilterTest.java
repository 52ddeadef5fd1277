package dev.flashsale.adapter.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final Answer ANSWER = Answer.empty(Status.NO_CONTENT_204);

    private final List<String> seen = new ArrayList<>();

    @Test
    void the_first_is_the_outermost() {
        Route route = Filter.before(this::route, List.of(filter("first"), Filter.NONE, filter("second")));

        assertThat(route.answer(null)).isSameAs(ANSWER);
        assertThat(seen).containsExactly("to first", "to second", "route", "from second", "from first");
    }

    @Test
    void what_a_filter_answers_by_itself_no_other_sees() {
        Route route = Filter.before(
                this::route, List.of(filter("first"), (request, behind) -> Answer.of(Problem.BUSY), filter("second")));

        assertThat(route.answer(null).status()).isEqualTo(Status.SERVICE_UNAVAILABLE_503);
        assertThat(seen).containsExactly("to first", "from first");
    }

    @Test
    void what_a_filter_says_of_every_answer_a_refusal_has_too() {
        Request request = new Request(null, ServerResponseHeaders.create());
        Route route = Filter.before(
                any -> {
                    throw Refused.invalid("quantity", "It is none.");
                },
                List.of(new ProblemFilter(), (any, behind) -> {
                    any.ofEveryAnswer().add(Answer.NO_STORE);
                    return behind.answer(any);
                }));

        assertThat(AnswerLine.of(route.answer(request)))
                .isEqualTo("422 invalid_field retryable=false field=\"quantity\"");
        assertThat(request.ofEveryAnswer()).contains(Answer.NO_STORE);
    }

    private Answer route(Request request) {
        seen.add("route");
        return ANSWER;
    }

    private Filter filter(String name) {
        return (request, behind) -> {
            seen.add("to " + name);
            Answer answer = behind.answer(request);
            seen.add("from " + name);
            return answer;
        };
    }
}
