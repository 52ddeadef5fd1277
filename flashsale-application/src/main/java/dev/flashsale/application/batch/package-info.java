/**
 * The way of requests that share a transaction: {@link dev.flashsale.application.batch.Pipeline} from top to bottom.
 *
 * <p>Knows no use case by name; those of the packages by feature give themselves to it as
 * {@link dev.flashsale.application.batch.BatchedUseCase}s.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.batch;

import org.jspecify.annotations.NullMarked;
