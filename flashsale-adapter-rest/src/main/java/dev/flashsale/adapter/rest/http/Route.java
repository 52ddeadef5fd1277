package dev.flashsale.adapter.rest.http;

/** What answers a request; what it cannot answer it throws, see {@link ProblemFilter}. */
@FunctionalInterface
public interface Route {

    Answer answer(Request request);
}
