package dev.flashsale.adapter.rest;

import dev.flashsale.domain.hold.CustomerId;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The limits on new holds that are set; what is not set costs nothing. */
final class HoldLimits {

    private final ClientAddresses addresses;
    private final @Nullable RateLimit<Long> ofAddress;
    private final @Nullable RateLimit<CustomerId> ofCustomer;

    /** @param nanoTime as {@link System#nanoTime}: a clock that is set must not give anybody anything */
    HoldLimits(LimitSettings settings, LongSupplier nanoTime) {
        addresses = new ClientAddresses(settings);
        ofAddress = settings.ofAddress() == null ? null : new RateLimit<>("address", settings.ofAddress(), nanoTime);
        ofCustomer =
                settings.ofCustomer() == null ? null : new RateLimit<>("customer", settings.ofCustomer(), nanoTime);
    }

    /** The route, entered by those whose address may: nothing of a request that may not is read. */
    Handler before(Handler route) {
        RateLimit<Long> limit = ofAddress;
        return limit == null
                ? route
                : (request, response) -> {
                    limit.count(addresses.of(request), response);
                    route.handle(request, response);
                };
    }

    /** Returns if the customer may go on; else throws {@link Refused}. */
    void count(@Nullable CustomerId customer, ServerResponse response) {
        if (ofCustomer != null && customer != null) {
            ofCustomer.count(customer, response);
        }
    }
}
