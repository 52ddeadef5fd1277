package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link dev.flashsale.domain.product.ProductRepository} does. */
public abstract class ProductRepositoryContract extends RepositoryContract {

    @ParameterizedTest
    @CsvSource({
        "0, JPY", "1, JPY", "999999999, JPY",
        "0.00, EUR", "19.90, EUR", "999999999.99, EUR",
        "0.001, BHD", "10.000, BHD", "999999999.999, BHD",
        "0.0001, CLF", "999999999.9999, CLF"
    })
    void aPriceKeepsItsAmountAndItsCurrencysDecimals(String amount, String currency) {
        Product product = new Product(Examples.newProductId(), "Console", Money.of(amount, currency));

        save(product);

        assertThat(find(product.id())).containsExactly(product);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ÄÖÜ äöü ß", "O'Hara \"\\%_;--", " padded ", "限定版", "🎮"})
    void aNameKeepsEveryCharacter(String name) {
        Product product = new Product(Examples.newProductId(), name, Examples.PRICE);

        save(product);

        assertThat(find(product.id())).containsExactly(product);
    }

    @Test
    void theLongestNameOfTheWidestCharactersIsKept() {
        String name = "🎮".repeat(Product.NAME_MAX_LENGTH);
        Product product = new Product(Examples.newProductId(), name, Examples.PRICE);

        save(product);

        assertThat(find(product.id())).containsExactly(product);
    }

    @Test
    void productsArePagedInTheOrderOfTheirIds() {
        ProductId before = Examples.newProductId();
        List<Product> ours = LongStream.rangeClosed(1, 5)
                .mapToObj(i -> Examples.product(new ProductId(before.value() + i)))
                .toList();
        commit(() -> repositories().products().save(ours.reversed()));

        assertThat(page(Optional.of(before), 2)).isEqualTo(ours.subList(0, 2));
        assertThat(page(Optional.of(ours.get(1).id()), 3)).isEqualTo(ours.subList(2, 5));
        assertThat(page(Optional.empty(), 1)).hasSize(1);
        assertThat(page(Optional.of(new ProductId(Long.MAX_VALUE)), 1)).isEmpty();
    }

    @Test
    void retiredProductsArePagedApartFromTheOthers() {
        ProductId before = Examples.newProductId();
        List<ProductId> ours = LongStream.rangeClosed(1, 5)
                .mapToObj(i -> productOnSale(new ProductId(before.value() + i)))
                .toList();
        commit(() -> List.of(ours.get(1), ours.get(3))
                .forEach(id ->
                        repositories().stocks().saveRules(id, new SaleRules(null, null, SaleWindow.ALWAYS, true))));

        Slice<ProductId, Product> sold = repositories().products().page(false, Optional.of(before), 2);
        Slice<ProductId, Product> retired = repositories().products().page(true, Optional.of(before), 2);

        assertThat(sold.rows()).containsOnlyKeys(ours.get(0), ours.get(2));
        assertThat(sold.rows()).containsEntry(ours.getFirst(), Examples.product(ours.getFirst()));
        assertThat(sold.next()).contains(ours.get(2));
        assertThat(repositories().products().page(false, sold.next(), 1).rows()).containsOnlyKeys(ours.get(4));
        assertThat(retired.rows()).containsOnlyKeys(ours.get(1), ours.get(3));
    }

    private List<Product> page(Optional<ProductId> after, int limit) {
        return List.copyOf(repositories().products().page(after, limit).rows().values());
    }

    @Test
    void aProductWithAnIdBeyondAnIntIsKept() {
        Product product = Examples.product(new ProductId(Long.MAX_VALUE));

        save(product);

        assertThat(find(product.id())).containsExactly(product);
    }

    @Test
    void savingAgainChangesTheNameThePriceAndTheCurrency() {
        ProductId id = Examples.newProductId();
        save(new Product(id, "Console", Money.of("499.99", "EUR")));
        Product changed = new Product(id, "Console, limited", Money.of("77000", "JPY"));

        save(changed);

        assertThat(find(id)).containsExactly(changed);
    }

    @Test
    void savingTheSameAgainChangesNothing() {
        Product product = Examples.product(Examples.newProductId());
        save(product);

        save(product);

        assertThat(find(product.id())).containsExactly(product);
    }

    @Test
    void newAndChangedProductsAreSavedTogether() {
        Product known = Examples.product(Examples.newProductId());
        save(known);
        Product changed = new Product(known.id(), "Changed", known.price());
        Product added = Examples.product(Examples.newProductId());

        save(added, changed);

        assertThat(find(known.id(), added.id())).containsExactlyInAnyOrder(added, changed);
    }

    @Test
    void whatDoesNotExistIsAbsent() {
        Product product = Examples.product(Examples.newProductId());
        save(product);
        ProductId unknown = Examples.newProductId();

        assertThat(repositories().products().find(Set.of(product.id(), unknown)))
                .containsOnlyKeys(product.id());
        assertThat(find(unknown)).isEmpty();
    }

    @Test
    void theNextNumberIsTheOneAfterTheLargestThatEveryJsonClientCanRead() {
        save(Examples.product(new ProductId(Long.MAX_VALUE)));
        ProductId first =
                inTransaction(() -> savedUnder(repositories().products().nextId()));
        ProductId second =
                inTransaction(() -> savedUnder(repositories().products().nextId()));

        assertThat(second).isEqualTo(new ProductId(first.value() + 1));
        assertThat(second.value()).isLessThan(1L << 53);
        assertThat(find(first, second)).hasSize(2);
    }

    private ProductId savedUnder(ProductId id) {
        repositories().products().save(List.of(Examples.product(id)));
        return id;
    }

    @Test
    void nothingIsFoundAmongNothing() {
        assertThat(find()).isEmpty();
    }

    @Test
    void savingNothingIsAllowed() {
        save();
    }

    private void save(Product... products) {
        commit(() -> repositories().products().save(List.of(products)));
    }

    private List<Product> find(ProductId... ids) {
        return List.copyOf(repositories().products().find(List.of(ids)).values());
    }
}
