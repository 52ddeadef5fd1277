package dev.flashsale.adapter.rest.admission;

import dev.flashsale.application.AdjustStock;
import dev.flashsale.application.CancelOrder;
import dev.flashsale.application.ChangeProduct;
import dev.flashsale.application.CloseSale;
import dev.flashsale.application.CreateProduct;
import dev.flashsale.application.CreateProductOnce;
import dev.flashsale.application.ExtendHold;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.ListAllOrders;
import dev.flashsale.application.ListHolds;
import dev.flashsale.application.ListOperatorLog;
import dev.flashsale.application.ListOrders;
import dev.flashsale.application.ListProducts;
import dev.flashsale.application.ListRefunds;
import dev.flashsale.application.ListStockLedger;
import dev.flashsale.application.MarkRefundDone;
import dev.flashsale.application.OpenSale;
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
public record UseCases(
        Supplier<HoldId> newHoldId,
        ViewProduct viewProduct,
        PlaceHold placeHold,
        ViewHold viewHold,
        ReleaseHold releaseHold,
        ExtendHold extendHold,
        PlaceOrder placeOrder,
        ViewOrder viewOrder,
        RecordPayment recordPayment,
        CreateProduct createProduct,
        ChangeProduct changeProduct,
        AdjustStock adjustStock,
        OpenSale openSale,
        CloseSale closeSale,
        CancelOrder cancelOrder,
        ListRefunds listRefunds,
        MarkRefundDone markRefundDone,
        ListProducts listProducts,
        ListHolds listHolds,
        ListOrders listOrders,
        ListAllOrders listAllOrders,
        ListOperatorLog listOperatorLog,
        ListStockLedger listStockLedger,
        PlaceHoldOnce placeHoldOnce,
        PlaceOrderOnce placeOrderOnce,
        CreateProductOnce createProductOnce) {

    /** All of them, whoever calls. */
    public static UseCases of(Flashsale flashsale) {
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
                flashsale.createProduct(),
                flashsale.changeProduct(),
                flashsale.adjustStock(),
                flashsale.openSale(),
                flashsale.closeSale(),
                flashsale.cancelOrder(),
                flashsale.listRefunds(),
                flashsale.markRefundDone(),
                flashsale.listProducts(),
                flashsale.listHolds(),
                flashsale.listOrders(),
                flashsale.listAllOrders(),
                flashsale.listOperatorLog(),
                flashsale.listStockLedger(),
                flashsale.placeHoldOnce(),
                flashsale.placeOrderOnce(),
                flashsale.createProductOnce());
    }

    /** The same, called only by those who have a place. Operators need none: they must get in when a crowd is there. */
    public UseCases behind(AdmissionLimits places) {
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
                createProduct,
                changeProduct,
                adjustStock,
                openSale,
                closeSale,
                cancelOrder,
                (after, size) -> places.reads().admit(of -> listRefunds.list(after, of), size),
                id -> places.sales().admit(markRefundDone::mark, id),
                (after, size) -> places.reads().admit(of -> listProducts.list(after, of), size),
                (product, status, after, size) ->
                        places.reads().admit(of -> listHolds.list(product, status, after, of), size),
                (product, status, after, size) ->
                        places.reads().admit(of -> listOrders.list(product, status, after, of), size),
                (after, size) -> places.reads().admit(of -> listAllOrders.list(after, of), size),
                (doneTo, after, size) -> places.reads().admit(of -> listOperatorLog.list(doneTo, after, of), size),
                (product, after, size) -> places.reads().admit(of -> listStockLedger.list(product, after, of), size),
                (request, key) -> places.holds().admit(wish -> placeHoldOnce.place(wish, key), request),
                (id, key) -> places.sales().admit(hold -> placeOrderOnce.place(hold, key), id),
                createProductOnce);
    }
}
