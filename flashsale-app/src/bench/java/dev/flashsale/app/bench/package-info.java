/**
 * Measures what is promised, on the user's own database, beside the textbook way and beside what the database can do at
 * most: through the library's public door and over HTTP, never inside.
 *
 * <p>Works in schemas of its own, which are dropped at the end. Compiled after the program and against it; nothing may depend
 * on it. The command line finds {@link dev.flashsale.app.bench.BenchCommand} as a service: docs/decisions/0013.
 */
@NullMarked
package dev.flashsale.app.bench;

import org.jspecify.annotations.NullMarked;
