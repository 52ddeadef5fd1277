package dev.flashsale.adapter.jdbc.boot;

import java.io.Serial;

/** A host has several DataSources, and it cannot be told which one Flashsale's tables are in. */
final class DataSourceNotChosen extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String action;

    DataSourceNotChosen(String found, String action) {
        super(found + ". " + action);
        this.found = found;
        this.action = action;
    }

    String found() {
        return found;
    }

    String action() {
        return action;
    }
}
