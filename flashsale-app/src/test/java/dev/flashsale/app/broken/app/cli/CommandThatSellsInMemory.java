package dev.flashsale.app.broken.app.cli;

import dev.flashsale.application.testing.Given;

public record CommandThatSellsInMemory(Given given) {}
