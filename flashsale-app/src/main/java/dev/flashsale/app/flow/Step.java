package dev.flashsale.app.flow;

import java.time.Duration;

/**
 * One thing that was tried.
 *
 * @param name what is promised
 * @param seen what was seen, or what was expected and seen instead
 */
public record Step(String name, boolean ok, String seen, Duration took) {}
