/** What a node counts and measures of itself, for Prometheus. Only the server depends on it; the libraries below know none of it. */
@NullMarked
package dev.flashsale.app.metrics;

import org.jspecify.annotations.NullMarked;
