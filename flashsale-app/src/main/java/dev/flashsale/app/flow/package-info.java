/**
 * The whole life cycle of a sale, tried out over HTTP against a running server, as its buyers and its payment gateway
 * see it. Knows the server's REST contract and nothing of its code.
 */
@NullMarked
package dev.flashsale.app.flow;

import org.jspecify.annotations.NullMarked;
