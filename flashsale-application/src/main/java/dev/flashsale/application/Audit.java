package dev.flashsale.application;

import dev.flashsale.application.port.AuditReport;

/** Use case: prove that everything adds up. */
@FunctionalInterface
public interface Audit {

    AuditReport audit();
}
