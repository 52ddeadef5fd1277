/**
 * {@code /api/webhook-endpoints}: where events are sent to, and what became of them there.
 *
 * <p>Known to package server. Invariant: a secret is in the answer that makes it and in no other.
 *
 * <p>API: nothing; the interface is openapi.yaml.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.endpoint;

import org.jspecify.annotations.NullMarked;
