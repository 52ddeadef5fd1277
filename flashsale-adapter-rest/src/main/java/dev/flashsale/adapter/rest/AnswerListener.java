package dev.flashsale.adapter.rest;

/** Whoever counts what the routes answer. */
@FunctionalInterface
public interface AnswerListener {

    AnswerListener NONE = (method, route) -> (status, nanos) -> {};

    /** Stands for every method that a route does not take. */
    String OTHER_METHOD = "other";

    /** Stands for every path that is not served. */
    String NO_ROUTE = "none";

    /**
     * Who is told of a route's answers. Asked once for each route, before the server listens.
     *
     * @param method such as GET, or {@value #OTHER_METHOD}
     * @param route the path as it is served, with its parameters in braces, or {@value #NO_ROUTE}
     */
    OfRoute of(String method, String route);

    /** Called for every answer by many threads at once: returns soon, and never throws. */
    @FunctionalInterface
    interface OfRoute {

        /**
         * An answer was sent.
         *
         * @param nanos from when the headers were there until then
         */
        void answered(int status, long nanos);
    }
}
