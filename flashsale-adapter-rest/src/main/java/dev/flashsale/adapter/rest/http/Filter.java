package dev.flashsale.adapter.rest.http;

import java.util.List;

/** What stands before a route: it answers by itself, or has the route answer. */
@FunctionalInterface
public interface Filter {

    /** Has the route answer. It costs nothing. */
    Filter NONE = (request, route) -> route.answer(request);

    Answer answer(Request request, Route route);

    /** The route as it is behind these, of which the first is the outermost. */
    static Route before(Route route, List<Filter> filters) {
        Route behind = route;
        for (Filter filter : filters.reversed()) {
            Route inner = behind;
            behind = filter.equals(NONE) ? inner : request -> filter.answer(request, inner);
        }
        return behind;
    }
}
