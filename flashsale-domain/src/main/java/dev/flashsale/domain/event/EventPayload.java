package dev.flashsale.domain.event;

import dev.flashsale.domain.event.SaleEvent.HoldChanged;
import dev.flashsale.domain.event.SaleEvent.HoldEnding;
import dev.flashsale.domain.event.SaleEvent.HoldExpired;
import dev.flashsale.domain.event.SaleEvent.HoldPlaced;
import dev.flashsale.domain.event.SaleEvent.HoldReleased;
import dev.flashsale.domain.event.SaleEvent.OfHold;
import dev.flashsale.domain.event.SaleEvent.OfMoney;
import dev.flashsale.domain.event.SaleEvent.OfOrder;
import dev.flashsale.domain.event.SaleEvent.OrderCancelled;
import dev.flashsale.domain.event.SaleEvent.OrderExpired;
import dev.flashsale.domain.event.SaleEvent.OrderFailed;
import dev.flashsale.domain.event.SaleEvent.OrderPaid;
import dev.flashsale.domain.event.SaleEvent.OrderPlaced;
import dev.flashsale.domain.event.SaleEvent.OrderRefunded;
import dev.flashsale.domain.event.SaleEvent.RefundDone;
import dev.flashsale.domain.event.SaleEvent.RefundRequired;
import dev.flashsale.domain.event.SaleEvent.SoldOut;
import dev.flashsale.domain.event.SaleEvent.StockChanged;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an event, as JSON: the names and shapes are those of the REST answers. What is not known is left out.
 *
 * <p>Written by hand, for it is done with every hold where those are subscribed to, and needs to write but a few shapes.
 */
public final class EventPayload {

    private final StringBuilder json = new StringBuilder(256).append('{');

    private EventPayload() {}

    /** An object in JSON. */
    public static String of(SaleEvent event) {
        EventPayload payload = new EventPayload();
        payload.time("at", event.stamp().at());
        payload.sequences(event.stamp().sequences());
        switch (event) {
            case HoldPlaced hold -> payload.hold(hold);
            case HoldChanged hold -> payload.hold(hold);
            case HoldReleased hold -> payload.hold(hold);
            case HoldExpired hold -> payload.hold(hold);
            case HoldEnding hold -> payload.hold(hold);
            case OrderPlaced order -> payload.order(order);
            case OrderPaid order -> payload.order(order);
            case OrderFailed order -> payload.order(order);
            case OrderCancelled order -> payload.order(order);
            case OrderExpired expired -> payload.expired(expired);
            case OrderRefunded refunded -> payload.refunded(refunded);
            case RefundRequired money -> payload.money(money);
            case RefundDone money -> payload.money(money);
            case StockChanged stock -> payload.stock(stock);
            case SoldOut stock -> {
                payload.number("product_id", stock.productId().value());
                payload.number("total", stock.total());
            }
        }
        return payload.json.append('}').toString();
    }

    private void hold(OfHold hold) {
        text("hold_id", hold.holdId().toString());
        customer(hold.customerId());
        lines("items", hold.lines().items());
        time("expires_at", hold.expiresAt());
    }

    private void order(OfOrder of) {
        Order order = of.order();
        number("order_id", order.id().value());
        text("reference", order.holdId().toString());
        customer(of.customerId());
        text("status", order.status().name().toLowerCase(Locale.ROOT));
        lines("items", order.lines().items());
        amount(order.amount().amount(), order.amount().currency());
        time("placed_at", order.placedAt());
        time("payment_deadline", order.paymentDeadline());
    }

    private void expired(OrderExpired expired) {
        number("order_id", expired.orderId().value());
        text("reference", expired.holdId().toString());
        customer(expired.customerId());
        lines("returned", expired.returned().items());
    }

    private void refunded(OrderRefunded refunded) {
        order(refunded);
        if (refunded.amount() != null) {
            text("refunded", plain(refunded.amount()));
        }
        lines("returned", refunded.returned());
    }

    private void money(OfMoney money) {
        text("transaction_id", money.transactionId().value());
        number("order_id", money.orderId().value());
        amount(money.amount(), money.currency());
    }

    private void stock(StockChanged stock) {
        number("product_id", stock.productId().value());
        number("total", stock.total());
        number("available", stock.available());
    }

    private void customer(@Nullable CustomerId id) {
        if (id != null) {
            text("customer_id", id.value());
        }
    }

    private void amount(@Nullable BigDecimal amount, @Nullable Currency currency) {
        if (amount != null) {
            text("amount", plain(amount));
        }
        if (currency != null) {
            text("currency", currency.getCurrencyCode());
        }
    }

    private static String plain(BigDecimal amount) {
        return amount.toPlainString();
    }

    private void lines(String name, Collection<Item> items) {
        name(name).append('[');
        String between = "";
        for (Item item : items) {
            json.append(between)
                    .append("{\"product_id\":")
                    .append(item.productId().value())
                    .append(",\"quantity\":")
                    .append(item.quantity().value())
                    .append('}');
            between = ",";
        }
        json.append(']');
    }

    private void sequences(Map<ProductId, Long> sequences) {
        name("sequences").append('{');
        String between = "\"";
        for (Map.Entry<ProductId, Long> of : sequences.entrySet()) {
            json.append(between)
                    .append(of.getKey().value())
                    .append("\":")
                    .append(of.getValue().longValue());
            between = ",\"";
        }
        json.append('}');
    }

    private void time(String name, Instant time) {
        text(name, time.toString());
    }

    private void number(String name, long number) {
        name(name).append(number);
    }

    private void text(String name, String text) {
        name(name).append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                json.append('\\').append(each);
            } else if (each < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
            } else {
                json.append(each);
            }
        }
        json.append('"');
    }

    private StringBuilder name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        return json.append('"').append(name).append("\":");
    }
}
