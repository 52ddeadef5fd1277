package dev.flashsale.application.port;

/** Secondary port: looks at everything at once. */
public interface AuditRepository {

    /** What one consistent snapshot of the database says. */
    AuditReport audit();
}
