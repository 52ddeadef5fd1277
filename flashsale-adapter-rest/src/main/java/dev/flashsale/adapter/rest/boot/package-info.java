/**
 * What a host's Spring Boot, 3.5 or 4, makes of the HTTP API: found by what is in {@code META-INF}, and loaded by Spring Boot
 * alone. It needs a {@link dev.flashsale.application.Flashsale} and does not know what that sells on.
 *
 * <p>API: every public type, and the properties {@code flashsale.*}.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.boot;

import org.jspecify.annotations.NullMarked;
