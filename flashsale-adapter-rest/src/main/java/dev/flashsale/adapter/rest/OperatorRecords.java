package dev.flashsale.adapter.rest;

import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What operators did, {@code /api/operator-log}, and how a total came about, {@code /api/products/{id}/stock}: for operators. */
final class OperatorRecords {

    private static final String PRODUCT_ID = "product_id";
    private static final String ORDER_ID = "order_id";

    private final UseCases useCases;
    private final OperatorToken operatorToken;

    OperatorRecords(UseCases useCases, OperatorToken operatorToken) {
        this.useCases = useCases;
        this.operatorToken = operatorToken;
    }

    void log(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        var page = useCases.listOperatorLog()
                .list(doneTo(request), OperatorLists.after(request, Cursor::number), OperatorLists.size(request));
        Reply.json(
                request,
                response,
                Status.OK_200,
                Representation.page(
                        page.items(), OperatorRecords::write, page.next().map(Cursor::of)));
    }

    void ledger(ServerRequest request, ServerResponse response) {
        operatorToken.require(request);
        Optional<Long> after = OperatorLists.after(request, Cursor::number);
        var size = OperatorLists.size(request);
        var page = Ids.product(request).flatMap(id -> useCases.listStockLedger().list(id, after, size));
        if (page.isEmpty()) {
            Reply.problem(request, response, Products.unknown());
            return;
        }
        Reply.json(
                request,
                response,
                Status.OK_200,
                Representation.page(
                        page.get().items(),
                        OperatorRecords::write,
                        page.get().next().map(Cursor::of)));
    }

    /** A product's or an order's; without either everything. */
    private static Optional<Subject> doneTo(ServerRequest request) {
        Optional<ProductId> product = OperatorLists.parameter(request, PRODUCT_ID, OperatorRecords::productId);
        Optional<OrderId> order = OperatorLists.parameter(request, ORDER_ID, OperatorRecords::orderId);
        if (product.isPresent() && order.isPresent()) {
            throw JsonBody.invalid(ORDER_ID, "Nothing is done to a product and an order at once: ask for one of them.");
        }
        return product.map(id -> new Subject(Subject.Kind.PRODUCT, id.value()))
                .or(() -> order.map(id -> new Subject(Subject.Kind.ORDER, id.value())));
    }

    private static ProductId productId(String text) {
        return Ids.product(text).orElseThrow(() -> new IllegalArgumentException("product_id must be a product's id"));
    }

    private static OrderId orderId(String text) {
        return Ids.order(text).orElseThrow(() -> new IllegalArgumentException("order_id must be an order's number"));
    }

    private static void write(JsonGenerator json, LoggedEntry row) {
        LogEntry entry = row.entry();
        write(json, entry.at(), entry.cause());
        json.writeStringProperty("action", word(entry.action()));
        json.writeNumberProperty(
                switch (entry.doneTo().kind()) {
                    case PRODUCT -> PRODUCT_ID;
                    case ORDER -> ORDER_ID;
                },
                entry.subject());
        json.writeStringProperty("change", entry.change());
    }

    private static void write(JsonGenerator json, LedgerRow row) {
        write(json, row.change().at(), row.change().cause());
        json.writeNumberProperty("pieces", row.change().pieces());
    }

    private static void write(JsonGenerator json, Instant at, Cause cause) {
        json.writeStringProperty("at", at.toString());
        json.writeStringProperty("operator", cause.operator());
        json.writeStringProperty("reason", cause.reason());
    }

    private static String word(Action action) {
        return switch (action) {
            case PRODUCT_CREATED -> "product_created";
            case PRODUCT_CHANGED -> "product_changed";
            case STOCK_ADJUSTED -> "stock_adjusted";
            case SALE_OPENED -> "sale_opened";
            case SALE_CLOSED -> "sale_closed";
            case ORDER_CANCELLED -> "order_cancelled";
        };
    }
}
