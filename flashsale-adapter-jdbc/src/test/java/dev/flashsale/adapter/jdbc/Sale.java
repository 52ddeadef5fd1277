package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import javax.sql.DataSource;

/** The shortest sale there is, to show that what was made can be sold through. */
final class Sale {

    private Sale() {}

    static void sellsAPiece(DataSource dataSource) {
        sellsAPiece(Flashsale.on(JdbcPorts.on(dataSource), Settings.defaults()));
    }

    static void sellsAPiece(Flashsale flashsale) {
        ProductId id = new ProductId(1);
        assertThat(flashsale.products().put(Examples.product(id), 1)).isNotNull();
        assertThat(flashsale.holds().place(new HoldRequest(flashsale.holds().newId(), id, new Quantity(1))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }
}
