package dev.flashsale.app.broken.domain;

import java.sql.Connection;

public record RuleThatKnowsSql(Connection connection) {}
