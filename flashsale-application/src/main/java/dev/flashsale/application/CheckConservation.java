package dev.flashsale.application;

import dev.flashsale.application.port.AuditReport.Conservation;
import java.util.List;

/**
 * Use case: see whether the pieces of every product add up, as part of an {@link Audit}, cheaply enough for while they
 * are sold. It locks nothing, and reads what is held and ordered but nothing of what is over.
 */
@FunctionalInterface
public interface CheckConservation {

    /**
     * The products whose pieces do not add up.
     *
     * @throws RuntimeException if the database could not tell, or not soon enough
     */
    List<Conservation> check();
}
