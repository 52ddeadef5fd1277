package dev.flashsale.application;

import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
            boolean same =
                    known.lines().equals(request.lines()) && Objects.equals(known.customerId(), request.customerId());
            return same ? placed(known) : new HoldOutcome.IdReused(known.id());
        }
        Optional<Hold> again = rows.holds.values().stream()
                .filter(hold -> request.reuse()
                        && rows.isHeld(hold)
                        && Objects.equals(hold.customerId(), request.customerId())
                        && hold.lines().products().equals(request.lines().products()))
                .max(Comparator.comparing(Hold::expiresAt).thenComparing(Hold::id));
        if (again.isPresent()) {
            Hold hold = again.get();
            return new HoldOutcome.AlreadyHeld(hold.id(), hold.lines(), hold.expiresAt());
        }
        HoldOutcome refusal = refusal(request, null);
        if (refusal != null) {
            return refusal;
        }
        ActiveHold hold = new ActiveHold(
                request.holdId(), request.lines(), rows.now.plus(Command.HOLD_TTL), request.customerId(), 0);
        rows.holds.put(hold.id(), hold);
        return placed(hold);
    }

    private static HoldOutcome placed(Hold hold) {
        return new HoldOutcome.Placed(hold.id(), hold.lines(), hold.expiresAt());
    }

    /** Whether it is worth asking again, so that the refusal is not the last word. */
    static boolean passes(HoldOutcome outcome) {
        return outcome instanceof HoldOutcome.AllHeld
                || (outcome instanceof HoldOutcome.LinesShort(List<HoldOutcome.Shortage> lines)
                        && lines.stream().allMatch(HoldOutcome.AllHeld.class::isInstance))
                || outcome instanceof HoldOutcome.IdReused
                || (outcome instanceof HoldOutcome.NotOnSale refused
                        && refused.retryAfter().isPresent());
    }

    /** Why a line cannot be had, if it cannot. */
    private interface Rule {
        @Nullable
        HoldOutcome refusal(Item line, int had, @Nullable CustomerId customer);
    }

    /** @param before a hold that would be changed to that: what it has is no matter */
    private @Nullable HoldOutcome refusal(HoldRequest request, @Nullable Hold before) {
        List<Item> lines = request.lines().items().stream()
                .filter(line -> line.quantity().value() > had(line, before))
                .toList();
        if (lines.isEmpty()) {
            return null;
        }
        for (Item line : lines) {
            if (!rows.offers.containsKey(line.productId())) {
                return new HoldOutcome.UnknownProduct(line.productId());
            }
        }
        if (rows.currencies(request.lines()).size() > 1) {
            return new HoldOutcome.MixedCurrencies(request.holdId());
        }
        for (Rule rule : List.<Rule>of(this::tooLarge, this::ofNobody, this::notOnSale, this::beyondLimit)) {
            for (Item line : lines) {
                HoldOutcome refusal = rule.refusal(line, had(line, before), request.customerId());
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        List<HoldOutcome.Shortage> shortages = lines.stream()
                .flatMap(line -> Stream.ofNullable(shortage(line, had(line, before))))
                .toList();
        if (shortages.isEmpty()) {
            return null;
        }
        return request.lines().count() > 1 ? new HoldOutcome.LinesShort(shortages) : shortages.getFirst();
    }

    private static int had(Item line, @Nullable Hold before) {
        return before == null ? 0 : ModelRows.pieces(line.productId(), before.lines());
    }

    private @Nullable HoldOutcome tooLarge(Item line, int had, @Nullable CustomerId customer) {
        Integer most = rules(line).maxPerHold();
        return most != null && line.quantity().value() > most
                ? new HoldOutcome.QuantityTooLarge(line.productId(), most)
                : null;
    }

    private @Nullable HoldOutcome ofNobody(Item line, int had, @Nullable CustomerId customer) {
        return rules(line).maxPerCustomer() != null && customer == null
                ? new HoldOutcome.CustomerRequired(line.productId())
                : null;
    }

    private @Nullable HoldOutcome notOnSale(Item line, int had, @Nullable CustomerId customer) {
        SaleWindow window = rules(line).window();
        if (rules(line).retired()) {
            return new HoldOutcome.NotOnSale(line.productId(), window, Optional.empty());
        }
        Instant start = window.startsAt();
        if (start != null && rows.now.isBefore(start)) {
            return new HoldOutcome.NotOnSale(line.productId(), window, Optional.of(Duration.between(rows.now, start)));
        }
        return rows.isOver(window.endsAt())
                ? new HoldOutcome.NotOnSale(line.productId(), window, Optional.empty())
                : null;
    }

    private @Nullable HoldOutcome beyondLimit(Item line, int had, @Nullable CustomerId customer) {
        Integer most = rules(line).maxPerCustomer();
        if (most == null || customer == null) {
            return null;
        }
        int has = has(customer, line.productId()) - had;
        return has + line.quantity().value() > most ? new HoldOutcome.LimitReached(line.productId(), most, has) : null;
    }

    private SaleRules rules(Item line) {
        return rows.offer(line.productId()).rules();
    }

    private HoldOutcome.@Nullable Shortage shortage(Item line, int had) {
        int left = rows.available(line.productId());
        if (line.quantity().value() - had <= left) {
            return null;
        }
        return left > 0 ? new HoldOutcome.InsufficientStock(line.productId(), left) : nothingLeft(line.productId());
    }

    private HoldOutcome.Shortage nothingLeft(ProductId id) {
        return Stream.concat(
                        rows.holds(id, rows::isHeld).map(Hold::expiresAt),
                        rows.orders(id, order -> rows.asRead(order).status() == OrderStatus.PENDING)
                                .map(Order::paymentDeadline))
                .min(Instant::compareTo)
                .<HoldOutcome.Shortage>map(at -> new HoldOutcome.AllHeld(id, Duration.between(rows.now, at)))
                .orElse(new HoldOutcome.SoldOut(id));
    }

    /** Of that product alone, whatever else is in the same holds. */
    private int has(CustomerId customer, ProductId id) {
        return rows.holds(id, hold -> customer.equals(hold.customerId()))
                .filter(hold -> switch (Objects.requireNonNull(rows.statusOf(hold.id()))) {
                    case ACTIVE -> true;
                    case ORDERED -> ModelRows.keepsPieces(rows.asRead(rows.orderOf(hold.id())));
                    case RELEASED, EXPIRED -> false;
                })
                .mapToInt(hold -> ModelRows.pieces(id, hold.lines()))
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
        EndedHold ended = new EndedHold(id, hold.lines(), hold.expiresAt(), hold.customerId(), how);
        rows.holds.put(id, ended);
        return ended;
    }

    ExtendOutcome extend(ExtendRequest request) {
        HoldId id = request.holdId();
        return switch (rows.statusOf(id)) {
            case null -> new ExtendOutcome.UnknownHold(id);
            case ACTIVE -> extend(request.expiresAt(), (ActiveHold) rows.hold(id));
            case RELEASED -> new ExtendOutcome.AlreadyReleased(id);
            case ORDERED -> new ExtendOutcome.AlreadyOrdered(id);
            case EXPIRED -> new ExtendOutcome.AlreadyExpired(id);
        };
    }

    /** Who does not know when it expires is taken for one who repeats what he did if there is nothing else left to do. */
    private ExtendOutcome extend(@Nullable Instant known, ActiveHold hold) {
        if (known == null ? extensionsLeft(hold) == 0 : !known.equals(hold.expiresAt())) {
            return new ExtendOutcome.Extended(hold, extensionsLeft(hold));
        }
        if (extensionsLeft(hold) == 0) {
            return new ExtendOutcome.NoExtensionsLeft(hold.id());
        }
        ActiveHold extended = extended(hold);
        return new ExtendOutcome.Extended(extended, extensionsLeft(extended));
    }

    private static int extensionsLeft(ActiveHold hold) {
        return Command.HOLD_EXTENSIONS - hold.extensions();
    }

    private ActiveHold extended(ActiveHold hold) {
        Instant until = rows.now.plus(Command.HOLD_TTL);
        for (Item line : hold.lines().items()) {
            Instant endOfSale =
                    rules(line).retired() ? rows.now : rules(line).window().endsAt();
            if (endOfSale != null && until.isAfter(endOfSale)) {
                until = endOfSale;
            }
        }
        if (!until.isAfter(hold.expiresAt())) {
            return hold;
        }
        ActiveHold extended = new ActiveHold(hold.id(), hold.lines(), until, hold.customerId(), hold.extensions() + 1);
        rows.holds.put(extended.id(), extended);
        return extended;
    }

    HoldChangeOutcome change(ChangeRequest request) {
        HoldId id = request.holdId();
        return switch (rows.statusOf(id)) {
            case null -> new HoldChangeOutcome.UnknownHold(id);
            case ACTIVE -> change((ActiveHold) rows.hold(id), request);
            case RELEASED -> new HoldChangeOutcome.AlreadyReleased(id);
            case ORDERED -> new HoldChangeOutcome.AlreadyOrdered(id);
            case EXPIRED -> new HoldChangeOutcome.AlreadyExpired(id);
        };
    }

    private HoldChangeOutcome change(ActiveHold hold, ChangeRequest request) {
        Lines lines = request.lines();
        if (lines == null) {
            if (hold.lines().count() > 1) {
                return new HoldChangeOutcome.LinesRequired(hold.id());
            }
            lines = Lines.of(hold.lines().first().productId(), Objects.requireNonNull(request.quantity()));
        }
        HoldOutcome refusal = refusal(new HoldRequest(hold.id(), lines, hold.customerId()), hold);
        if (refusal != null) {
            return new HoldChangeOutcome.Refused(hold.id(), refusal);
        }
        ActiveHold changed = new ActiveHold(hold.id(), lines, hold.expiresAt(), hold.customerId(), hold.extensions());
        rows.holds.put(changed.id(), changed);
        return new HoldChangeOutcome.Changed(changed, extensionsLeft(changed));
    }

    HoldView view(HoldId id) {
        HoldStatus status = Objects.requireNonNull(rows.statusOf(id));
        return new HoldView(
                rows.hold(id),
                status,
                status == HoldStatus.ACTIVE ? extensionsLeft((ActiveHold) rows.hold(id)) : 0,
                status == HoldStatus.ORDERED ? Optional.of(rows.asRead(rows.orderOf(id))) : Optional.empty());
    }

    /** By when they expire, then by how many pieces of the product they are. */
    List<Hold> list(ProductId id, HoldStatus status) {
        return rows.holds(id, hold -> rows.statusOf(hold.id()) == status)
                .sorted(Comparator.comparing(Hold::expiresAt)
                        .thenComparing(hold -> ModelRows.pieces(id, hold.lines()))
                        .thenComparing(Hold::id))
                .toList();
    }
}
