package dev.flashsale.domain;

import java.time.Instant;
import java.util.Map;

/**
 * Rows as a port found them, and the database's time once it had them.
 *
 * <p>One clock decides every rule: the database's, in microseconds. Where the rows were locked, {@code now} was read
 * after the locks were granted, so that no wait for a lock makes it stale.
 *
 * @param now the database's time; set even when no row was found
 * @param rows what was found, by id, in the order of the ids; what does not exist is absent
 */
public record AsOf<K, V>(Instant now, Map<K, V> rows) {}
