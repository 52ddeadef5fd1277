package dev.flashsale.application.testing;

import dev.flashsale.application.port.Ports;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.testing.InMemoryDatabase;
import dev.flashsale.domain.testing.Repositories;

/** All ports on one {@link InMemoryDatabase}. */
public final class InMemoryPorts {

    private InMemoryPorts() {}

    public static Ports on(InMemoryDatabase database) {
        return on(database, new InMemoryTransactions(database));
    }

    public static Ports on(InMemoryDatabase database, Transactions transactions) {
        Repositories repositories = database.repositories();
        return new Ports(
                transactions,
                repositories.products(),
                repositories.stocks(),
                repositories.holds(),
                repositories.orders(),
                repositories.payments(),
                new InMemoryAudit(database),
                repositories.operatorLog(),
                repositories.idempotencyKeys());
    }
}
