package dev.flashsale.adapter.rest.server;

import static dev.flashsale.adapter.rest.operator.OperatorLogRoute.ORDER_ID;
import static dev.flashsale.adapter.rest.operator.Pages.AFTER;
import static dev.flashsale.adapter.rest.operator.Pages.CUSTOMER_ID;
import static dev.flashsale.adapter.rest.operator.Pages.PRODUCT_ID;
import static dev.flashsale.adapter.rest.operator.Pages.RETIRED;
import static dev.flashsale.adapter.rest.operator.Pages.STATUS;
import static io.helidon.http.Method.DELETE;
import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.HEAD;
import static io.helidon.http.Method.OPTIONS;
import static io.helidon.http.Method.PATCH;
import static io.helidon.http.Method.POST;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import dev.flashsale.adapter.rest.AnswerListener;
import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.admission.EarlyRefusal;
import dev.flashsale.adapter.rest.admission.HoldLimits;
import dev.flashsale.adapter.rest.connection.ClientAddresses;
import dev.flashsale.adapter.rest.delivery.HttpWebhookSender;
import dev.flashsale.adapter.rest.endpoint.EndpointRoutes;
import dev.flashsale.adapter.rest.event.EventRoutes;
import dev.flashsale.adapter.rest.hold.CustomerRoutes;
import dev.flashsale.adapter.rest.hold.HoldRoutes;
import dev.flashsale.adapter.rest.http.AccessLog;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Cors;
import dev.flashsale.adapter.rest.http.Endpoint;
import dev.flashsale.adapter.rest.http.Filter;
import dev.flashsale.adapter.rest.http.Gzip;
import dev.flashsale.adapter.rest.http.KnownQuery;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.ProblemFilter;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Route;
import dev.flashsale.adapter.rest.http.SecurityHeaders;
import dev.flashsale.adapter.rest.operator.AuditRoute;
import dev.flashsale.adapter.rest.operator.OperatorLogRoute;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.order.OrderRoutes;
import dev.flashsale.adapter.rest.payment.ConflictRoutes;
import dev.flashsale.adapter.rest.payment.PaymentRoutes;
import dev.flashsale.adapter.rest.payment.RefundRoutes;
import dev.flashsale.adapter.rest.product.LiveRoutes;
import dev.flashsale.adapter.rest.product.ProductAdministration;
import dev.flashsale.adapter.rest.product.ProductRoutes;
import dev.flashsale.adapter.rest.product.StreamRoutes;
import dev.flashsale.adapter.rest.server.Entry.Access;
import dev.flashsale.adapter.rest.stream.LiveProducts;
import dev.flashsale.adapter.rest.webhook.WebhookVerifier;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * What is found at which path. Every path that takes GET takes HEAD, every path takes OPTIONS and answers any other
 * method with 405 and what it allows.
 */
public final class Router {

    /** What {@code OPTIONS *} asks of. */
    private static final String ALL_PATHS = "*";

    private static final Answer NOT_FOUND = Answer.of(Problem.NOT_FOUND);

    private final AdmissionLimits places;
    private final Filter cors;
    private final HoldLimits limits;
    private final OperatorToken operators;
    private final LongSupplier nanoTime;
    private final AnswerListener answers;
    private final @Nullable AccessLog log;
    private final List<Entry> table;

    public Router(
            UseCases useCases,
            AdmissionLimits places,
            LiveProducts live,
            Probes probes,
            InstantSource clock,
            LongSupplier nanoTime,
            AnswerListener answers,
            RestSettings settings) {
        this.places = places;
        this.cors = new Cors(settings.corsOrigins()).filter();
        this.limits = new HoldLimits(settings.limits(), nanoTime);
        this.operators = new OperatorToken(settings.operatorTokens());
        this.nanoTime = nanoTime;
        this.answers = answers;
        this.log = settings.accessLog() ? new AccessLog(new ClientAddresses(settings.limits())) : null;
        StreamRoutes streams = new StreamRoutes(live, places.reads(), settings);
        this.table = table(useCases, probes, streams, clock, new WebhookVerifier(settings.webhooks(), clock), settings);
    }

