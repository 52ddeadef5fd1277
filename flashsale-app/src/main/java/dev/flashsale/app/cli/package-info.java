/**
 * The command line: one class for each command, and the one place where a failure becomes a line and an exit status.
 *
 * <p>Exit status: 0 done, 1 not done or not in order, 2 called wrongly.
 */
@NullMarked
package dev.flashsale.app.cli;

import org.jspecify.annotations.NullMarked;
