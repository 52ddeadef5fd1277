package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;

import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.ProductRepository;
import java.util.Collection;
import java.util.Map;

final class JdbcProductRepository implements ProductRepository {

    private final Sql sql;
    private final JdbcTransactions transactions;

    JdbcProductRepository(Sql sql, JdbcTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    @Override
    public Map<ProductId, Product> find(Collection<ProductId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : transactions.read(() -> sql.dsl()
                        .select(
                                FLASHSALE_PRODUCT.ID,
                                FLASHSALE_PRODUCT.NAME,
                                FLASHSALE_PRODUCT.PRICE,
                                FLASHSALE_PRODUCT.CURRENCY)
                        .from(FLASHSALE_PRODUCT)
                        .where(FLASHSALE_PRODUCT.ID.in(ids))
                        .fetchMap(
                                FLASHSALE_PRODUCT.ID,
                                row -> new Product(row.value1(), row.value2(), new Money(row.value3(), row.value4()))));
    }

    @Override
    public void save(Collection<Product> products) {
        for (Product product : products) {
            if (update(product) == 0) {
                insert(product);
            }
        }
    }

    private int update(Product product) {
        return sql.dsl()
                .update(FLASHSALE_PRODUCT)
                .set(FLASHSALE_PRODUCT.NAME, product.name())
                .set(FLASHSALE_PRODUCT.PRICE, product.price().amount())
                .set(FLASHSALE_PRODUCT.CURRENCY, product.price().currency())
                .where(FLASHSALE_PRODUCT.ID.eq(product.id()))
                .execute();
    }

    private void insert(Product product) {
        sql.dsl()
                .insertInto(FLASHSALE_PRODUCT)
                .set(FLASHSALE_PRODUCT.ID, product.id())
                .set(FLASHSALE_PRODUCT.NAME, product.name())
                .set(FLASHSALE_PRODUCT.PRICE, product.price().amount())
                .set(FLASHSALE_PRODUCT.CURRENCY, product.price().currency())
                .execute();
    }
}
