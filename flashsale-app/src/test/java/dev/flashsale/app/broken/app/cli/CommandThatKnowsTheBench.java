package dev.flashsale.app.broken.app.cli;

import dev.flashsale.app.bench.BenchCommand;

public record CommandThatKnowsTheBench(BenchCommand bench) {}
