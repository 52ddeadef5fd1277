package dev.flashsale.application;

import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at few products at a time, so that no statement keeps the database's past alive for long. */
final class CheckConservationService implements CheckConservation {

    private static final int PRODUCTS = 100;
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final Transactions transactions;

    CheckConservationService(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Conservation> check() {
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
}
