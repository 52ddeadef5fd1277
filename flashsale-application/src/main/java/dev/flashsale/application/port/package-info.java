/** What the use cases need of a database beside the domain's repositories: transactions and the audit's view. */
@NullMarked
package dev.flashsale.application.port;

import org.jspecify.annotations.NullMarked;
