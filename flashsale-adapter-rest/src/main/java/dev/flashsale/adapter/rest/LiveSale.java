package dev.flashsale.adapter.rest;

import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a sale goes, as this node reads it now and then. All who look are told of the same readings, which are in memory:
 * to look costs the database nothing. Thread-safe, and answers soon.
 */
public interface LiveSale {

    /** This node's name, which no other one has: what it counts by itself is told apart by it. */
    String node();

    /** The readings of the last minutes, the oldest first; a bounded number, and empty before the first one. */
    List<Reading> course();

    /**
     * What of a product is over soon, as it was last read. Who asks for it has it read from now on for a while; until it was
     * read first it is empty, and stays so where too many products are asked for.
     */
    Optional<List<ExpiringPieces>> expiring(ProductId id);

    /**
     * One reading.
     *
     * @param over how long before the reading that {@code counts} and {@code answers} are of; 0 for the first one
     * @param pieces of the database, and so of all nodes; empty where it could not tell
     * @param counts what this node alone did meanwhile; nothing of products of which it did nothing
     * @param answers how long this node took to answer requests for new holds, of all products; empty if it answered none
     */
    record Reading(
            Instant at,
            Duration over,
            Map<ProductId, ProductPieces> pieces,
            Map<ProductId, Counts> counts,
            Optional<Answers> answers) {

        public Reading {
            pieces = Map.copyOf(pieces);
            counts = Map.copyOf(counts);
        }
    }

    /**
     * Requests for a product that were decided.
     *
     * @param holds that were placed; one of several products counts for each
     * @param orders that were placed, in the same way
     * @param refused requests for holds, by the code of the refusal
     */
    record Counts(long holds, long orders, Map<String, Long> refused) {

        public Counts {
            refused = Map.copyOf(refused);
        }

        public long refusals() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * How long answers took, told from how many were within certain bounds, as {@code histogram_quantile} of Prometheus
     * does.
     *
     * @param p50Millis half of them took no longer
     * @param p99Millis 99 of 100 took no longer
     */
    record Answers(long count, double p50Millis, double p99Millis) {}
}
