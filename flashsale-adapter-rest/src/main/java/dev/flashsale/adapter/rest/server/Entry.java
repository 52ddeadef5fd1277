package dev.flashsale.adapter.rest.server;

import static dev.flashsale.adapter.rest.operator.Pages.AFTER;
import static dev.flashsale.adapter.rest.operator.Pages.LIMIT;
import static io.helidon.http.Method.GET;

import dev.flashsale.adapter.rest.http.Gzip;
import dev.flashsale.adapter.rest.http.Route;
import io.helidon.http.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A route, and where it is found. Of a path GET comes first, as it does in what the path allows.
 *
 * @param parameters that its query may have, where it refuses others
 */
record Entry(Method method, String path, Access access, Route route, Set<String> parameters) {

    /** What a route asks of those who come. */
    enum Access {
        /** Nothing. */
        FREE,
        /** That there is room among those who want a new hold, and that their address may have one more. */
        HOLDS,
        /** That there is room among those who look at products. */
        READS,
        /** An operator's token. */
        OPERATORS
    }

    Entry(Method method, String path, Access access, Route route) {
        this(method, path, access, route, Set.of());
    }

    /** An operator would be misled by a parameter that is not looked at; a buyer's program may send what it likes. */
    boolean refusesOthers() {
        return access == Access.OPERATORS && path.startsWith("/api/");
    }

    /** An operator's list, a page at a time. It may be asked for with these parameters. */
    static Entry list(String path, Route route, String... parameters) {
        Set<String> taken = new HashSet<>(List.of(parameters));
        taken.addAll(List.of(AFTER, LIMIT));
        return new Entry(GET, path, Access.OPERATORS, Gzip.before(route), taken);
    }
}
