package dev.flashsale.adapter.rest;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;

/**
 * What is found at which path. Every path that takes GET takes HEAD, every path takes OPTIONS and answers any other
 * method with 405 and what it allows.
 */
final class Router {

    static final String ID = "id";

    private final HttpRouting.Builder routing = HttpRouting.builder();

    private Router() {}

    static HttpRouting.Builder routing(
            UseCases unbounded, Places places, Probes probes, InstantSource clock, RestSettings settings) {
        UseCases useCases = unbounded.behind(places);
        OperatorToken operators = new OperatorToken(settings.operatorTokens());
        Products products = new Products(useCases.viewProduct());
        Holds holds = new Holds(useCases);
        Orders orders = new Orders(useCases, operators);
        Payments payments = new Payments(useCases.recordPayment(), new WebhookVerifier(settings.webhooks(), clock));
        Health health = new Health(probes);

        Router router = new Router();
        router.post("/api/holds", new Shedding(places.holds(), holds::place));
        router.get("/api/products/{id}", new Shedding(places.reads(), products::view));
        router.post("/api/holds/{id}/extend", holds::extend);
        router.post("/api/orders", orders::place);
        router.post("/api/payments/webhook", payments::report);
        router.getAndDelete("/api/holds/{id}", holds::view, holds::release);
        router.get("/api/orders/{id}", orders::view);
        router.get("/health", health::view);
        router.get("/health/live", health::live);
        router.get("/health/ready", health::ready);
        probes.metrics().ifPresent(metrics -> router.get("/metrics", new Scrape(metrics, operators)::scrape));
        router.routing.any(new Answering(Router::notFound));
        return router.routing;
    }

    private void post(String path, Handler handler) {
        routing.post(path, new Answering(handler));
        otherwise(path, "POST, OPTIONS");
    }

    private void get(String path, Handler handler) {
        read(path, handler);
        otherwise(path, "GET, HEAD, OPTIONS");
    }

    private void getAndDelete(String path, Handler get, Handler delete) {
        read(path, get);
        routing.delete(path, new Answering(delete));
        otherwise(path, "GET, HEAD, DELETE, OPTIONS");
    }

    private void read(String path, Handler handler) {
        Answering answering = new Answering(handler);
        routing.get(path, answering);
        routing.head(path, answering);
    }

    private void otherwise(String path, String allowed) {
        routing.any(path, new Answering((request, response) -> {
            response.header(HeaderNames.ALLOW, allowed);
            if (request.prologue().method().equals(Method.OPTIONS)) {
                response.status(Status.NO_CONTENT_204).send();
            } else {
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.of(Problem.METHOD_NOT_ALLOWED, "This path takes " + allowed + "."));
            }
        }));
    }

    private static void notFound(ServerRequest request, ServerResponse response) {
        Reply.problem(request, response, ProblemDocument.of(Problem.NOT_FOUND, "Paths begin with /api/ or /health/."));
    }
}
