package dev.flashsale.adapter.rest;

import java.time.Duration;

/**
 * How products are listened to, each server by itself.
 *
 * @param maxListeners at once, 0 to {@value #MAX_LISTENERS}; any more are refused with 503, and whatever is set here they
 *     get half of the connections at most. A listener costs a connection and some KB
 * @param interval how often what is listened to is read at most, up to an hour
 * @param heartbeat after how long a silence a comment is sent, up to an hour: less than
 *     whatever stands between waits for. A listener that takes nothing for twice as long is given up
 */
public record StreamSettings(int maxListeners, Duration interval, Duration heartbeat) {

    public static final int MAX_LISTENERS = 1_000_000;

    public StreamSettings {
        maxListeners = Bounds.checked("max listeners", maxListeners, 0, MAX_LISTENERS);
        interval = Bounds.checked("stream interval", interval);
        heartbeat = Bounds.checked("stream heartbeat", heartbeat);
    }

    /** The usual: 10,000 listeners, a reading each 200 ms, a heartbeat each 15 s. */
    public static StreamSettings defaults() {
        return new StreamSettings(10_000, Duration.ofMillis(200), Duration.ofSeconds(15));
    }
}
