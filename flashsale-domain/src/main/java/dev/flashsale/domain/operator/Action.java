package dev.flashsale.domain.operator;

import static dev.flashsale.domain.operator.Subject.Kind.CONFLICT;
import static dev.flashsale.domain.operator.Subject.Kind.CUSTOMER;
import static dev.flashsale.domain.operator.Subject.Kind.ENDPOINT;
import static dev.flashsale.domain.operator.Subject.Kind.ORDER;
import static dev.flashsale.domain.operator.Subject.Kind.PRODUCT;

import java.util.Arrays;
import java.util.List;

/** What an operator did. Stored by its name: never rename one. */
public enum Action {
    PRODUCT_CREATED(PRODUCT),
    /** Its name, its price or a rule of its sale. */
    PRODUCT_CHANGED(PRODUCT),
    STOCK_ADJUSTED(PRODUCT),
    SALE_OPENED(PRODUCT),
    SALE_CLOSED(PRODUCT),
    ORDER_CANCELLED(ORDER),
    /** Money that had to be given back was. */
    REFUND_DONE(ORDER),
    /** Money of a payment, or some of it, was given back by hand, perhaps for some pieces. */
    REFUND_RECORDED(ORDER),
    /** Somebody has looked at a report that contradicts what is known. */
    CONFLICT_RESOLVED(CONFLICT),
    /** It waits longer for its payment. */
    ORDER_EXTENDED(ORDER),
    /** Money that no gateway reports, such as cash, was taken for it. */
    ORDER_ACCEPTED(ORDER),
    /** Who it was is not told. */
    CUSTOMER_FORGOTTEN(CUSTOMER),
    /** Events are sent there from now on. */
    ENDPOINT_CREATED(ENDPOINT),
    /** Its address, its kinds or its secret, or something is sent to it again. */
    ENDPOINT_CHANGED(ENDPOINT),
    ENDPOINT_ENABLED(ENDPOINT),
    /** By an operator, or since it took nothing for too long. */
    ENDPOINT_DISABLED(ENDPOINT),
    ENDPOINT_DELETED(ENDPOINT);

    private final Subject.Kind doneTo;

    Action(Subject.Kind doneTo) {
        this.doneTo = doneTo;
    }

    public Subject.Kind doneTo() {
        return doneTo;
    }

    /** All that can be done to one of that kind. */
    public static List<Action> doneTo(Subject.Kind kind) {
        return Arrays.stream(values()).filter(action -> action.doneTo == kind).toList();
    }
}
