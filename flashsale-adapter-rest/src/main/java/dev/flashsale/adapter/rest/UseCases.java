package dev.flashsale.adapter.rest;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PlaceHold;
import dev.flashsale.application.PlaceOrder;
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
        PlaceOrder placeOrder,
        ViewOrder viewOrder,
        RecordPayment recordPayment) {

    static UseCases of(Flashsale flashsale) {
        return new UseCases(
                flashsale::newHoldId,
                flashsale.viewProduct(),
                flashsale.placeHold(),
                flashsale.viewHold(),
                flashsale.releaseHold(),
                flashsale.placeOrder(),
                flashsale.viewOrder(),
                flashsale.recordPayment());
    }

    /** The same, called only by those whom the admission lets in. */
    UseCases behind(Admission admission) {
        return new UseCases(
                newHoldId,
                id -> admission.admit(viewProduct::view, id),
                request -> admission.admit(placeHold::place, request),
                id -> admission.admit(viewHold::view, id),
                id -> admission.admit(releaseHold::release, id),
                id -> admission.admit(placeOrder::place, id),
                id -> admission.admit(viewOrder::view, id),
                payment -> admission.admit(recordPayment::record, payment));
    }
}
