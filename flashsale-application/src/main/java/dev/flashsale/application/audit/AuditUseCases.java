package dev.flashsale.application.audit;

import dev.flashsale.application.Audits;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class AuditUseCases implements Audits {

    private static final String PRODUCT = "product whose pieces do not add up";

    /** Few at a time, so that no statement keeps the database's past alive for long. */
    private static final int PRODUCTS = 100;

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final StockWrites writes;

    public AuditUseCases(Transactions transactions, StockWrites writes) {
        this.transactions = transactions;
        this.writes = writes;
    }

    @Override
    public AuditReport audit() {
        return transactions.snapshot(tx -> tx.audits().audit());
    }

    @Override
    public List<Conservation> checkConservation() {
        List<Conservation> wrong = new ArrayList<>();
        Optional<ProductId> after = Optional.empty();
        List<Conservation> page;
        do {
            Optional<ProductId> from = after;
            page = transactions.read(tx -> tx.audits().conservation(from, PRODUCTS, WITHIN));
            page.stream().filter(product -> !product.balanced()).forEach(wrong::add);
            after = page.isEmpty() ? after : Optional.of(page.getLast().productId());
        } while (page.size() == PRODUCTS);
        return wrong;
    }

    @Override
    public List<Mend> plan(AuditReport report) {
        return mends(report, AuditUseCases::mend, Mend.CountedForCustomer::new);
    }

    @Override
    public List<Mend> repair(AuditReport report) {
        return mends(report, found -> available(found.productId()), this::countForCustomer);
    }

    private static List<Mend> mends(
            AuditReport report, Function<Conservation, Mend> product, Function<HoldId, Mend> uncounted) {
        return Stream.concat(
                        report.products().stream()
                                .filter(found -> !found.balanced())
                                .map(product),
                        report.orphans().stream().map(found -> mend(found, uncounted)))
                .toList();
    }

    private static Mend mend(Conservation found) {
        return found.due() < 0
                ? new Mend.Oversold(found.productId(), -found.due())
                : new Mend.AvailableSet(found.productId(), found.available(), found.due());
    }

    private static Mend mend(Orphan found, Function<HoldId, Mend> uncounted) {
        return switch (found.what()) {
            case Orphan.NOT_COUNTED, Orphan.COUNTED_WRONG -> uncounted.apply(new HoldId(UUID.fromString(found.id())));
            default -> new Mend.LeftToPeople(found.what(), found.id());
        };
    }

    /**
     * The lock comes first and the pieces are read after it. Whoever has changed holds or orders in a way that changes
     * what is available, and not committed yet, is not seen, and writes what it changes once it gets the lock.
     */
    private Mend available(ProductId id) {
        return transactions.runAlone(tx -> {
            Stock stock = tx.stocks().lock(Set.of(id)).rows().get(id);
            Optional<Conservation> now = tx.audits().conservation(id);
            if (stock == null || now.isEmpty() || now.get().balanced()) {
                return new Mend.RightMeanwhile(PRODUCT, id.toString());
            }
            Mend mend = mend(now.get());
            if (mend instanceof Mend.AvailableSet set) {
                // The total stays, so what adds up to it, such as a ledger of its changes, needs no row for this.
                writes.save(tx, stock, new Stock(id, stock.total(), Math.toIntExact(set.after()), stock.rules()));
            }
            return mend;
        });
    }

    private Mend countForCustomer(HoldId id) {
        return transactions.runAlone(tx -> {
            Hold hold = tx.holds().lock(Set.of(id)).rows().get(id);
            if (!countsForCustomer(hold)) {
                return new Mend.RightMeanwhile(Orphan.NOT_COUNTED, id.toString());
            }
            tx.audits().countForCustomer(id);
            return new Mend.CountedForCustomer(id);
        });
    }

    private static boolean countsForCustomer(@Nullable Hold hold) {
        return switch (hold) {
            case null -> false;
            case ActiveHold active -> active.customerId() != null;
            case EndedHold ended -> ended.customerId() != null && ended.how() == HoldEnd.ORDERED;
        };
    }
}
