/**
 * For tests and demos, never for a sale: fakes of every repository over one state that is forgotten, examples with valid
 * defaults, and builders of what is not the default.
 *
 * <p>What each of the fakes must keep is written as a contract that needs JUnit, so in the jar of tests: the same contracts
 * are for whoever writes another adapter. They hold on a shared database that is not empty and whose clock nobody controls.
 * A fake promises neither isolation nor locks.
 *
 * <p>API: {@link dev.flashsale.domain.testing.Examples} and the builders. The rest may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.testing;

import org.jspecify.annotations.NullMarked;
