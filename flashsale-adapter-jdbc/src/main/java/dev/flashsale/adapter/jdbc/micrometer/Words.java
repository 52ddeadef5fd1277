package dev.flashsale.adapter.jdbc.micrometer;

import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a request, in the word that stands in a metric's label: the code of the problem document, if it is one. */
public final class Words {

    private Words() {}

    /** A constant in lower case. */
    public static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What became of a hold that was asked for. */
    public static String word(HoldOutcome outcome) {
        return switch (outcome) {
            case HoldOutcome.Placed placed -> "placed";
            case HoldOutcome.AlreadyHeld held -> "already_held";
            case HoldOutcome.IdReused reused -> "hold_id_reused";
            case HoldOutcome.UnknownProduct unknown -> "unknown_product";
            case HoldOutcome.QuantityTooLarge tooLarge -> "quantity_too_large";
            case HoldOutcome.CustomerRequired required -> "customer_required";
            case HoldOutcome.NotOnSale closed -> "not_on_sale";
            case HoldOutcome.LimitReached limit -> "limit_reached";
            case HoldOutcome.MixedCurrencies mixed -> "mixed_currencies";
            case HoldOutcome.LinesShort missing -> "lines_short";
            case HoldOutcome.InsufficientStock insufficient -> "insufficient_stock";
            case HoldOutcome.AllHeld held -> "all_held";
            case HoldOutcome.SoldOut soldOut -> "sold_out";
        };
    }

    /** What a use case answered, of those that are decided in batches; else only that it did. */
    static String ofAnswer(@Nullable Object answer) {
        return switch (answer) {
            case KeyedOutcome.First<?> first -> ofAnswer(first.outcome());
            case KeyedOutcome.Replayed<?> again -> ofAnswer(again.outcome());
            case KeyedOutcome.KeyReused<?> reused -> "idempotency_key_reused";
            case HoldOutcome hold -> word(hold);
            case ReleaseOutcome release -> word(release);
            case ExtendOutcome extension -> word(extension);
            case HoldChangeOutcome change -> word(change);
            case OrderOutcome order -> word(order);
            case PaymentOutcome payment -> word(payment);
            case null, default -> "answered";
        };
    }

    static String word(ReleaseOutcome outcome) {
        return switch (outcome) {
            case ReleaseOutcome.Released released -> "released";
            case ReleaseOutcome.UnknownHold unknown -> "unknown_hold";
            case ReleaseOutcome.AlreadyOrdered ordered -> "hold_already_ordered";
            case ReleaseOutcome.AlreadyExpired expired -> "hold_expired";
        };
    }

    static String word(ExtendOutcome outcome) {
        return switch (outcome) {
            case ExtendOutcome.Extended extended -> "extended";
            case ExtendOutcome.NoExtensionsLeft none -> "no_extensions_left";
            case ExtendOutcome.UnknownHold unknown -> "unknown_hold";
            case ExtendOutcome.AlreadyOrdered ordered -> "hold_already_ordered";
            case ExtendOutcome.AlreadyReleased released -> "hold_released";
            case ExtendOutcome.AlreadyExpired expired -> "hold_expired";
        };
    }

    static String word(HoldChangeOutcome outcome) {
        return switch (outcome) {
            case HoldChangeOutcome.Changed changed -> "changed";
            case HoldChangeOutcome.Refused refused -> word(refused.why());
            case HoldChangeOutcome.LinesRequired required -> "invalid_field";
            case HoldChangeOutcome.UnknownHold unknown -> "unknown_hold";
            case HoldChangeOutcome.AlreadyOrdered ordered -> "hold_already_ordered";
            case HoldChangeOutcome.AlreadyReleased released -> "hold_released";
            case HoldChangeOutcome.AlreadyExpired expired -> "hold_expired";
        };
    }

    static String word(OrderOutcome outcome) {
        return switch (outcome) {
            case OrderOutcome.Placed placed -> "placed";
            case OrderOutcome.AlreadyPlaced before -> "already_placed";
            case OrderOutcome.UnknownHold unknown -> "unknown_hold";
            case OrderOutcome.HoldExpired expired -> "hold_expired";
            case OrderOutcome.HoldReleased released -> "hold_released";
            case OrderOutcome.MixedCurrencies mixed -> "mixed_currencies";
        };
    }

    static String word(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Recorded now -> word(now.payment().effect());
            case PaymentOutcome.AlreadyRecorded before -> "already_recorded";
            case PaymentOutcome.Conflict conflict -> "transaction_conflict";
            case PaymentOutcome.NothingToRefund nothing -> "nothing_to_refund";
            case PaymentOutcome.NoSuchPieces none -> "no_such_pieces";
        };
    }

    static String word(PaymentEffect effect) {
        return switch (effect) {
            case APPLIED -> "applied";
            case KEPT -> "kept";
            case IGNORED -> "ignored";
            case REFUND_REQUIRED -> "refund_required";
        };
    }
}
