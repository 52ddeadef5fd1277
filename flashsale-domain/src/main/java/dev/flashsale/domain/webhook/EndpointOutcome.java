package dev.flashsale.domain.webhook;

/** What became of an operator's wish about an endpoint. */
public sealed interface EndpointOutcome {

    /** It is as it is wanted. */
    record Done(Endpoint endpoint) implements EndpointOutcome {}

    record UnknownEndpoint(EndpointId id) implements EndpointOutcome {}

    /** It has been told of no such event, or that is forgotten. */
    record UnknownEvent(EndpointId id, String eventId) implements EndpointOutcome {}

    /** There are as many as there may be. */
    record TooMany(int most) implements EndpointOutcome {}
}
