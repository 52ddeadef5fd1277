package dev.flashsale.adapter.jdbc.hosts;

import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.application.Flashsale;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What hosts with Spring have in common: how they are looked at. How they are wired is their own. */
public abstract class SpringHost implements Host {

    private final String name;
    private final PlatformTransactionManager manager;
    private final Flashsale flashsale;
    private final Pools pools;

    protected SpringHost(
            String name, PlatformTransactionManager manager, Flashsale flashsale, HikariDataSource... pools) {
        this(name, manager, flashsale, Pools.of(pools));
    }

    protected SpringHost(String name, PlatformTransactionManager manager, Flashsale flashsale, Pools pools) {
        this.name = name;
        this.manager = manager;
        this.flashsale = flashsale;
        this.pools = pools;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String manager() {
        return manager.getClass().getSimpleName();
    }

    @Override
    public Flashsale flashsale() {
        return flashsale;
    }

    @Override
    public List<String> leftOnThread() {
        List<String> left = new ArrayList<>();
        TransactionSynchronizationManager.getResourceMap().keySet().forEach(key -> left.add(String.valueOf(key)));
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            left.add("a synchronization");
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            left.add("a transaction");
        }
        return left;
    }

    @Override
    public Pools pools() {
        return pools;
    }

    /** The host's rows through a template. */
    public record Rows(JdbcTemplate jdbc) implements Bookings {

        @Override
        public void add(UUID holdId, String note) {
            jdbc.update("insert into booking (hold_id, note) values (?, ?)", HostRun.bytes(holdId), note);
        }

        @Override
        public int count(UUID holdId) {
            Integer count = jdbc.queryForObject(
                    "select count(*) from booking where hold_id = ?", Integer.class, HostRun.bytes(holdId));
            return count == null ? 0 : count;
        }

        @Override
        public String isolation() {
            return String.valueOf(jdbc.queryForObject("select @@transaction_isolation", String.class));
        }
    }
}
