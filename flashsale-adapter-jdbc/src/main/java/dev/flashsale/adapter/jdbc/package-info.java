/**
 * MySQL and MariaDB (InnoDB) behind the domain's ports, with jOOQ for every statement and Spring for transactions. Each
 * statement is a named constant, which says by which index it reads, how it is bound and what a row says.
 *
 * <p>Depends on the domain and on the application's ports. Every statement stays on an index, every locking read reads
 * rows in the order of their ids, times are UTC and come from the database's clock.
 *
 * <p>API: every public type.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc;

import org.jspecify.annotations.NullMarked;
