package dev.flashsale.application;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list. What comes or goes meanwhile may be seen or not; what stays is seen once.
 *
 * @param next where the next page begins; empty if this is the last
 */
public record Page<T, P>(List<T> items, Optional<P> next) {

    public Page {
        items = List.copyOf(items);
    }
}
