package dev.flashsale.app.server;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** Puts something on sale where nothing is, so that there is something to try. */
public final class FirstProduct implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(FirstProduct.class);
    public static final ProductId ID = new ProductId(1);
    private static final Product PRODUCT = new Product(ID, "Limited sneaker", Money.of("10.00", "EUR"));
    private static final int TOTAL = 10;

    private final Flashsale flashsale;

    FirstProduct(Flashsale flashsale) {
        this.flashsale = flashsale;
    }

    @Override
    public void afterPropertiesSet() {
        // The cheap question first: the other one looks at everything.
        if (flashsale.products().view(ID).isPresent()) {
            return;
        }
        try {
            if (flashsale.audits().audit().products().isEmpty()) {
                switch (flashsale.products().put(PRODUCT, TOTAL)) {
                    case AdjustOutcome.Adjusted added ->
                        LOG.info(
                                "Nothing was on sale: added product {}, {}, {} pieces at {}",
                                ID,
                                PRODUCT.name(),
                                added.stock().total(),
                                PRODUCT.price());
                    case AdjustOutcome.BelowTaken soldMeanwhile ->
                        LOG.debug("Another node added the product and sold {} of it", soldMeanwhile.smallestTotal());
                    case PutOutcome.CurrencyIsFixed addedMeanwhile ->
                        LOG.debug("Somebody added a product at a price in {}", addedMeanwhile.currency());
                }
            }
        } catch (Busy busy) {
            LOG.warn("Whether anything is on sale could not be told: {}", busy.getMessage());
        }
    }
}
