/**
 * Connections, whatever is said on them: how long a client may take, and which client it is.
 *
 * <p>Depends on the settings alone. The server, the limits on clients and the access log may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.connection;

import org.jspecify.annotations.NullMarked;
