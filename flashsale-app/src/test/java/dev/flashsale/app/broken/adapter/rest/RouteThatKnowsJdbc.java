package dev.flashsale.app.broken.adapter.rest;

import dev.flashsale.adapter.jdbc.SchemaTooNew;

public record RouteThatKnowsJdbc(SchemaTooNew problem) {}
