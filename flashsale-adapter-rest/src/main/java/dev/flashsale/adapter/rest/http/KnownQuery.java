package dev.flashsale.adapter.rest.http;

import java.util.Set;

/** Refuses a request whose query has a parameter that is none of these, instead of going on without it. */
public record KnownQuery(Set<String> parameters) implements Filter {

    @Override
    public Answer answer(Request request, Route route) {
        request.requireQueryOf(parameters);
        return route.answer(request);
    }
}
