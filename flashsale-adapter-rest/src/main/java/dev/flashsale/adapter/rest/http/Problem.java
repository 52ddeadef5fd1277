package dev.flashsale.adapter.rest.http;

import io.helidon.http.Status;
import java.util.Locale;

/**
 * Every error that a client can get. The name in lower case is its code and, after {@code urn:flashsale:problem:}, its
 * type: clients depend on it, so it never changes.
 */
public enum Problem {
    MALFORMED_REQUEST(400, "The request is not well-formed HTTP", false),
    MALFORMED_JSON(400, "The body is not well-formed JSON", false),
    BAD_SIGNATURE(401, "The webhook is not known to be the gateway's", false),
    OPERATOR_TOKEN_REQUIRED(401, "Only an operator may do this", false),
    NOT_FOUND(404, "There is nothing at this path", false, "What there is can be read at /openapi.yaml."),
    UNKNOWN_PRODUCT(404, "There is no such product", false, "No product has this id."),
    UNKNOWN_HOLD(404, "There is no such hold", false, "No hold has this id."),
    UNKNOWN_PAYMENT(404, "There is no such payment", false, "No payment has this transaction_id."),
    UNKNOWN_ORDER(404, "There is no such order", false, "No order has this id."),
    UNKNOWN_CONFLICT(404, "There is no such conflict", false, "No conflict with this id waits for somebody to look."),
    UNKNOWN_ENDPOINT(404, "There is no such endpoint", false, "No endpoint has this id."),
    UNKNOWN_EVENT(
            404,
            "There is no such event",
            false,
            "This endpoint was sent no event with this id, or that is forgotten."),
    METHOD_NOT_ALLOWED(405, "This path does not take this method", false),
    INSUFFICIENT_STOCK(409, "Less is available than was asked for", false),
    ALL_HELD(
            409,
            "Everything left is held by others",
            true,
            "Nothing is available now, but what others hold may come back."),
    SOLD_OUT(409, "The product is sold out", false, "Nothing is available and nothing is held."),
    NOT_ON_SALE(409, "The product is not on sale now", false),
    LIMIT_REACHED(409, "The customer has as many as one may have", false),
    MIXED_CURRENCIES(
            409,
            "The products have prices in more than one currency",
            false,
            "An order has one amount, in one currency."),
    HOLD_ALREADY_ORDERED(409, "The hold has become an order", false, "Its pieces are in an order."),
    NO_EXTENSIONS_LEFT(
            409,
            "The hold cannot be extended again",
            false,
            "It was extended as often as a hold can be; it stays valid until its expires_at."),
    HOLD_RELEASED(409, "The hold was released", false, "Its pieces were given back."),
    TRANSACTION_CONFLICT(
            409,
            "The transaction id is known with other contents",
            false,
            "This was reported of the transaction before with another order or amount. Operators see it."),
    TOO_MANY_ENDPOINTS(409, "There are as many endpoints as there may be", false),
    STOCK_BELOW_TAKEN(409, "More is held, ordered and sold than that", false),
    ORDER_PAID(409, "The order is paid", false, "What is paid is not cancelled without giving the money back."),
    ORDER_OVER(409, "The order is over", false, "Its pieces return by themselves."),
    NOTHING_TO_REFUND(
            409,
            "No payment is known that this could give back",
            true,
            "No success of this order was reported that this could give back. Report it again, after the payment."),
    REFUND_NOT_REQUIRED(
            409,
            "The money of this payment need not be given back",
            false,
            "This payment was not answered with refund_required."),
    HOLD_EXPIRED(410, "The hold has expired", false, "Its time is over; its pieces are available to others."),
    BODY_TOO_LARGE(413, "The body is too large", false),
    URI_TOO_LONG(414, "The request line is too long", false),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body must be application/json",
            false,
            "The request needs the header 'Content-Type: application/json' and a body in UTF-8."),
    UNSUPPORTED_CONTENT_ENCODING(415, "The body must not be compressed", false),
    INVALID_FIELD(422, "A field has no valid value", false),
    QUANTITY_TOO_LARGE(422, "One hold may not have that many", false),
    HOLD_ID_REUSED(
            422,
            "The hold id was used for another request",
            false,
            "Another product, quantity or customer was held under this id."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The idempotency key was used for another request",
            false,
            "Another request was sent under this key before."),
    RATE_LIMITED(429, "Too many requests in a short time", true),
    HEADERS_TOO_LARGE(431, "The headers are too large", false),
    INTERNAL_ERROR(
            500,
            "The server failed",
            false,
            "Something failed that should not. The server's log has more under this incident."),
    NOT_IMPLEMENTED(501, "The server does not support this form of request", false),
    BUSY(503, "The server is busy", true, "It cannot be done at this moment. Ask again."),
    NOT_READY(503, "The server is not ready", true, "The database does not answer."),
    HTTP_VERSION_NOT_SUPPORTED(505, "The server speaks HTTP/1.1", false);

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable, without an annotation that says so.
    private final Status status;

    private final String title;
    private final boolean retryable;
    private final String detail;
    private final String code = name().toLowerCase(Locale.ROOT);

    Problem(int status, String title, boolean retryable) {
        this(status, title, retryable, title + ".");
    }

    Problem(int status, String title, boolean retryable, String detail) {
        this.status = status == 422 ? Status.create(422, "Unprocessable Content") : Status.create(status);
        this.title = title;
        this.retryable = retryable;
        this.detail = detail;
    }

    public Status status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the same request may succeed later, whatever the particular case. */
    public boolean retryable() {
        return retryable;
    }

    public String code() {
        return code;
    }

    /** What there is to say of it when there is nothing particular. */
    String detail() {
        return detail;
    }

    /** What the server's own refusals, made before a route is reached, mean. */
    static Problem ofProtocol(Status status) {
        return switch (status.code()) {
            case 404 -> NOT_FOUND;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_CONTENT_ENCODING;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 503 -> BUSY;
            case 505 -> HTTP_VERSION_NOT_SUPPORTED;
            default -> status.code() < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
        };
    }
}
