package dev.flashsale.adapter.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The tables are not as this version needs them. The message is one line and says what to do.
 *
 * @since 0.1
 */
public sealed class SchemaNotReady extends IllegalStateException permits SchemaTooNew {

    SchemaNotReady(String message) {
        this(message, null);
    }

    SchemaNotReady(String message, @Nullable Throwable cause) {
        super(message.replaceAll("\\s*\\R\\s*", " "), cause);
    }
}
