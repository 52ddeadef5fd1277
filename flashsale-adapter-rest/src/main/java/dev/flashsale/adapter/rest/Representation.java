package dev.flashsale.adapter.rest;

import dev.flashsale.application.ListRefunds;
import dev.flashsale.application.ViewHold;
import dev.flashsale.application.ViewProduct;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the resources look like in JSON: snake_case, money as a string, time in UTC by ISO 8601. */
final class Representation {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 256;

    private Representation() {}

    static byte[] of(ViewProduct.View view) {
        return object(json -> product(json, view));
    }

    static void product(JsonGenerator json, ViewProduct.View view) {
        json.writeNumberProperty("id", view.product().id().value());
        json.writeStringProperty("name", view.product().name());
        money(json, "price", view.product().price());
        json.writeNumberProperty("stock", view.stock().total());
        json.writeNumberProperty("available_stock", view.stock().available());
        rules(json, view.stock().rules(), view.sale());
    }

    /** @param next where the next page begins, if there is one */
    static <T> byte[] page(List<T> items, BiConsumer<JsonGenerator, T> members, Optional<String> next) {
        return object(json -> {
            json.writeArrayPropertyStart("items");
            for (T item : items) {
                json.writeStartObject();
                members.accept(json, item);
                json.writeEndObject();
            }
            json.writeEndArray();
            if (next.isPresent()) {
                json.writeStringProperty("next", next.get());
            } else {
                json.writeNullProperty("next");
            }
        });
    }

    /** What is not set is not shown. */
    private static void rules(JsonGenerator json, SaleRules rules, SaleState sale) {
        if (rules.maxPerHold() != null) {
            json.writeNumberProperty("max_per_hold", rules.maxPerHold());
        }
        if (rules.maxPerCustomer() != null) {
            json.writeNumberProperty("max_per_customer", rules.maxPerCustomer());
        }
        if (rules.window().startsAt() != null) {
            json.writeStringProperty("sale_starts_at", rules.window().startsAt().toString());
        }
        if (rules.window().endsAt() != null) {
            json.writeStringProperty("sale_ends_at", rules.window().endsAt().toString());
        }
        if (!rules.window().equals(SaleWindow.ALWAYS)) {
            json.writeStringProperty("sale", word(sale));
        }
    }

    static byte[] of(HoldOutcome.Placed hold) {
        return object(json -> hold(
                json,
                hold.holdId(),
                hold.productId(),
                hold.quantity(),
                hold.further(),
                HoldStatus.ACTIVE,
                hold.expiresAt()));
    }

    static byte[] of(Hold hold, HoldStatus status) {
        return object(json -> hold(json, hold, status));
    }

    static byte[] of(ViewHold.View view) {
        return object(json -> {
            hold(json, view.hold(), view.status());
            view.order().ifPresent(order -> {
                json.writeObjectPropertyStart("order");
                order(json, order);
                json.writeEndObject();
            });
        });
    }

    static byte[] of(Order order) {
        return object(json -> order(json, order));
    }

    static byte[] of(RecordedPayment recorded) {
        return object(json -> {
            json.writeStringProperty(
                    "transaction_id", recorded.payment().transactionId().value());
            json.writeNumberProperty("order_id", recorded.payment().orderId().value());
            OrderStatus status = recorded.orderStatus();
            if (status != null) {
                json.writeStringProperty("order_status", word(status));
            }
            json.writeStringProperty("outcome", word(recorded.effect()));
        });
    }

    static void refund(JsonGenerator json, ListRefunds.Refund refund) {
        Payment payment = refund.payment();
        json.writeStringProperty("transaction_id", payment.transactionId().value());
        json.writeNumberProperty("order_id", payment.orderId().value());
        Currency currency = payment.currency();
        if (payment.amount() != null) {
            json.writeStringProperty("amount", plain(payment.amount(), currency));
        }
        if (currency != null) {
            json.writeStringProperty("currency", currency.getCurrencyCode());
        }
        json.writeStringProperty("why", word(refund.why()));
        json.writeStringProperty("received_at", refund.receivedAt().toString());
    }

    /** With the decimals of its currency, and more only where there are more. */
    private static String plain(BigDecimal amount, @Nullable Currency currency) {
        int decimals = currency == null ? 0 : Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal exact = amount.stripTrailingZeros();
        return exact.setScale(Math.max(exact.scale(), decimals)).toPlainString();
    }

    static byte[] done(TransactionId id) {
        return object(json -> {
            json.writeStringProperty("transaction_id", id.value());
            json.writeStringProperty("refund", "done");
        });
    }

    static byte[] of(ProblemDocument document) {
        Problem problem = document.problem();
        return object(json -> {
            json.writeStringProperty("type", "urn:flashsale:problem:" + problem.code());
            json.writeStringProperty("title", problem.title());
            json.writeNumberProperty("status", problem.status().code());
            json.writeStringProperty("detail", document.detail());
            json.writeStringProperty("code", problem.code());
            json.writeBooleanProperty("retryable", document.retryable());
            if (document.field() != null) {
                json.writeStringProperty("field", document.field());
            }
            facts(json, document.facts());
            if (document.incident() != null) {
                json.writeStringProperty("incident", document.incident());
            }
        });
    }