    /** Operators need no place to change something: they must get in when a crowd is there. */
    private List<Entry> table(
            UseCases useCases,
            Probes probes,
            StreamRoutes streams,
            InstantSource clock,
            WebhookVerifier gateway,
            RestSettings settings) {
        HoldRoutes holds = new HoldRoutes(useCases.holds(), useCases.lists(), places, limits, operators);
        OrderRoutes orders =
                new OrderRoutes(useCases.orders(), useCases.lists(), useCases.operator(), places, operators);
        PaymentRoutes payments =
                new PaymentRoutes(useCases.payments(), useCases.lists(), places, gateway, settings.webhooks());
        ProductRoutes products = new ProductRoutes(useCases.products(), useCases.lists(), places.reads());
        ProductAdministration administration =
                new ProductAdministration(useCases.operator(), useCases.products(), operators);
        RefundRoutes refunds = new RefundRoutes(useCases.operator(), useCases.lists(), places, operators);
        CustomerRoutes customers = new CustomerRoutes(useCases.operator(), operators);
        EventRoutes events = new EventRoutes(useCases.events(), places.reads(), settings.eventSource());
        EndpointRoutes endpoints = new EndpointRoutes(
                useCases.operator(),
                useCases.lists(),
                places.reads(),
                operators,
                HttpWebhookSender.refusals(settings.privateEndpoints()));
        HealthRoutes health = new HealthRoutes(probes);
        OpenApiRoute openApi = new OpenApiRoute();
        List<Entry> entries = new ArrayList<>(List.of(
                Entry.list("/api/holds", holds::list, PRODUCT_ID, STATUS, CUSTOMER_ID),
                new Entry(POST, "/api/holds", Access.HOLDS, holds::place),
                new Entry(GET, "/api/products/stream", Access.READS, streams::ofSeveral),
                new Entry(GET, "/api/products/{id}", Access.READS, products::view),
                new Entry(GET, "/api/products/{id}/stream", Access.READS, streams::ofOne),
                new Entry(PATCH, "/api/products/{id}", Access.OPERATORS, administration::change),
                Entry.list("/api/orders", orders::list, PRODUCT_ID, STATUS, CUSTOMER_ID),
                new Entry(POST, "/api/orders", Access.FREE, orders::place),
                Entry.list("/api/payments", payments::list, STATUS),
                new Entry(POST, "/api/payments/webhook", Access.FREE, payments::report),
                new Entry(GET, "/api/holds/{id}", Access.FREE, holds::view),
                new Entry(DELETE, "/api/holds/{id}", Access.FREE, holds::release),
                new Entry(PATCH, "/api/holds/{id}", Access.FREE, holds::change),
                new Entry(POST, "/api/holds/{id}/extend", Access.FREE, holds::extend),
                new Entry(GET, "/api/orders/{id}", Access.FREE, orders::view),
                new Entry(POST, "/api/orders/{id}/cancel", Access.OPERATORS, orders::cancel),
                new Entry(POST, "/api/orders/{id}/extend", Access.OPERATORS, orders::extend),
                new Entry(POST, "/api/orders/{id}/accept", Access.OPERATORS, orders::accept),
                Entry.list("/api/products", products::list, RETIRED),
                new Entry(POST, "/api/products", Access.OPERATORS, administration::create),
                Entry.list("/api/products/{id}/stock", products::ledger),
                new Entry(POST, "/api/products/{id}/stock", Access.OPERATORS, administration::adjust),
                new Entry(POST, "/api/products/{id}/open", Access.OPERATORS, administration::open),
                new Entry(POST, "/api/products/{id}/close", Access.OPERATORS, administration::close),
                new Entry(DELETE, "/api/customers/{id}", Access.OPERATORS, customers::forget),
                Entry.list("/api/refunds", refunds::list),
                new Entry(POST, "/api/refunds", Access.OPERATORS, refunds::made),
                new Entry(POST, "/api/refunds/done", Access.OPERATORS, refunds::done),
                new Entry(
                        POST,
                        "/api/conflicts/resolved",
                        Access.OPERATORS,
                        new ConflictRoutes(useCases.operator(), operators)::resolved),
                Entry.list("/api/events", events::list),
                Entry.list("/api/products/{id}/events", events::ofProduct),
                new Entry(POST, "/api/events/keep", Access.OPERATORS, events::keep),
                new Entry(GET, "/api/webhook-endpoints", Access.OPERATORS, endpoints::list),
                new Entry(POST, "/api/webhook-endpoints", Access.OPERATORS, endpoints::create),
                new Entry(PATCH, "/api/webhook-endpoints/{id}", Access.OPERATORS, endpoints::change),
                new Entry(DELETE, "/api/webhook-endpoints/{id}", Access.OPERATORS, endpoints::delete),
                new Entry(POST, "/api/webhook-endpoints/{id}/secret", Access.OPERATORS, endpoints::newSecret),
                Entry.list("/api/webhook-endpoints/{id}/deliveries", endpoints::deliveries),
                new Entry(POST, "/api/webhook-endpoints/{id}/deliveries/again", Access.OPERATORS, endpoints::sendAgain),
                Entry.list(
                        "/api/operator-log",
                        new OperatorLogRoute(useCases.lists(), places.reads())::list,
                        PRODUCT_ID,
                        ORDER_ID),
                new Entry(
                        GET,
                        "/api/audit",
                        Access.OPERATORS,
                        new AuditRoute(useCases.audits(), places.reads(), clock, nanoTime)::check),
                new Entry(GET, "/health", Access.FREE, health::view),
                new Entry(GET, "/health/live", Access.FREE, health::live),
                new Entry(GET, "/health/ready", Access.FREE, health::ready),
                new Entry(GET, "/openapi.yaml", Access.FREE, Gzip.before(openApi::yaml)),
                new Entry(GET, "/openapi.json", Access.FREE, Gzip.before(openApi::json)),
                new Entry(GET, "/docs", Access.FREE, Gzip.before(new DocsRoute()))));
        probes.metrics()
                .map(of -> new Entry(
                        GET,
                        "/metrics",
                        of.open() ? Access.FREE : Access.OPERATORS,
                        Gzip.before(new MetricsRoute(of.text()))))
                .ifPresent(entries::add);
        probes.live().ifPresent(live -> {
            LiveRoutes course = new LiveRoutes(live, useCases.products(), places.reads());
            ConsoleRoutes console = new ConsoleRoutes();
            entries.add(new Entry(GET, "/api/live", Access.OPERATORS, Gzip.before(course::all)));
            entries.add(new Entry(
                    GET, "/api/products/{id}/live", Access.OPERATORS, Gzip.before(course::ofProduct), Set.of(AFTER)));
            entries.add(new Entry(GET, "/console", Access.FREE, Gzip.before(console::page)));
            entries.add(new Entry(GET, "/console/{id}", Access.FREE, console::file));
        });
        return entries;
    }

