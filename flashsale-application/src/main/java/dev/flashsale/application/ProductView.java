package dev.flashsale.application;

import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;

/**
 * A product as it reads now.
 *
 * @param sale whether it is sold at that moment
 */
public record ProductView(Product product, Stock stock, SaleState sale) {}
