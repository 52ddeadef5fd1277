package dev.flashsale.adapter.rest.admission;

import dev.flashsale.adapter.rest.LimitSettings;
import dev.flashsale.adapter.rest.connection.ClientAddresses;
import dev.flashsale.adapter.rest.http.Filter;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.domain.hold.CustomerId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The limits on new holds that are set; what is not set costs nothing. */
public final class HoldLimits {

    private final ClientAddresses addresses;
    private final @Nullable RateLimit<Long> ofAddress;
    private final @Nullable RateLimit<CustomerId> ofCustomer;

    /** @param nanoTime as {@link System#nanoTime}: a clock that is set must not give anybody anything */
    public HoldLimits(LimitSettings settings, LongSupplier nanoTime) {
        addresses = new ClientAddresses(settings);
        ofAddress = settings.ofAddress() == null ? null : new RateLimit<>("address", settings.ofAddress(), nanoTime);
        ofCustomer =
                settings.ofCustomer() == null ? null : new RateLimit<>("customer", settings.ofCustomer(), nanoTime);
    }

    /** Lets those go on whose address may: nothing of a request that may not is read. */
    public Filter ofAddress() {
        RateLimit<Long> limit = ofAddress;
        return limit == null
                ? Filter.NONE
                : (request, route) -> {
                    limit.count(addresses.of(request.peer(), request.headers()), request);
                    return route.answer(request);
                };
    }

    /** Returns if the customer may go on; else throws {@link Refused}. */
    public void count(@Nullable CustomerId customer, Request request) {
        if (ofCustomer != null && customer != null) {
            ofCustomer.count(customer, request);
        }
    }
}
