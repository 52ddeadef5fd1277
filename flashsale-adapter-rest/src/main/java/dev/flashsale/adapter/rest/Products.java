package dev.flashsale.adapter.rest;

import dev.flashsale.application.ViewProduct;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** {@code /api/products}. */
final class Products {

    private final ViewProduct viewProduct;

    Products(ViewProduct viewProduct) {
        this.viewProduct = viewProduct;
    }

    void view(ServerRequest request, ServerResponse response) {
        Optional<ViewProduct.View> view = Ids.product(request).flatMap(viewProduct::view);
        if (view.isEmpty()) {
            Reply.problem(request, response, unknown());
            return;
        }
        Revalidation.answer(request, response, Reply.JSON, Representation.of(view.get()));
    }

    static ProblemDocument unknown() {
        return ProblemDocument.of(Problem.UNKNOWN_PRODUCT, "No product has this id.");
    }
}
