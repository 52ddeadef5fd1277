package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;
import static org.jooq.impl.DSL.inline;

import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.ProductRepository;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Result;
import org.jooq.impl.DSL;

final class JdbcProductRepository implements ProductRepository {

    private static final HotStatement FIND = new HotStatement(length -> Sql.STATEMENTS
            .select(FLASHSALE_PRODUCT.ID, FLASHSALE_PRODUCT.NAME, FLASHSALE_PRODUCT.PRICE, FLASHSALE_PRODUCT.CURRENCY)
            .from(FLASHSALE_PRODUCT)
            .where(Sql.anyOf(FLASHSALE_PRODUCT.ID, length)));

    private static final HotStatement FIND_COMMITTED = FIND.shared();

    private final Sql sql;

    JdbcProductRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<ProductId, Product> find(Collection<ProductId> ids) {
        return sql
                .query(
                        sql.oldSnapshot() ? FIND_COMMITTED : FIND,
                        List.copyOf(ids),
                        Parameters::addProducts,
                        JdbcProductRepository::product)
                .stream()
                .collect(Collectors.toMap(Product::id, Function.identity()));
    }

    @Override
    public List<Product> page(Optional<ProductId> after, int limit) {
        return sql.dsl()
                .select(
                        FLASHSALE_PRODUCT.ID,
                        FLASHSALE_PRODUCT.NAME,
                        FLASHSALE_PRODUCT.PRICE,
                        FLASHSALE_PRODUCT.CURRENCY)
                .from(FLASHSALE_PRODUCT)
                .where(after.map(FLASHSALE_PRODUCT.ID::gt).orElseGet(DSL::noCondition))
                .orderBy(FLASHSALE_PRODUCT.ID)
                .limit(limit)
                .fetch(row -> new Product(
                        row.get(FLASHSALE_PRODUCT.ID),
                        row.get(FLASHSALE_PRODUCT.NAME),
                        new Money(row.get(FLASHSALE_PRODUCT.PRICE), row.get(FLASHSALE_PRODUCT.CURRENCY))));
    }

    private static Product product(Row row) throws SQLException {
        return new Product(
                new ProductId(row.number()), row.text(), new Money(row.decimal(), Currency.getInstance(row.text())));
    }

    @Override
    public ProductId nextId() {
        // All who ask for a number queue up at the first product's row.
        Result<?> unused = sql.dsl()
                .select(FLASHSALE_PRODUCT.ID)
                .from(FLASHSALE_PRODUCT)
                .orderBy(FLASHSALE_PRODUCT.ID)
                .limit(inline(1))
                .forUpdate()
                .fetch();
        ProductId last = sql.dsl()
                .select(FLASHSALE_PRODUCT.ID)
                .from(FLASHSALE_PRODUCT)
                .where(FLASHSALE_PRODUCT.ID.le(ProductId.LAST_READABLE))
                .orderBy(FLASHSALE_PRODUCT.ID.desc())
                .limit(inline(1))
                .forUpdate()
                .fetchOne(FLASHSALE_PRODUCT.ID);
        return new ProductId(last == null ? 1 : last.value() + 1);
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
