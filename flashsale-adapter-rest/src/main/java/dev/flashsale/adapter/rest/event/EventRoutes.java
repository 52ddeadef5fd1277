package dev.flashsale.adapter.rest.event;

import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.EventKinds;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.application.Events;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code /api/events} and {@code /api/products/{id}/events}: the outbox, for operators and their programs. */
public final class EventRoutes {

    /** For whoever watches, who asks again before it is over. */
    static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private static final String KINDS = "kinds";
    private static final String NO_PRODUCT = Long.toString(Events.NO_PRODUCT);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Events events;
    private final Admission places;
    private final String source;

    /** @param source what the events call the sale that they are of */
    public EventRoutes(Events events, Admission places, String source) {
        this.events = events;
        this.places = places;
        this.source = source;
    }

    /** Which events there are: the kinds that are kept, and how far each product's go. */
    public Answer list(Request request) {
        Optional<Long> after = Pages.parameter(request, Pages.AFTER, EventRoutes::number);
        int limit = Pages.size(request).value();
        SortedMap<Long, Long> all = places.admit(events::lastNumbers);
        SortedMap<Long, Long> behind = after.isEmpty() ? all : new TreeMap<>(all).tailMap(after.get() + 1);
        List<Map.Entry<Long, Long>> page =
                behind.entrySet().stream().limit(limit).toList();
        return Answer.ok(Json.object(json -> {
            kinds(json, events.kept());
            Json.array(json, "items", page, (item, product) -> {
                item.writeNumberProperty(Pages.PRODUCT_ID, product.getKey());
                item.writeNumberProperty("last_number", product.getValue());
            });
            next(json, page.size() < behind.size() ? page.getLast().getKey() : null);
        }));
    }

    /** A product's events behind the one of a number, in their order. */
    public Answer ofProduct(Request request) {
        long after = Pages.parameter(request, Pages.AFTER, EventRoutes::number).orElse(0L);
        int limit = Pages.size(request).value();
        Optional<Long> product = request.id().equals(NO_PRODUCT)
                ? Optional.of(Events.NO_PRODUCT)
                : Ids.product(request.id()).map(ProductId::value);
        return product.map(id -> places.admit(() -> events.after(id, after, limit + 1)))
                .map(found -> Answer.ok(Json.object(json -> {
                    List<KeptEvent> page = found.subList(0, Math.min(limit, found.size()));
                    Json.array(json, "items", page, (item, event) -> CloudEvent.write(item, event, source));
                    next(json, page.size() < found.size() ? page.getLast().number() : null);
                })))
                .orElse(Answer.of(Problem.UNKNOWN_PRODUCT));
    }

    /** Has kinds kept for a while, by every server that sells, beside those that are kept anyway. */
    public Answer keep(Request request) {
        List<String> words = request.onlyJson(Set.of(KINDS)).strings(KINDS);
        Set<EventKind> kinds = EventKinds.of(KINDS, words);
        events.keepFor(kinds, KEPT_FOR);
        return Answer.ok(Json.object(json -> {
            kinds(json, kinds);
            json.writeNumberProperty("seconds", KEPT_FOR.toSeconds());
        }));
    }

    private static void kinds(JsonGenerator json, Set<EventKind> kinds) {
        json.writeArrayPropertyStart(KINDS);
        kinds.stream().sorted().map(EventKind::word).forEach(json::writeString);
        json.writeEndArray();
    }

    private static void next(JsonGenerator json, @Nullable Long number) {
        json.writeName("next");
        if (number == null) {
            json.writeNull();
        } else {
            json.writeString(Long.toString(number));
        }
    }

    private static long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidValue(Pages.AFTER, "must be a whole number from 0, as next or sequence has it");
        }
        return Long.parseLong(text);
    }
}
