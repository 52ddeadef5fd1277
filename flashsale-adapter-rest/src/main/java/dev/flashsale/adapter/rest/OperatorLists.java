package dev.flashsale.adapter.rest;

import dev.flashsale.application.PageSize;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code /api/products}, {@code …/holds}, {@code …/orders} and {@code …/refunds} as lists, a page at a time: for operators. */
final class OperatorLists {

    private static final String PRODUCT_ID = "product_id";
    private static final String STATUS = "status";

    private final UseCases useCases;
    private final OperatorToken operatorToken;

    OperatorLists(UseCases useCases, OperatorToken operatorToken) {
        this.useCases = useCases;
        this.operatorToken = operatorToken;
    }

    void products(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        var page = useCases.listProducts().list(after(request, Cursor::product), size(request));
        Reply.json(
                request,
                response,
                Status.OK_200,
                Representation.page(
                        page.items(), Representation::product, page.next().map(Cursor::of)));
    }

    void holds(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        HoldStatus status = status(request, HoldStatus.values(), Representation::word);
        var page = useCases.listHolds()
                .list(productId(request), status, after(request, Cursor::holdPosition), size(request));
        Reply.json(
                request,
                response,
                Status.OK_200,
                Representation.page(
                        page.items(),
                        (json, hold) -> Representation.holdOfCustomer(json, hold, status),
                        page.next().map(Cursor::of)));
    }

    /** All of them, or those of a product and a status: nothing in between lies together in the database. */
    void orders(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        boolean all = parameter(request, PRODUCT_ID).isEmpty()
                && parameter(request, STATUS).isEmpty();
        byte[] body;
        if (all) {
            var page = useCases.listAllOrders().list(after(request, Cursor::order), size(request));
            body = Representation.page(
                    page.items(), Representation::order, page.next().map(Cursor::of));
        } else {
            OrderStatus status = status(request, OrderStatus.values(), Representation::word);
            var page = useCases.listOrders()
                    .list(productId(request), status, after(request, Cursor::orderPosition), size(request));
            body = Representation.page(
                    page.items(), Representation::order, page.next().map(Cursor::of));
        }
        Reply.json(request, response, Status.OK_200, body);
    }

    void refunds(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        var page = useCases.listRefunds().list(after(request, Cursor::number), size(request));
        Reply.json(
                request,
                response,
                Status.OK_200,
                Representation.page(
                        page.items(), Representation::refund, page.next().map(Cursor::of)));
    }

    private static ProductId productId(ServerRequest request) {
        return parameter(request, PRODUCT_ID)
                .flatMap(Ids::product)
                .orElseThrow(() -> JsonBody.invalid(PRODUCT_ID, PRODUCT_ID + " must be a product's id."));
    }

    private static <S> S status(ServerRequest request, S[] all, Function<S, String> word) {
        Optional<String> wanted = parameter(request, STATUS);
        return Arrays.stream(all)
                .filter(status -> wanted.equals(Optional.of(word.apply(status))))
                .findFirst()
                .orElseThrow(() -> JsonBody.invalid(
                        STATUS,
                        STATUS + " must be one of "
                                + String.join(", ", Arrays.stream(all).map(word).toList()) + "."));
    }

    static <P> Optional<P> after(ServerRequest request, Function<String, P> read) {
        return parameter(request, "after", read);
    }

    static PageSize size(ServerRequest request) {
        return parameter(request, "limit", text -> {
                    try {
                        return new PageSize(Integer.parseInt(text));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException("limit must be a whole number from 1 to " + PageSize.MAX, e);
                    }
                })
                .orElse(PageSize.DEFAULT);
    }

    static <T> Optional<T> parameter(ServerRequest request, String name, Function<String, T> read) {
        try {
            return parameter(request, name).map(read);
        } catch (IllegalArgumentException e) {
            throw JsonBody.invalid(name, e.getMessage() + ".");
        }
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        return request.query().first(name).asOptional().filter(Predicate.not(String::isEmpty));
    }
}
