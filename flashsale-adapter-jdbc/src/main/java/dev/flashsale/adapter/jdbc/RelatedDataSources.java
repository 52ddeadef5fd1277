package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** Tells which other DataSources lead to the connections of ours: layers around it, or layers that it is around. */
// A DataSource is itself, whatever it takes for equal.
@SuppressWarnings("ReferenceEquality")
final class RelatedDataSources {

    private static final Logger LOG = LoggerFactory.getLogger(RelatedDataSources.class);

    enum Relation {
        /** A connection of the one is one of the other. */
        SAME,
        /** It may be, by where a routing DataSource leads at the moment. */
        THROUGH_ROUTING,
        NONE
    }

    private final DataSource ours;
    private final List<DataSource> layers;
    private final Map<DataSource, Relation> known = Collections.synchronizedMap(new WeakHashMap<>());

    RelatedDataSources(DataSource ours) {
        this.ours = ours;
        this.layers = layers(ours);
    }

    Relation to(DataSource theirs) {
        if (theirs == ours) {
            return Relation.SAME;
        }
        Relation before = known.get(theirs);
        if (before != null) {
            return before;
        }
        Relation found = find(theirs);
        known.put(theirs, found);
        if (found == Relation.NONE && leadsToTheSameDatabase(theirs)) {
            LOG.warn(
                    "A transaction on another DataSource for the same database ({}) is not joined: what Flashsale does"
                            + " meanwhile is committed by itself. Build JdbcPorts on the DataSource that the transaction"
                            + " manager has if it is to take part",
                    theirs);
        }
        return found;
    }

    /** Whether the transactions of this manager are on ours: it says so itself, or which DataSource it has. */
    boolean areOf(PlatformTransactionManager manager) {
        try {
            Object theirs = manager.getClass().getMethod("getDataSource").invoke(manager);
            return theirs instanceof DataSource dataSource && find(outsideTransactions(dataSource)) != Relation.NONE;
        } catch (ReflectiveOperationException | RuntimeException doesNotSay) {
            return false;
        }
    }

    private Relation find(DataSource theirs) {
        List<DataSource> others = layers(theirs);
        if (share(layers, others)) {
            return Relation.SAME;
        }
        return routes(layers).anyMatch(target -> share(layers(target), others))
                        || routes(others).anyMatch(target -> share(layers(target), layers))
                ? Relation.THROUGH_ROUTING
                : Relation.NONE;
    }

    /** Without what would lead to the connection of a transaction that the caller has. */
    static DataSource outsideTransactions(DataSource dataSource) {
        DataSource plain = dataSource;
        while (plain instanceof TransactionAwareDataSourceProxy aware && aware.getTargetDataSource() != null) {
            plain = aware.getTargetDataSource();
        }
        return plain;
    }

    /** From the outermost to the innermost. */
    static List<DataSource> layers(DataSource outermost) {
        List<DataSource> layers = new ArrayList<>();
        DataSource layer = outermost;
        while (layer != null && layers.stream().noneMatch(List.of(layer)::contains)) {
            layers.add(layer);
            layer = inside(layer);
        }
        return layers;
    }

    private static @Nullable DataSource inside(DataSource layer) {
        if (layer instanceof DelegatingDataSource delegating) {
            return delegating.getTargetDataSource();
        }
        try {
            // What wraps by another library's means says what it wraps.
            return !(layer instanceof AbstractRoutingDataSource) && layer.isWrapperFor(DataSource.class)
                    ? layer.unwrap(DataSource.class)
                    : null;
        } catch (SQLException | RuntimeException doesNotSay) {
            return null;
        }
    }

    private static boolean share(List<DataSource> some, List<DataSource> others) {
        return some.stream()
                .anyMatch(one ->
                        others.stream().anyMatch(other -> one == other || wraps(one, other) || wraps(other, one)));
    }

    /** One that says that it wraps whatever type it is asked for is asked for the very type of what it may wrap. */
    private static boolean wraps(DataSource outer, DataSource inner) {
        try {
            return !(outer instanceof AbstractRoutingDataSource)
                    && outer.isWrapperFor(inner.getClass())
                    && outer.unwrap(inner.getClass()) == inner;
        } catch (SQLException | RuntimeException doesNotSay) {
            return false;
        }
    }

    private static Stream<DataSource> routes(List<DataSource> layers) {
        return layers.stream()
                .filter(AbstractRoutingDataSource.class::isInstance)
                .map(AbstractRoutingDataSource.class::cast)
                .flatMap(RelatedDataSources::targets);
    }

    private static Stream<DataSource> targets(AbstractRoutingDataSource routing) {
        Collection<DataSource> targets = routing.getResolvedDataSources().values();
        return Stream.concat(targets.stream(), Stream.ofNullable(routing.getResolvedDefaultDataSource()));
    }

    private boolean leadsToTheSameDatabase(DataSource theirs) {
        Connection bound = DataSourceUtils.getConnection(theirs);
        try (Connection own = ours.getConnection()) {
            return own.getMetaData().getURL().equals(bound.getMetaData().getURL());
        } catch (SQLException | RuntimeException doesNotSay) {
            return false;
        } finally {
            DataSourceUtils.releaseConnection(bound, theirs);
        }
    }
}
