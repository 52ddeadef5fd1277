package dev.flashsale.domain.stock;

/**
 * A row of the ledger in its place.
 *
 * @param number 1 or more, growing in the order in which rows were added
 */
public record LedgerRow(long number, TotalChange change) {}
