package dev.flashsale.domain.webhook;

import dev.flashsale.domain.event.EventKind;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of an event at an endpoint.
 *
 * @param product the product's number, 0 if the event is of none
 * @param number of the event among those of the product
 * @param attempts how often it was sent
 * @param httpStatus of the last answer; 0 if there was none
 * @param answer how that began, or why there was none: at most {@value #ANSWER_MAX_LENGTH} characters
 * @param took how long the last attempt took
 * @param at when that was
 */
public record Delivery(
        String eventId,
        long product,
        long number,
        EventKind kind,
        Status status,
        int attempts,
        int httpStatus,
        String answer,
        Duration took,
        Instant at) {

    public static final int ANSWER_MAX_LENGTH = 1024;

    /** What is to be done yet. */
    public enum Status {
        /** The endpoint took it. */
        DELIVERED,
        /** It did not, and is asked again later. */
        FAILED,
        /** An operator wants it sent once more. */
        AGAIN
    }

    /** With another time. */
    public Delivery atTime(Instant time) {
        return new Delivery(eventId, product, number, kind, status, attempts, httpStatus, answer, took, time);
    }

    /** After one more attempt. */
    public Delivery sent(Status now, int newStatus, String newAnswer, Duration newTook, Instant time) {
        return new Delivery(eventId, product, number, kind, now, attempts + 1, newStatus, newAnswer, newTook, time);
    }

    /** As an operator wants it. */
    public Delivery again() {
        return new Delivery(eventId, product, number, kind, Status.AGAIN, attempts, httpStatus, answer, took, at);
    }

    public Delivery {
        answer = answer.length() > ANSWER_MAX_LENGTH ? answer.substring(0, ANSWER_MAX_LENGTH) : answer;
    }
}
