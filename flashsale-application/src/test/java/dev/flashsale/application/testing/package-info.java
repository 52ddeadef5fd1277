/** Fakes of what the use cases need of a database, for tests of every module that calls them. */
@NullMarked
package dev.flashsale.application.testing;

import org.jspecify.annotations.NullMarked;
