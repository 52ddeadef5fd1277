package dev.flashsale.adapter.rest.endpoint;

import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.EventKinds;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.adapter.rest.value.MomentText;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.application.PageSize;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointOutcome;
import io.helidon.http.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code /api/webhook-endpoints}, for operators. */
public final class EndpointRoutes {

    private static final String EVENT_ID = "event_id";
    private static final Set<String> NEW =
            Set.of(EndpointJson.URL, EndpointJson.KINDS, OperatorToken.REASON, OperatorToken.OPERATOR);
    private static final Set<String> CHANGE = Set.of(
            EndpointJson.URL, EndpointJson.KINDS, EndpointJson.ENABLED, OperatorToken.REASON, OperatorToken.OPERATOR);
    private static final Set<String> AGAIN = Set.of(EVENT_ID, OperatorToken.REASON, OperatorToken.OPERATOR);

    private static final Answer UNKNOWN = Answer.of(Problem.UNKNOWN_ENDPOINT);

    private final Function<Cause, Operator> operator;
    private final Lists lists;
    private final Admission places;
    private final OperatorToken operators;
    private final Function<URI, Optional<String>> refusal;

    /** @param refusal why nothing may be sent to an address */
    public EndpointRoutes(
            Function<Cause, Operator> operator,
            Lists lists,
            Admission places,
            OperatorToken operators,
            Function<URI, Optional<String>> refusal) {
        this.operator = operator;
        this.lists = lists;
        this.places = places;
        this.operators = operators;
        this.refusal = refusal;
    }

    public Answer list(Request request) {
        List<Endpoint> all = places.admit(lists::endpoints);
        Map<EndpointId, Long> waiting = places.admit(lists::waiting);
        return Answer.ok(Json.object(json -> Json.array(json, "items", all, (item, endpoint) -> {
            EndpointJson.write(item, endpoint);
            item.writeNumberProperty("waiting", waiting.getOrDefault(endpoint.id(), 0L));
        })));
    }

    public Answer create(Request request) {
        JsonBody body = request.onlyJson(NEW);
        URI url = body.string(EndpointJson.URL, this::url);
        Set<EventKind> kinds = EventKinds.of(EndpointJson.KINDS, body.strings(EndpointJson.KINDS));
        Cause cause = operators.cause(request, body, "events wanted");
        return answer(
                operator.apply(cause).createEndpoint(url, kinds), Status.CREATED_201, EndpointJson::writeWithSecret);
    }

    public Answer change(Request request) {
        JsonBody body = request.onlyJson(CHANGE);
        URI url = body.optionalString(EndpointJson.URL, this::url).orElse(null);
        Set<EventKind> kinds = body.has(EndpointJson.KINDS)
                ? EventKinds.of(EndpointJson.KINDS, body.strings(EndpointJson.KINDS))
                : null;
        Optional<Boolean> enabled = body.optionalFlag(EndpointJson.ENABLED);
        return done(request, operators.cause(request, body), (by, id) -> change(by, id, url, kinds, enabled));
    }

    private static EndpointOutcome change(
            Operator by, EndpointId id, @Nullable URI url, @Nullable Set<EventKind> kinds, Optional<Boolean> enabled) {
        EndpointOutcome changed = by.changeEndpoint(id, url, kinds);
        return changed instanceof EndpointOutcome.Done && enabled.isPresent()
                ? enabled.get() ? by.enableEndpoint(id) : by.disableEndpoint(id)
                : changed;
    }

    public Answer delete(Request request) {
        return done(request, cause(request), Operator::deleteEndpoint);
    }

    public Answer newSecret(Request request) {
        Cause cause = cause(request);
        return Ids.endpoint(request.id())
                .map(id -> answer(
                        operator.apply(cause).newEndpointSecret(id), Status.OK_200, EndpointJson::writeWithSecret))
                .orElse(UNKNOWN);
    }

    public Answer sendAgain(Request request) {
        JsonBody body = request.onlyJson(AGAIN);
        String event = body.string(EVENT_ID, text -> text);
        return done(request, operators.cause(request, body), (by, id) -> by.sendAgain(id, event));
    }

    public Answer deliveries(Request request) {
        Optional<Instant> before = Pages.parameter(request, Pages.AFTER, MomentText::moment);
        PageSize size = Pages.size(request);
        return Ids.endpoint(request.id())
                .filter(id -> places.admit(lists::endpoints).stream()
                        .anyMatch(endpoint -> endpoint.id().equals(id)))
                .map(id -> page(places.admit(() -> lists.deliveries(id, before, size)), size))
                .orElse(UNKNOWN);
    }

    private static Answer page(List<Delivery> found, PageSize size) {
        return Answer.ok(Json.object(json -> {
            Json.array(json, "items", found, EndpointJson::write);
            json.writeName("next");
            if (found.size() < size.value()) {
                json.writeNull();
            } else {
                json.writeString(found.getLast().at().toString());
            }
        }));
    }

    private Cause cause(Request request) {
        return operators.cause(request, request.onlyJson(OperatorToken.CAUSE));
    }

    private Answer done(Request request, Cause cause, BiFunction<Operator, EndpointId, EndpointOutcome> useCase) {
        return Ids.endpoint(request.id())
                .map(id -> answer(useCase.apply(operator.apply(cause), id), Status.OK_200, EndpointJson::write))
                .orElse(UNKNOWN);
    }

    private static Answer answer(EndpointOutcome outcome, Status status, BiConsumer<JsonGenerator, Endpoint> members) {
        return switch (outcome) {
            case EndpointOutcome.Done done ->
                Answer.json(status, Json.object(json -> members.accept(json, done.endpoint())));
            case EndpointOutcome.UnknownEndpoint unknown -> UNKNOWN;
            case EndpointOutcome.UnknownEvent unknown -> Answer.of(Problem.UNKNOWN_EVENT);
            case EndpointOutcome.TooMany tooMany ->
                Answer.of(ProblemDocument.of(
                        Problem.TOO_MANY_ENDPOINTS,
                        "There are " + tooMany.most() + " already: delete one that nobody listens at."));
        };
    }

    private URI url(String text) {
        if (text.length() > Endpoint.URL_MAX_LENGTH) {
            throw new InvalidValue(EndpointJson.URL, "must have at most " + Endpoint.URL_MAX_LENGTH + " characters");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException notOne) {
            throw new InvalidValue(EndpointJson.URL, "must be a URL, such as https://shop.example/flashsale");
        }
        refusal.apply(url).ifPresent(why -> {
            throw new InvalidValue(EndpointJson.URL, "is refused: " + why);
        });
        return url;
    }
}
