/**
 * What the use cases need of a database beside the domain's repositories: transactions and the audit's view.
 *
 * <p>API: {@link dev.flashsale.application.port.Busy} and {@link dev.flashsale.application.port.AuditReport}. {@link
 * dev.flashsale.application.port.Transactions} is handed on as it is; what is in it and the rest may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.port;

import org.jspecify.annotations.NullMarked;
