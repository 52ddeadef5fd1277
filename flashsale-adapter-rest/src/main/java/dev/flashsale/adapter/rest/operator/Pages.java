package dev.flashsale.adapter.rest.operator;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.product.ProductId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Lists, a page at a time: which page is asked for, of which rows, and how it is answered. */
public final class Pages {

    public static final String STATUS = "status";
    public static final String PRODUCT_ID = "product_id";
    public static final String RETIRED = "retired";
    public static final String CUSTOMER_ID = "customer_id";
    public static final String AFTER = "after";
    public static final String LIMIT = "limit";

    private Pages() {}

    /** The page that is asked for. */
    public static <T, P> Answer answer(
            Request request,
            Cursor<P> cursor,
            BiFunction<Optional<P>, PageSize, Page<T, P>> list,
            BiConsumer<JsonGenerator, T> members) {
        return answer(list.apply(after(request, cursor), size(request)), cursor, members);
    }

    public static <T, P> Answer answer(Page<T, P> page, Cursor<P> cursor, BiConsumer<JsonGenerator, T> members) {
        return Answer.ok(Json.object(json -> {
            Json.array(json, "items", page.items(), members);
            json.writeName("next");
            page.next().map(cursor::write).ifPresentOrElse(json::writeString, json::writeNull);
        }));
    }

    /** Where the page before ended; empty for the first one. */
    public static <P> Optional<P> after(Request request, Cursor<P> cursor) {
        return parameter(request, AFTER, cursor::read);
    }

    /** How many rows at most. */
    public static PageSize size(Request request) {
        return parameter(request, LIMIT, text -> {
                    try {
                        return new PageSize(Integer.parseInt(text));
                    } catch (IllegalArgumentException notOne) {
                        throw new InvalidValue(LIMIT, "must be a whole number from 1 to " + PageSize.MAX);
                    }
                })
                .orElse(PageSize.DEFAULT);
    }

    /** Of which product. */
    public static Optional<ProductId> product(Request request) {
        return parameter(
                request,
                PRODUCT_ID,
                text -> Ids.product(text).orElseThrow(() -> new InvalidValue(PRODUCT_ID, "must be a product's id")));
    }

    /** Of which product, where it takes one. */
    public static ProductId requiredProduct(Request request) {
        return product(request).orElseThrow(() -> Refused.invalid(PRODUCT_ID, "product_id is missing."));
    }

    /** Whether of what is retired; of what is not, where nothing is said. */
    public static boolean retired(Request request) {
        return parameter(request, RETIRED, text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidValue(RETIRED, "must be true or false");
                })
                .orElse(false);
    }

    /** Of which customer, if of one: then of all products, and in every status. */
    public static Optional<CustomerId> onlyCustomer(Request request) {
        Optional<CustomerId> customer = parameter(request, CUSTOMER_ID, CustomerId::new);
        if (customer.isPresent()
                && (request.query(PRODUCT_ID).isPresent()
                        || request.query(STATUS).isPresent())) {
            throw Refused.invalid(CUSTOMER_ID, "With customer_id there must be no product_id and no status beside it.");
        }
        return customer;
    }

    /** In which status, where it takes one. */
    public static <S extends Enum<S>> S requiredStatus(Request request, S[] all) {
        Optional<String> wanted = request.query(STATUS);
        return Arrays.stream(all)
                .filter(status -> wanted.equals(Optional.of(Json.word(status))))
                .findFirst()
                .orElseThrow(() -> Refused.invalid(
                        STATUS,
                        "status must be one of "
                                + String.join(
                                        ", ", Arrays.stream(all).map(Json::word).toList()) + "."));
    }

    /**
     * A parameter of the query, if it is there.
     *
     * @param read refuses with an {@link InvalidValue}, whose rule the client gets
     */
    public static <T> Optional<T> parameter(Request request, String name, Function<String, T> read) {
        return Refused.unlessValid(name, () -> request.query(name).map(read));
    }
}
