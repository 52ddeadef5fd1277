/**
 * What a host's Spring Boot needs to know, found by {@code META-INF/spring.factories}. Loaded by Spring Boot alone.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc.boot;

import org.jspecify.annotations.NullMarked;
