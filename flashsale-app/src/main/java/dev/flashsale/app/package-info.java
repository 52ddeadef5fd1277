/**
 * The program: Spring Boot assembles it, picocli gives it a command line, and it brings a database of its own.
 *
 * <p>The only module that knows every other one, and the only one that reads a clock or the environment. Nothing
 * depends on it. A user sees one clear line for what goes wrong and never a stack trace: see
 * {@link dev.flashsale.app.Problem}.
 */
@NullMarked
package dev.flashsale.app;

import org.jspecify.annotations.NullMarked;
