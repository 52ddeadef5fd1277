package dev.flashsale.application.audit;

import dev.flashsale.application.Audits;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Product;
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

public final class AuditUseCases implements Audits {

    private static final String PRODUCT = "product whose pieces do not add up";

    /** Few at a time, so that no statement keeps the database's past alive for long. */
    private static final int PRODUCTS = 100;

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final StockWrites writes;
    private final Settlement settlement;

    public AuditUseCases(Transactions transactions, StockWrites writes, Settlement settlement) {
        this.transactions = transactions;
        this.writes = writes;
        this.settlement = settlement;
    }

    @Override
    public AuditReport audit() {
        return transactions.snapshot(tx -> {
            AuditReport report = tx.audits().audit();
            List<Orphan> orphans = new ArrayList<>(report.orphans());
            orphans.addAll(unreadable(tx));
            return new AuditReport(report.products(), orphans, report.kept());
        });
    }

    /** Products and stocks with something that no product can have, such as a currency that does not exist. */
    private static List<Orphan> unreadable(Transaction tx) {
        List<Orphan> unreadable = new ArrayList<>();
        Optional<ProductId> after = Optional.empty();
        do {
            Slice<ProductId, Product> products = tx.products().page(after, PRODUCTS);
            products.unreadable().forEach((id, wrong) -> unreadable.add(orphan("product", id, wrong)));
            tx.stocks()
                    .view(products.rows().keySet())
                    .unreadable()
                    .forEach((id, wrong) -> unreadable.add(orphan("stock", id, wrong)));
            after = products.next();
        } while (after.isPresent() && unreadable.size() < AuditReport.MAX_ROWS);
        return unreadable;
    }

    private static Orphan orphan(String row, ProductId id, RuntimeException wrong) {
        return new Orphan(row + " that is not as it must be (" + wrong.getMessage() + ")", id.toString());
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
        return mends(report, AuditUseCases::mend, Mend.CountedForCustomer::new, Mend.PaymentSettled::new);
    }

    @Override
    public List<Mend> repair(AuditReport report) {
        return mends(report, found -> available(found.productId()), this::countForCustomer, this::settle);
    }

    private static List<Mend> mends(
            AuditReport report,
            Function<Conservation, Mend> product,
            Function<HoldId, Mend> uncounted,
            Function<TransactionId, Mend> kept) {
        return Stream.concat(
                        report.products().stream()
                                .filter(found -> !found.balanced())
                                .map(product),
                        report.orphans().stream().map(found -> mend(found, uncounted, kept)))
                .toList();
    }

    private static Mend mend(Conservation found) {
        return found.due() < 0
                ? new Mend.Oversold(found.productId(), -found.due())
                : new Mend.AvailableSet(found.productId(), found.available(), found.due());
    }

    private static Mend mend(Orphan found, Function<HoldId, Mend> uncounted, Function<TransactionId, Mend> kept) {
        return switch (found.what()) {
            case Orphan.KEPT_THOUGH_ORDERED -> kept.apply(new TransactionId(found.id()));
            case Orphan.NOT_COUNTED, Orphan.NOT_FOUND, Orphan.COUNTED_WRONG ->
                uncounted.apply(new HoldId(UUID.fromString(found.id())));
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
            if (hold == null || hold.customerId() == null) {
                return new Mend.RightMeanwhile(Orphan.NOT_COUNTED, id.toString());
            }
            tx.audits().countForCustomer(id);
            return new Mend.CountedForCustomer(id);
        });
    }

    private Mend settle(TransactionId id) {
        return transactions.runAlone(tx -> settlement.settle(tx, id).isEmpty()
                ? new Mend.RightMeanwhile(Orphan.KEPT_THOUGH_ORDERED, id.toString())
                : new Mend.PaymentSettled(id));
    }
}
