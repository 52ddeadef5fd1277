package dev.flashsale.application.testing;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.HoldView;
import dev.flashsale.application.OrderView;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.assertj.core.api.AbstractAssert;

/**
 * What is true of a sale now, asked through its use cases, so on a database as well as in memory. Nothing is read from memory:
 * what is committed is seen. Counts are of pieces, not of holds or orders; those are for a test's few rows, all of which it
 * reads.
 */
public final class FlashsaleAssert extends AbstractAssert<FlashsaleAssert, Flashsale> {

    private static final PageSize ALL = new PageSize(PageSize.MAX);

    FlashsaleAssert(Flashsale actual) {
        super(actual, FlashsaleAssert.class);
    }

    /** So many pieces can be held now: what is held beyond its time counts as available. */
    public FlashsaleAssert hasAvailable(ProductId product, int pieces) {
        return has("available", product, pieces, view(product).stock().available());
    }

    /** So many pieces are in holds that are active now. */
    public FlashsaleAssert hasHeld(ProductId product, int pieces) {
        return has(
                "held",
                product,
                pieces,
                this.<Hold, HoldPosition>sum(
                        after -> actual.lists().holds(product, HoldStatus.ACTIVE, after, ALL),
                        hold -> hold.lines().piecesOf(product)));
    }

    /** So many pieces are in orders that wait for their payment now. */
    public FlashsaleAssert hasPending(ProductId product, int pieces) {
        return has(
                "in pending orders",
                product,
                pieces,
                this.<OrderView, OrderPosition>sum(
                        after -> actual.lists().orders(product, OrderStatus.PENDING, after, ALL),
                        view -> view.order().lines().piecesOf(product)));
    }

    /** So many pieces are sold: they are in paid orders, or in refunded ones whose pieces did not come back. */
    public FlashsaleAssert hasPaid(ProductId product, int pieces) {
        isNotNull();
        long paid = actual.audits().audit().products().stream()
                .filter(conservation -> conservation.productId().equals(product))
                .mapToLong(Conservation::paid)
                .findFirst()
                .orElseThrow(() -> failure("no product %s", product));
        return has("in paid orders", product, pieces, paid);
    }

    /** The hold reads as that now. */
    public FlashsaleAssert hasHold(HoldId hold, HoldStatus status) {
        isNotNull();
        return has(
                "hold " + hold,
                status,
                actual.holds().view(hold).map(HoldView::status).orElseThrow(() -> failure("no hold %s", hold)));
    }

    /** The order reads as that now. */
    public FlashsaleAssert hasOrder(OrderId order, OrderStatus status) {
        isNotNull();
        return has(
                "order " + order,
                status,
                actual.orders()
                        .view(order)
                        .map(OrderView::order)
                        .orElseThrow(() -> failure("no order %s", order))
                        .status());
    }

    /** Every piece of every product is accounted for, and no row lacks or contradicts another: a whole audit finds nothing. */
    public FlashsaleAssert booksAddUp() {
        isNotNull();
        AuditReport report = actual.audits().audit();
        if (!report.clean()) {
            List<Conservation> wrong = report.products().stream()
                    .filter(product -> !product.balanced())
                    .toList();
            throw failure("the books do not add up: %s %s", wrong, report.orphans());
        }
        return this;
    }

    private ProductView view(ProductId product) {
        isNotNull();
        Optional<ProductId> after =
                product.value() == 1 ? Optional.empty() : Optional.of(new ProductId(product.value() - 1));
        PageSize one = new PageSize(1);
        return Optional.of(actual.lists().products(after, one))
                .filter(page -> isOf(page, product))
                .or(() ->
                        Optional.of(actual.lists().retiredProducts(after, one)).filter(page -> isOf(page, product)))
                .map(page -> page.items().getFirst())
                .orElseThrow(() -> failure("no product %s", product));
    }

    private static boolean isOf(Page<ProductView, ProductId> page, ProductId product) {
        return page.items().stream().anyMatch(view -> view.product().id().equals(product));
    }

    private <T, P> int sum(Function<Optional<P>, Page<T, P>> list, ToIntFunction<T> pieces) {
        isNotNull();
        int sum = 0;
        Optional<P> after = Optional.empty();
        do {
            Page<T, P> page = list.apply(after);
            sum += page.items().stream().mapToInt(pieces).sum();
            after = page.next();
        } while (after.isPresent());
        return sum;
    }

    private FlashsaleAssert has(String where, ProductId product, long expected, long pieces) {
        if (pieces != expected) {
            throw failureWithActualExpected(
                    pieces, expected, "product %s: expected %d pieces %s, were %d", product, expected, where, pieces);
        }
        return this;
    }

    private FlashsaleAssert has(String what, Enum<?> expected, Enum<?> status) {
        if (status != expected) {
            throw failureWithActualExpected(status, expected, "%s: expected to be %s, was %s", what, expected, status);
        }
        return this;
    }
}
