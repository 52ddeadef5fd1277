package dev.flashsale.adapter.rest;

import dev.flashsale.application.ExtendHold;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PlaceHold;
import dev.flashsale.application.PlaceHoldOnce;
import dev.flashsale.application.PlaceOrder;
import dev.flashsale.application.PlaceOrderOnce;
import dev.flashsale.application.RecordPayment;
import dev.flashsale.application.ReleaseHold;
import dev.flashsale.application.ViewHold;
import dev.flashsale.application.ViewOrder;
import dev.flashsale.application.ViewProduct;
import dev.flashsale.domain.hold.HoldId;
import java.util.function.Supplier;

/** What the routes call. */
record UseCases(
        Supplier<HoldId> newHoldId,
        ViewProduct viewProduct,
        PlaceHold placeHold,
        ViewHold viewHold,
        ReleaseHold releaseHold,
        ExtendHold extendHold,
        PlaceOrder placeOrder,
        ViewOrder viewOrder,
        RecordPayment recordPayment,
        PlaceHoldOnce placeHoldOnce,
        PlaceOrderOnce placeOrderOnce) {

    static UseCases of(Flashsale flashsale) {
        return new UseCases(
                flashsale::newHoldId,
                flashsale.viewProduct(),
                flashsale.placeHold(),
                flashsale.viewHold(),
                flashsale.releaseHold(),
                flashsale.extendHold(),
                flashsale.placeOrder(),
                flashsale.viewOrder(),
                flashsale.recordPayment(),
                flashsale.placeHoldOnce(),
                flashsale.placeOrderOnce());
    }

    /** The same, called only by those who have a place. */
    UseCases behind(Places places) {
        return new UseCases(
                newHoldId,
                id -> places.reads().admit(viewProduct::view, id),
                request -> places.holds().admit(placeHold::place, request),
                id -> places.sales().admit(viewHold::view, id),
                id -> places.sales().admit(releaseHold::release, id),
                id -> places.sales().admit(extendHold::extend, id),
                id -> places.sales().admit(placeOrder::place, id),
                id -> places.sales().admit(viewOrder::view, id),
                payment -> places.sales().admit(recordPayment::record, payment),
                (request, key) -> places.holds().admit(wish -> placeHoldOnce.place(wish, key), request),
                (id, key) -> places.sales().admit(hold -> placeOrderOnce.place(hold, key), id));
    }
}
