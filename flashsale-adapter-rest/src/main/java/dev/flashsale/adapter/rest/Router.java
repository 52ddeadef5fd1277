package dev.flashsale.adapter.rest;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What is found at which path. Every path that takes GET takes HEAD, every path takes OPTIONS and answers any other
 * method with 405 and what it allows.
 */
final class Router {

    static final String ID = "id";

    private final HttpRouting.Builder routing = HttpRouting.builder();
    private final Map<String, String> served = new TreeMap<>();

    private final AnswerListener answers;
    private final LongSupplier nanoTime;

    private Router(AnswerListener answers, LongSupplier nanoTime) {
        this.answers = answers;
        this.nanoTime = nanoTime;
    }

    static Router of(
            UseCases unbounded,
            Places places,
            Probes probes,
            InstantSource clock,
            LongSupplier nanoTime,
            AnswerListener answers,
            RestSettings settings) {
        UseCases useCases = unbounded.behind(places);
        OperatorToken operators = new OperatorToken(settings.operatorTokens());
        Products products = new Products(useCases.viewProduct());
        HoldLimits limits = new HoldLimits(settings.limits(), nanoTime);
        Holds holds = new Holds(useCases, limits);
        Orders orders = new Orders(useCases, operators);
        Assortment assortment = new Assortment(unbounded, operators);
        OperatorLists lists = new OperatorLists(useCases, operators);
        OperatorRecords records = new OperatorRecords(useCases, operators);
        Refunds refunds = new Refunds(useCases, operators);
        Payments payments = new Payments(useCases.recordPayment(), new WebhookVerifier(settings.webhooks(), clock));
        Health health = new Health(probes);
        OpenApi openApi = new OpenApi();

        Router router = new Router(answers, nanoTime);
        router.getAndPost("/api/holds", lists::holds, new Shedding(places.holds(), limits.before(holds::place)));
        router.getAndPost("/api/products", lists::products, assortment::create);
        router.getAndPatch("/api/products/{id}", new Shedding(places.reads(), products::view), assortment::change);
        router.getAndPost("/api/products/{id}/stock", records::ledger, assortment::adjust);
        router.post("/api/products/{id}/open", assortment::open);
        router.post("/api/products/{id}/close", assortment::close);
        router.post("/api/orders/{id}/cancel", orders::cancel);
        router.post("/api/holds/{id}/extend", holds::extend);
        router.getAndPost("/api/orders", lists::orders, orders::place);
        router.post("/api/payments/webhook", payments::report);
        router.get("/api/refunds", lists::refunds);
        router.post("/api/refunds/done", refunds::done);
        router.getAndDelete("/api/holds/{id}", holds::view, holds::release);
        router.get("/api/orders/{id}", orders::view);
        router.get("/api/operator-log", records::log);
        router.get("/health", health::view);
        router.get("/health/live", health::live);
        router.get("/health/ready", health::ready);
        probes.metrics().ifPresent(metrics -> router.get("/metrics", new Scrape(metrics, operators)::scrape));
        router.get("/openapi.yaml", openApi::view);
        router.routing.any(router.answering(AnswerListener.OTHER_METHOD, AnswerListener.NO_ROUTE, Router::notFound));
        return router;
    }

    HttpRouting.Builder routing() {
        return routing;
    }

    /** Every path, with what it allows. */
    Map<String, String> served() {
        return Map.copyOf(served);
    }

    private void post(String path, Handler handler) {
        routing.post(path, answering("POST", path, handler));
        otherwise(path, "POST, OPTIONS");
    }

    private void get(String path, Handler handler) {
        read(path, handler);
        otherwise(path, "GET, HEAD, OPTIONS");
    }

    private void getAndPost(String path, Handler get, Handler post) {
        read(path, get);
        routing.post(path, answering("POST", path, post));
        otherwise(path, "GET, HEAD, POST, OPTIONS");
    }

    private void getAndDelete(String path, Handler get, Handler delete) {
        read(path, get);
        routing.delete(path, answering("DELETE", path, delete));
        otherwise(path, "GET, HEAD, DELETE, OPTIONS");
    }

    private void getAndPatch(String path, Handler get, Handler patch) {
        read(path, get);
        routing.patch(path, answering("PATCH", path, patch));
        otherwise(path, "GET, HEAD, PATCH, OPTIONS");
    }

    private void read(String path, Handler handler) {
        routing.get(path, answering("GET", path, handler));
        routing.head(path, answering("HEAD", path, handler));
    }

    private Answering answering(String method, String path, Handler handler) {
        return new Answering(handler, answers.of(method, path), nanoTime);
    }

    private void otherwise(String path, String allowed) {
        if (served.put(path, allowed) != null) {
            throw new IllegalStateException(path + " was registered before, and refuses every other method");
        }
        routing.any(path, answering(AnswerListener.OTHER_METHOD, path, (request, response) -> {
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
        Reply.problem(
                request,
                response,
                ProblemDocument.of(Problem.NOT_FOUND, "What there is can be read at /openapi.yaml."));
    }
}
