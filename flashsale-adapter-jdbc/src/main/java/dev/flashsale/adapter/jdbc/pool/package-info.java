/**
 * How connections must be set up: how long they wait, what they see, and when a pool lets go of them. Optional: the
 * use cases take any DataSource.
 *
 * <p>HikariCP is known here alone, and only {@link DriverProperties} is of use without it. Nobody in the library depends
 * on this package.
 *
 * <p>API: every public type.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc.pool;

import org.jspecify.annotations.NullMarked;
