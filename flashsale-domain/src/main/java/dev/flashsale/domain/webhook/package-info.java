/**
 * Events that are taken to others over HTTP.
 *
 * <p>May know the events; nothing else in the domain knows this. Invariant: a secret is never shown by accident.
 *
 * <p>API: the secret.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.webhook;

import org.jspecify.annotations.NullMarked;
