package dev.flashsale.domain.webhook;

import dev.flashsale.domain.InvalidValue;

/** The number of an endpoint, from 1, in the order in which they were made. */
public record EndpointId(long value) implements Comparable<EndpointId> {

    public EndpointId {
        if (value < 1) {
            throw new InvalidValue("endpoint_id", "must be 1 or more");
        }
    }

    @Override
    public int compareTo(EndpointId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
