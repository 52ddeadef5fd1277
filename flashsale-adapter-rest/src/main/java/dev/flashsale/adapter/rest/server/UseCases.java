package dev.flashsale.adapter.rest.server;

import dev.flashsale.application.Audits;
import dev.flashsale.application.Events;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Holds;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.application.Orders;
import dev.flashsale.application.Payments;
import dev.flashsale.application.Products;
import dev.flashsale.domain.operator.Cause;
import java.util.function.Function;

/** What the routes call. */
public record UseCases(
        Holds holds,
        Orders orders,
        Payments payments,
        Products products,
        Function<Cause, Operator> operator,
        Lists lists,
        Audits audits,
        Events events) {

    public static UseCases of(Flashsale flashsale) {
        return new UseCases(
                flashsale.holds(),
                flashsale.orders(),
                flashsale.payments(),
                flashsale.products(),
                flashsale::operator,
                flashsale.lists(),
                flashsale.audits(),
                flashsale.events());
    }
}
