package dev.flashsale.domain.stock;

import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;

/**
 * A product that has no number yet, and how much there is of it. Guards itself as {@link Product} and {@link Stock} do.
 *
 * @param total pieces put on sale
 */
public record NewProduct(String name, Money price, int total, SaleRules rules) {

    public NewProduct {
        name = Product.validName(name);
        price = Product.validPrice(price);
        total = Stock.validTotal(total);
    }

    public Product product(ProductId id) {
        return new Product(id, name, price);
    }

    public Stock stock(ProductId id) {
        return Stock.untouched(id, total).with(rules);
    }
}
