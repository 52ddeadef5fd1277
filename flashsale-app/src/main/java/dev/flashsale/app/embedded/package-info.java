/**
 * A MariaDB that comes with the program, so that it runs where there is no database yet: for trying things out, for
 * development and tests.
 *
 * <p>One folder holds the unpacked server, the data, a lock and a note of the running server. Whoever holds the lock
 * owns the server; a server whose owner was killed is stopped by whoever gets the lock next.
 */
@NullMarked
package dev.flashsale.app.embedded;

import org.jspecify.annotations.NullMarked;
