/**
 * Follows the events of a running server over HTTP, for a developer. Knows the server's REST contract and how events are sent,
 * and nothing else of its code.
 */
@NullMarked
package dev.flashsale.app.listen;

import org.jspecify.annotations.NullMarked;
