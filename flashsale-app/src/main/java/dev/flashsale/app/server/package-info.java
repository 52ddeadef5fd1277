/**
 * The running program: a Spring context that holds the database, the use cases and, where it serves, HTTP and the
 * sweeper. Stops in the reverse order: requests are drained, the sweeper ends, the pool closes, the database stops.
 */
@NullMarked
package dev.flashsale.app.server;

import org.jspecify.annotations.NullMarked;
