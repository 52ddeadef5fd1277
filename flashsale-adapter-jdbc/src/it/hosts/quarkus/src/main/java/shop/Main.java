package shop;

import dev.flashsale.adapter.jdbc.JdbcPorts;
import dev.flashsale.adapter.jdbc.hosts.Host;
import dev.flashsale.adapter.jdbc.hosts.HostDatabase;
import dev.flashsale.adapter.jdbc.hosts.HostRun;
import dev.flashsale.adapter.jdbc.hosts.Pools;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Quarkus as its users have it: Agroal, and transactions of JTA, beside which Flashsale has a pool of its own. */
@QuarkusMain
public class Main implements QuarkusApplication, Host {

    static final String NAME = "Quarkus 3.33.2, Agroal, a pool of the library's own";

    private static final CompletableFuture<Main> STARTED = new CompletableFuture<>();

    @Inject
    Flashsale flashsale;

    @Inject
    Desk desk;

    @Inject
    TransactionManager transactions;

    @Inject
    AgroalDataSource ours;

    @Inject
    @DataSource("flashsale")
    AgroalDataSource ofFlashsale;

    static Host on(HostDatabase database) throws Exception {
        database.execute(HostDatabase.BOOKING);
        System.setProperty("quarkus.datasource.jdbc.url", database.url());
        for (String prefix : List.of("quarkus.datasource.", "quarkus.datasource.flashsale.")) {
            System.setProperty(prefix + "username", database.username());
            System.setProperty(prefix + "password", database.password());
        }
        Thread.ofPlatform()
                .start(() -> Quarkus.run(Main.class, (code, failed) -> {
                    if (failed != null) {
                        STARTED.completeExceptionally(failed);
                    }
                }));
        Main host = STARTED.get();
        host.refusesToTakePart();
        return host;
    }

    /** What JTA alone may commit is the work of nobody else. */
    private void refusesToTakePart() {
        Flashsale onOurs = Flashsale.on(JdbcPorts.on(ours), Settings.defaults());
        desk.inTransaction(bookings -> {
            try {
                throw new AssertionError(
                        "not refused: " + onOurs.holds().view(onOurs.holds().newId()));
            } catch (IllegalStateException refused) {
                if (!String.valueOf(refused.getMessage()).contains("JTA")) {
                    throw refused;
                }
            }
        });
    }

    @Override
    public int run(String... args) {
        STARTED.complete(this);
        Quarkus.waitForExit();
        return 0;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String manager() {
        return "Narayana (JTA)";
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public Flashsale flashsale() {
        return flashsale;
    }

    @Override
    public void inTransaction(Work work) {
        desk.inTransaction(work);
    }

    @Override
    public List<String> leftOnThread() {
        try {
            return transactions.getTransaction() == null ? List.of() : List.of("a transaction");
        } catch (SystemException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public Pools pools() {
        return new Pools(List.of(pool(ours), pool(ofFlashsale)));
    }

    private static Pools.Pool pool(AgroalDataSource pool) {
        return new Pools.Pool(pool, () -> (int) pool.getMetrics().activeCount(), () ->
                (int) pool.getMetrics().availableCount());
    }

    @Override
    public void close() {
        Quarkus.asyncExit();
    }

    public static void main(String[] args) throws Exception {
        HostRun.main(NAME, Main::on);
    }
}
