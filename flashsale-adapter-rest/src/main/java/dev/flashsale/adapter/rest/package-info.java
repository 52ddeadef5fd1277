/**
 * The use cases over HTTP: a request in, one call, an answer out. No rule, no SQL and no transaction here.
 *
 * <p>Depends on the domain and the application, on Helidon for HTTP, on Jackson's streaming parser and generator for
 * JSON, and on Bucket4j and Caffeine for the limits of clients. Only the program that starts it, through
 * {@link dev.flashsale.adapter.rest.RestServer}, may depend on it; in Spring Boot {@code boot} starts it.
 *
 * <p>Invariant: whatever a client sends is answered below 500, in JSON, or its connection is closed; every error is a
 * problem document (RFC 9457) whose code is one of {@link dev.flashsale.adapter.rest.http.Problem}.
 *
 * <p>Here is what that program sees; the packages below are for one another, without cycles, and read the settings that
 * are here.
 *
 * <p>API: every public type.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest;

import org.jspecify.annotations.NullMarked;
