/**
 * How the log is written: chosen while the settings are read, before anything else is. Logback makes what is here by the
 * names in {@code logback.xml}; of the program nothing but the metrics depends on it.
 */
@NullMarked
package dev.flashsale.app.logging;

import org.jspecify.annotations.NullMarked;
