/**
 * How connections must be set up: how long they wait, what they see, and when a pool lets go of them. Optional: the
 * use cases take any DataSource.
 *
 * <p>HikariCP is known here alone, and only {@link DriverProperties} is of use without it. In the library only
 * package boot depends on this package, to ask whether a server takes changes.
 *
 * <p>API: every public type.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc.pool;

import org.jspecify.annotations.NullMarked;
