package dev.flashsale.adapter.jdbc;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.Repositories;
import dev.flashsale.domain.testing.StockRepositoryContract;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JdbcStockRepositoryTest extends StockRepositoryContract {

    @Test
    void moreThanOneStatementTakesAreLockedInTheOrderOfTheirProducts() {
        List<ProductId> products = Stream.generate(Examples::newProductId)
                .limit(2 * Sql.MAX_LENGTH + 1)
                .toList();
        List<ProductId> backwards = products.stream().sorted(reverseOrder()).toList();

        Set<ProductId> locked = inTransaction(() -> {
            repositories()
                    .products()
                    .save(products.stream().map(Examples::product).toList());
            repositories()
                    .stocks()
                    .insert(products.stream().map(id -> Stock.untouched(id, 0)).toList());
            return repositories()
                    .stocks()
                    .lock(new LinkedHashSet<>(backwards))
                    .rows()
                    .keySet();
        });

        assertThat(locked).containsExactlyElementsOf(backwards.reversed());
    }

    @Override
    protected Repositories repositories() {
        return OnTestDatabase.repositories();
    }

    @Override
    protected <T> T inTransaction(Supplier<T> work) {
        return OnTestDatabase.inTransaction(work);
    }

    @Override
    protected Instant now() {
        return OnTestDatabase.now();
    }
}
