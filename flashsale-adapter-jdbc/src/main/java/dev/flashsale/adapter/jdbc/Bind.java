package dev.flashsale.adapter.jdbc;

import dev.flashsale.adapter.jdbc.Declaration.Binding;
import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;

/** How lists of ids, and of lines, are bound. */
final class Bind {

    static final Binding<HoldId> HOLDS = Binding.each((id, parameters) -> parameters.add(id));
    static final Binding<ProductId> PRODUCTS = Binding.each((id, parameters) -> parameters.add(id));
    static final Binding<OrderId> ORDERS = Binding.each((id, parameters) -> parameters.add(id));
    static final Binding<TransactionId> TRANSACTIONS = Binding.each((id, parameters) -> parameters.add(id));

    /** Lines of one number, as {@link HoldRows#ofOneNumber} and {@link OrderRows#ofOneNumber} have it. */
    static final Binding<Line<HoldId>> LINES_OF_HOLDS = Binding.common(
            (line, parameters) -> parameters.add(line.number()), (line, parameters) -> parameters.add(line.of()));

    static final Binding<Line<OrderId>> LINES_OF_ORDERS = Binding.common(
            (line, parameters) -> parameters.add(line.number()), (line, parameters) -> parameters.add(line.of()));

    private Bind() {}
}
