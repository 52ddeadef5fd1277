/**
 * The group commit: many callers, one transaction.
 *
 * <p>For the use cases in {@code dev.flashsale.application} alone; depends on nothing of theirs but {@link
 * dev.flashsale.application.port.Busy}. One lock, of the group commit, which is held for moments and never while a batch
 * runs: what is guarded by it says so to the compiler, and what is guarded by its owner says that in its first lines.
 *
 * <p>API: {@link dev.flashsale.application.batch.GroupCommitBounds}. The rest is internal and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.batch;

import org.jspecify.annotations.NullMarked;
