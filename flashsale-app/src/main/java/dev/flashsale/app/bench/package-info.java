/**
 * Measures what is promised, on the user's own database, beside the textbook way and beside what the database can do at
 * most: through the library's public door and over HTTP, never inside.
 *
 * <p>Works in schemas of its own, which are dropped at the end. The command line alone may depend on it, through
 * {@link dev.flashsale.app.bench.Bench}.
 */
@NullMarked
package dev.flashsale.app.bench;

import org.jspecify.annotations.NullMarked;
