/**
 * MySQL and MariaDB (InnoDB) behind the domain's ports, with jOOQ for every statement and Spring for transactions.
 *
 * <p>Depends on the domain and on the application's ports. Every statement stays on an index, every locking read reads
 * rows in the order of their ids, times are UTC and come from the database's clock.
 *
 * <p>API: every public type, but for the converters and the binding, which are public for the generated table classes.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc;

import org.jspecify.annotations.NullMarked;
