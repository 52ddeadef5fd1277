package dev.flashsale.domain.webhook;

/**
 * A product with events that an endpoint is not done with.
 *
 * @param position how far the endpoint is
 * @param last the number of the product's last event
 */
public record Lag(Position position, long last) {

    public Lag {
        if (position.number() >= last) {
            throw new IllegalArgumentException("nothing waits at " + position + ", the last one is " + last);
        }
    }

    /** How many there are, of kinds that the endpoint does not want, too. */
    public long events() {
        return last - position.number();
    }
}
