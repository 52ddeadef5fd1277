package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.ProductRepository;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.SelectJoinStep;
import org.jooq.SelectSelectStep;

record JdbcProducts(Sql sql) implements ProductRepository {

    static final Query<ProductId, Product> FIND = query(
            "product.find",
            "PRIMARY",
            length -> select().where(Render.anyOf(FLASHSALE_PRODUCT.ID, length)),
            Bind.PRODUCTS,
            JdbcProducts::product);

    static final Query<ProductId, Product> FIND_COMMITTED = FIND.shared();

    /** @param after 0 for the first page */
    record Page(long after, int limit) {}

    static final Query<Page, Looked<ProductId, Product>> PAGE = query(
            "product.page",
            "PRIMARY",
            select(Render.NOW)
                    .where(FLASHSALE_PRODUCT.ID.gt(Render.param(FLASHSALE_PRODUCT.ID)))
                    .orderBy(FLASHSALE_PRODUCT.ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(Looked.more(page.limit())),
            Looked.at(Row::product, row -> new At<>(product(row), row.time())));

    static final String BY_RETIRED = "flashsale_stock_by_retired";

    record PageOfSome(boolean retired, Page page) {}

    /** Along the index of the stocks, which tells them apart. */
    static final Query<PageOfSome, Looked<ProductId, Product>> PAGE_OF_SOME = query(
            "product.pageOfSome",
            BY_RETIRED + " PRIMARY",
            columns(Render.NOW)
                    .from(Render.by(FLASHSALE_STOCK, BY_RETIRED))
                    .straightJoin(FLASHSALE_PRODUCT)
                    .on(FLASHSALE_PRODUCT.ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                    .where(Render.is(FLASHSALE_STOCK.RETIRED))
                    .and(FLASHSALE_STOCK.PRODUCT_ID.gt(Render.param(FLASHSALE_STOCK.PRODUCT_ID)))
                    .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                    .limit(Render.LIMIT),
            (some, parameters) -> parameters
                    .add(some.retired())
                    .add(some.page().after())
                    .add(Looked.more(some.page().limit())),
            Looked.at(Row::product, row -> new At<>(product(row), row.time())));

    static final Query<Integer, ProductId> LOCK_FIRST = query(
            "product.lockFirst",
            "PRIMARY",
            Render.SQL
                    .select(FLASHSALE_PRODUCT.ID)
                    .from(FLASHSALE_PRODUCT)
                    .orderBy(FLASHSALE_PRODUCT.ID)
                    .limit(Render.LIMIT)
                    .forUpdate(),
            (limit, parameters) -> parameters.add(limit.intValue()),
            Row::product);

    static final Query<ProductId, ProductId> LOCK_LAST = query(
            "product.lockLast",
            "PRIMARY",
            Render.SQL
                    .select(FLASHSALE_PRODUCT.ID)
                    .from(FLASHSALE_PRODUCT)
                    .where(FLASHSALE_PRODUCT.ID.le(Render.param(FLASHSALE_PRODUCT.ID)))
                    .orderBy(FLASHSALE_PRODUCT.ID.desc())
                    .limit(Render.ONE)
                    .forUpdate(),
            (last, parameters) -> parameters.add(last),
            Row::product);

    static final Update<Product> UPDATE = update(
            "product.update",
            "PRIMARY",
            Render.SQL
                    .update(FLASHSALE_PRODUCT)
                    .set(FLASHSALE_PRODUCT.NAME, Render.param(FLASHSALE_PRODUCT.NAME))
                    .set(FLASHSALE_PRODUCT.PRICE, Render.param(FLASHSALE_PRODUCT.PRICE))
                    .set(FLASHSALE_PRODUCT.CURRENCY, Render.param(FLASHSALE_PRODUCT.CURRENCY))
                    .where(Render.is(FLASHSALE_PRODUCT.ID)),
            (product, parameters) ->
                    parameters.add(product.name()).add(product.price()).add(product.id()));

    static final Update<Product> INSERT = update(
            "product.insert",
            "PRIMARY",
            length -> Render.insert(
                    FLASHSALE_PRODUCT,
                    length,
                    List.of(
                            FLASHSALE_PRODUCT.ID,
                            FLASHSALE_PRODUCT.NAME,
                            FLASHSALE_PRODUCT.PRICE,
                            FLASHSALE_PRODUCT.CURRENCY)),
            each((product, parameters) ->
                    parameters.add(product.id()).add(product.name()).add(product.price())));

    private static SelectJoinStep<?> select(Field<?>... more) {
        return columns(more).from(FLASHSALE_PRODUCT);
    }

    /** As {@link #product} reads them. */
    private static SelectSelectStep<?> columns(Field<?>... more) {
        return Render.SQL
                .select(
                        FLASHSALE_PRODUCT.ID,
                        FLASHSALE_PRODUCT.NAME,
                        FLASHSALE_PRODUCT.PRICE,
                        FLASHSALE_PRODUCT.CURRENCY)
                .select(more);
    }

    private static Product product(Row row) throws SQLException {
        return new Product(row.product(), row.text(), row.money());
    }

    @Override
    public Map<ProductId, Product> find(Collection<ProductId> ids) {
        return sql.query(sql.oldSnapshot() ? FIND_COMMITTED : FIND, List.copyOf(ids)).stream()
                .collect(Collectors.toMap(Product::id, Function.identity()));
    }

    @Override
    public Slice<ProductId, Product> page(Optional<ProductId> after, int limit) {
        return Looked.slice(sql, sql.queryOne(PAGE, page(limit, after)), limit);
    }

    @Override
    public Slice<ProductId, Product> page(boolean retired, Optional<ProductId> after, int limit) {
        return Looked.slice(sql, sql.queryOne(PAGE_OF_SOME, new PageOfSome(retired, page(limit, after))), limit);
    }

    private static Page page(int limit, Optional<ProductId> after) {
        return new Page(after.map(ProductId::value).orElse(0L), limit);
    }

    /** All who ask for a number queue up at the first product's row. */
    @Override
    public ProductId nextId() {
        List<ProductId> unused = sql.queryOne(LOCK_FIRST, 1);
        return sql.first(LOCK_LAST, ProductId.LAST_READABLE)
                .map(last -> new ProductId(last.value() + 1))
                .orElse(new ProductId(1));
    }

    @Override
    public void save(Collection<Product> products) {
        for (Product product : products) {
            if (sql.updateOne(UPDATE, product) == 0) {
                int unused = sql.updateOne(INSERT, product);
            }
        }
    }
}