    /**
     * What stands before a route, the outermost first. Around them all the {@link Endpoint} takes the time, sends and
     * tells of it. Behind them the route asks for a place for the call itself, once its body has arrived.
     */
    private List<Filter> filters(Entry entry) {
        Access access = entry.access();
        return List.of(
                new SecurityHeaders(),
                cors,
                new ProblemFilter(),
                switch (access) {
                    case HOLDS -> new EarlyRefusal(places.holds());
                    case READS -> new EarlyRefusal(places.reads());
                    case FREE, OPERATORS -> Filter.NONE;
                },
                access == Access.HOLDS ? limits.ofAddress() : Filter.NONE,
                access == Access.OPERATORS ? operators : Filter.NONE,
                entry.refusesOthers() ? new KnownQuery(entry.parameters()) : Filter.NONE);
    }

    /** All of it, for the server. */
    public HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Entry entry : table) {
            Route route = Filter.before(entry.route(), filters(entry));
            routing.route(entry.method(), entry.path(), endpoint(entry.method().text(), entry.path(), route));
            if (entry.method().equals(GET)) {
                routing.route(HEAD, entry.path(), endpoint(HEAD.text(), entry.path(), route));
            }
        }
        served().forEach((path, allowed) -> routing.any(path, other(path, request -> other(request, allowed))));
        Answer ofAllPaths = Answer.empty(Status.NO_CONTENT_204)
                .with(HeaderNames.ALLOW, table.stream().collect(allowed()));
        return routing.any(other(
                AnswerListener.NO_ROUTE,
                request ->
                        request.method().equals(OPTIONS) && request.path().equals(ALL_PATHS) ? ofAllPaths : NOT_FOUND));
    }

    /** Every path, with what it allows, in their order: one with a name comes before one with any. */
    public Map<String, String> served() {
        return table.stream().collect(groupingBy(Entry::path, LinkedHashMap::new, allowed()));
    }

    private static Collector<Entry, ?, String> allowed() {
        return mapping(
                entry -> entry.method().equals(GET)
                        ? "GET, HEAD"
                        : entry.method().text(),
                collectingAndThen(
                        toCollection(LinkedHashSet::new), methods -> String.join(", ", methods) + ", OPTIONS"));
    }

    private Endpoint other(String path, Route route) {
        return endpoint(
                AnswerListener.OTHER_METHOD,
                path,
                Filter.before(route, filters(new Entry(OPTIONS, path, Access.FREE, route))));
    }

    private static Answer other(Request request, String allowed) {
        Answer answer = request.method().equals(OPTIONS)
                ? Answer.empty(Status.NO_CONTENT_204)
                : Answer.of(ProblemDocument.of(Problem.METHOD_NOT_ALLOWED, "This path takes " + allowed + "."));
        return answer.with(HeaderNames.ALLOW, allowed);
    }

    private Endpoint endpoint(String method, String path, Route route) {
        return new Endpoint(route, answers.of(method, path), nanoTime, log);
    }
}
