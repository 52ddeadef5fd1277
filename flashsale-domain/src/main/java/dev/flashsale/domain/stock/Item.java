package dev.flashsale.domain.stock;

import dev.flashsale.domain.product.ProductId;

/** Pieces of a product: one line of a hold or an order. */
public record Item(ProductId productId, Quantity quantity) {}