    private static void facts(JsonGenerator json, Map<?, ?> facts) {
        new TreeMap<Object, Object>(facts).forEach((key, fact) -> {
            String name = key.toString();
            switch (fact) {
                case Integer number -> json.writeNumberProperty(name, number);
                case Long number -> json.writeNumberProperty(name, number);
                case List<?> list -> {
                    json.writeArrayPropertyStart(name);
                    for (Object some : list) {
                        json.writeStartObject();
                        facts(json, (Map<?, ?>) some);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }
                default -> json.writeStringProperty(name, fact.toString());
            }
        });
    }

    static byte[] of(Optional<Probes.LastAudit> audit) {
        return object(json -> {
            boolean wrong = audit.isPresent() && audit.get().violations() > 0;
            json.writeStringProperty("status", wrong ? "degraded" : "up");
            json.writeStringProperty("database", "up");
            audit.ifPresent(last -> {
                json.writeObjectPropertyStart("audit");
                json.writeStringProperty("at", last.at().toString());
                json.writeNumberProperty("violations", last.violations());
                json.writeEndObject();
            });
        });
    }

    static byte[] status(String status) {
        return object(json -> json.writeStringProperty("status", status));
    }

    /** With the customer, if one was named. */
    static void holdOfCustomer(JsonGenerator json, Hold hold, HoldStatus status) {
        hold(json, hold, status);
        if (hold.customerId() != null) {
            json.writeStringProperty("customer_id", hold.customerId().value());
        }
    }

    private static void hold(JsonGenerator json, Hold hold, HoldStatus status) {
        hold(json, hold.id(), hold.productId(), hold.quantity(), hold.further(), status, hold.expiresAt());
    }

    private static void hold(
            JsonGenerator json,
            HoldId id,
            ProductId productId,
            Quantity quantity,
            List<Item> further,
            HoldStatus status,
            Instant expiresAt) {
        json.writeStringProperty("hold_id", id.toString());
        items(json, productId, quantity, further);
        json.writeStringProperty("status", word(status));
        json.writeStringProperty("expires_at", expiresAt.toString());
    }

    /** Of one product it and its quantity, of several an array of these. */
    private static void items(JsonGenerator json, ProductId productId, Quantity quantity, List<Item> further) {
        if (further.isEmpty()) {
            item(json, productId, quantity);
            return;
        }
        json.writeArrayPropertyStart("items");
        for (Item item : Item.all(productId, quantity, further)) {
            json.writeStartObject();
            item(json, item.productId(), item.quantity());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void item(JsonGenerator json, ProductId productId, Quantity quantity) {
        json.writeNumberProperty("product_id", productId.value());
        json.writeNumberProperty("quantity", quantity.value());
    }

    static void order(JsonGenerator json, Order order) {
        json.writeNumberProperty("order_id", order.id().value());
        json.writeStringProperty("hold_id", order.holdId().toString());
        items(json, order.productId(), order.quantity(), order.further());
        money(json, "amount", order.amount());
        json.writeStringProperty("status", word(order.status()));
        json.writeStringProperty("payment_deadline", order.paymentDeadline().toString());
    }

    private static void money(JsonGenerator json, String name, Money money) {
        json.writeStringProperty(name, money.amount().toPlainString());
        json.writeStringProperty("currency", money.currency().getCurrencyCode());
    }

    private static String word(SaleState sale) {
        return switch (sale) {
            case UPCOMING -> "upcoming";
            case OPEN -> "open";
            case OVER -> "over";
        };
    }

    static String word(HoldStatus status) {
        return switch (status) {
            case ACTIVE -> "active";
            case ORDERED -> "ordered";
            case RELEASED -> "released";
            case EXPIRED -> "expired";
        };
    }

    static String word(OrderStatus status) {
        return switch (status) {
            case PENDING -> "pending";
            case PAID -> "paid";
            case FAILED -> "failed";
            case EXPIRED -> "expired";
            case CANCELLED -> "cancelled";
            case REFUNDED -> "refunded";
            case RETURNED -> "returned";
        };
    }

    private static String word(PaymentEffect effect) {
        return switch (effect) {
            case APPLIED -> "applied";
            case KEPT -> "kept";
            case IGNORED -> "ignored";
            case REFUND_REQUIRED -> "refund_required";
        };
    }

    private static String word(RefundReason why) {
        return switch (why) {
            case NO_ORDER -> "no_order";
            case AMOUNT_DIFFERS -> "amount_differs";
            case ALREADY_PAID -> "already_paid";
            case SOLD_OUT -> "sold_out";
            case ORDER_CANCELLED -> "order_cancelled";
        };
    }

    private static byte[] object(Consumer<JsonGenerator> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
