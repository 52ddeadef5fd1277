package dev.flashsale.adapter.rest;

import dev.flashsale.application.ViewProduct;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code /api/products}. */
final class Products {

    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final int ETAG_BYTES = 12;

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
        byte[] body = Representation.of(view.get());
        String etag = etag(body);
        response.header(HeaderNames.ETAG, etag).header(NO_CACHE);
        if (isKnown(etag, request)) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else {
            Reply.cacheableJson(request, response, Status.OK_200, body);
        }
    }

    static ProblemDocument unknown() {
        return ProblemDocument.of(Problem.UNKNOWN_PRODUCT, "No product has this id.");
    }

    private static boolean isKnown(String etag, ServerRequest request) {
        List<String> known = request.headers().values(HeaderNames.IF_NONE_MATCH);
        return known.stream()
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static String etag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ETAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
