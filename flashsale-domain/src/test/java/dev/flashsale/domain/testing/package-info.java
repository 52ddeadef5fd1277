/**
 * What tests of every module share: the contracts that any set of repositories must keep, fakes that keep them, and
 * examples with valid defaults.
 *
 * <p>The contracts hold on a shared database that is not empty and whose clock nobody controls.
 */
@NullMarked
package dev.flashsale.domain.testing;

import org.jspecify.annotations.NullMarked;
