package dev.flashsale.adapter.rest;

import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.Optional;

/** Readings that a test has made. */
final class FakeLiveSale implements LiveSale {

    List<Reading> course = List.of();
    Optional<List<ExpiringPieces>> expiring = Optional.empty();

    @Override
    public String node() {
        return "node-1";
    }

    @Override
    public List<Reading> course() {
        return course;
    }

    @Override
    public Optional<List<ExpiringPieces>> expiring(ProductId id) {
        return expiring;
    }
}
