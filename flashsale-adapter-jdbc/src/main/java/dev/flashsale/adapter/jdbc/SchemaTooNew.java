package dev.flashsale.adapter.jdbc;

/** The database was migrated by a newer version of this program. */
public final class SchemaTooNew extends SchemaNotReady {

    SchemaTooNew(String message) {
        super(message);
    }
}
