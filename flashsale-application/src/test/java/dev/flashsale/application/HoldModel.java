package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Offer;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of wishes to hold, and of holds. */
final class HoldModel {

    private final ModelRows rows;

    HoldModel(ModelRows rows) {
        this.rows = rows;
    }

    HoldOutcome place(HoldRequest request) {
        Hold known = rows.holds.get(request.holdId());
        if (known != null) {
            HoldRequest first = new HoldRequest(known.id(), known.productId(), known.quantity(), known.customerId());
            return first.equals(request) ? placed(known) : new HoldOutcome.IdReused(known.id());
        }
        HoldOutcome refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        ActiveHold hold = new ActiveHold(
                request.holdId(),
                request.productId(),
                request.quantity(),
                rows.now.plus(Command.HOLD_TTL),
                request.customerId(),
                false);
        rows.holds.put(hold.id(), hold);
        return placed(hold);
    }

    private static HoldOutcome placed(Hold hold) {
        return new HoldOutcome.Placed(hold.id(), hold.productId(), hold.quantity(), hold.expiresAt());
    }

    /** Whether it is worth asking again, so that the refusal is not the last word. */
    static boolean passes(HoldOutcome outcome) {
        return outcome instanceof HoldOutcome.AllHeld
                || outcome instanceof HoldOutcome.IdReused
                || (outcome instanceof HoldOutcome.NotOnSale refused
                        && refused.retryAfter().isPresent());
    }

    private @Nullable HoldOutcome refusal(HoldRequest request) {
        ProductId id = request.productId();
        Offer offer = rows.offers.get(id);
        if (offer == null) {
            return new HoldOutcome.UnknownProduct(id);
        }
        int wanted = request.quantity().value();
        Integer mostPerHold = offer.rules().maxPerHold();
        if (mostPerHold != null && wanted > mostPerHold) {
            return new HoldOutcome.QuantityTooLarge(id, mostPerHold);
        }
        Integer mostPerCustomer = offer.rules().maxPerCustomer();
        CustomerId customer = request.customerId();
        if (mostPerCustomer != null && customer == null) {
            return new HoldOutcome.CustomerRequired(id);
        }
        Instant start = offer.rules().window().startsAt();
        if (start != null && rows.now.isBefore(start)) {
            return new HoldOutcome.NotOnSale(
                    id, offer.rules().window(), Optional.of(Duration.between(rows.now, start)));
        }
        if (rows.isOver(offer.rules().window().endsAt())) {
            return new HoldOutcome.NotOnSale(id, offer.rules().window(), Optional.empty());
        }
        if (mostPerCustomer != null && customer != null && has(customer, id) + wanted > mostPerCustomer) {
            return new HoldOutcome.LimitReached(id, mostPerCustomer, has(customer, id));
        }
        int left = rows.available(id);
        if (wanted <= left) {
            return null;
        }
        return left > 0 ? new HoldOutcome.InsufficientStock(id, left) : nothingLeft(id);
    }

    private HoldOutcome nothingLeft(ProductId id) {
        return Stream.concat(
                        rows.holds(id, rows::isHeld).map(Hold::expiresAt),
                        rows.orders(id, order -> rows.asRead(order).status() == OrderStatus.PENDING)
                                .map(Order::paymentDeadline))
                .min(Instant::compareTo)
                .<HoldOutcome>map(at -> new HoldOutcome.AllHeld(id, Duration.between(rows.now, at)))
                .orElse(new HoldOutcome.SoldOut(id));
    }

    private int has(CustomerId customer, ProductId id) {
        return rows.holds(id, hold -> customer.equals(hold.customerId()))
                .filter(hold -> switch (Objects.requireNonNull(rows.statusOf(hold.id()))) {
                    case ACTIVE -> true;
                    case ORDERED -> ModelRows.keepsPieces(rows.asRead(rows.orderOf(hold.id())));
                    case RELEASED, EXPIRED -> false;
                })
                .mapToInt(hold -> hold.quantity().value())
                .sum();
    }

    ReleaseOutcome release(HoldId id) {
        return switch (rows.statusOf(id)) {
            case null -> new ReleaseOutcome.UnknownHold(id);
            case ACTIVE, RELEASED -> new ReleaseOutcome.Released(end(id, HoldEnd.RELEASED));
            case ORDERED -> new ReleaseOutcome.AlreadyOrdered(id);
            case EXPIRED -> new ReleaseOutcome.AlreadyExpired(id);
        };
    }

    EndedHold end(HoldId id, HoldEnd how) {
        Hold hold = rows.hold(id);
        EndedHold ended =
                new EndedHold(id, hold.productId(), hold.quantity(), hold.expiresAt(), hold.customerId(), how);
        rows.holds.put(id, ended);
        return ended;
    }

    ExtendOutcome extend(HoldId id) {
        return switch (rows.statusOf(id)) {
            case null -> new ExtendOutcome.UnknownHold(id);
            case ACTIVE -> new ExtendOutcome.Extended(extended((ActiveHold) rows.hold(id)));
            case RELEASED -> new ExtendOutcome.AlreadyReleased(id);
            case ORDERED -> new ExtendOutcome.AlreadyOrdered(id);
            case EXPIRED -> new ExtendOutcome.AlreadyExpired(id);
        };
    }

    private ActiveHold extended(ActiveHold hold) {
        if (hold.extended()) {
            return hold;
        }
        Instant until = rows.now.plus(Command.HOLD_TTL);
        Instant endOfSale = rows.offer(hold.productId()).rules().window().endsAt();
        if (endOfSale != null && until.isAfter(endOfSale)) {
            until = endOfSale;
        }
        if (until.isBefore(hold.expiresAt())) {
            until = hold.expiresAt();
        }
        ActiveHold extended =
                new ActiveHold(hold.id(), hold.productId(), hold.quantity(), until, hold.customerId(), true);
        rows.holds.put(extended.id(), extended);
        return extended;
    }

    ViewHold.View view(HoldId id) {
        HoldStatus status = Objects.requireNonNull(rows.statusOf(id));
        return new ViewHold.View(
                rows.hold(id),
                status,
                status == HoldStatus.ORDERED ? Optional.of(rows.asRead(rows.orderOf(id))) : Optional.empty());
    }
}
