package dev.flashsale.domain.webhook;

import dev.flashsale.domain.event.EventKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Secondary port: endpoints, how far each is, and what became of what was sent. An endpoint's row is locked before its
 * positions and deliveries, and nothing of a sale with it.
 */
public interface EndpointRepository {

    Instant now();

    /** By their ids. Nothing is locked. */
    List<Endpoint> all();

    Optional<Endpoint> lock(EndpointId id);

    /** A new one that is enabled. */
    Endpoint insert(URI url, Set<EventKind> kinds, EndpointSecret secret);

    /** All of it but the id and when it was made. */
    void save(Endpoint endpoint);

    /** With its positions. What was sent there goes when it is old enough, by {@link #forgetDeliveries}. */
    void delete(EndpointId id);

    /**
     * Makes a relay the one that sends to the endpoint, for so long from now: whoever has it has it for longer, and else it must be
     * nobody's, or its time be over.
     *
     * @return whether it is the relay's now
     */
    boolean lease(EndpointId id, String relay, Duration time);

    /** Gives back what {@link #lease} gave, if it is the relay's still. */
    void free(EndpointId id, String relay);

    /**
     * How far the endpoint is with each product that has events that it is not done with: at the beginning where nothing was
     * {@link #move moved}. Nothing is locked.
     */
    List<Lag> behind(EndpointId id);

    void move(EndpointId id, Collection<Position> positions);

    /** Each replaces what is known of the event there. */
    void record(EndpointId id, Collection<Delivery> deliveries);

    /** The last ones by their times first, of those before that moment. Nothing is locked. */
    List<Delivery> deliveries(EndpointId id, Optional<Instant> before, int limit);

    /** Marks what is known of an event there to be sent again; answers at how many products it was. */
    int sendAgain(EndpointId id, String eventId);

    /** What is marked so. */
    List<Delivery> toSendAgain(EndpointId id, int limit);

    /** Removes what became of events that long ago or longer; answers how many there were. */
    int forgetDeliveries(Duration age, int limit);

    /** The kinds that somebody wants to have kept now: enabled endpoints, and {@link #keepFor}. Nothing is locked. */
    Set<EventKind> wanted();

    /** Has kinds kept for so long from now, at least. */
    void keepFor(Set<EventKind> kinds, Duration time);
}
