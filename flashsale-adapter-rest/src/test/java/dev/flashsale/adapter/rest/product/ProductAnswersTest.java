package dev.flashsale.adapter.rest.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.AnswerLine;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.Stock;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each outcome is answered. */
class ProductAnswersTest {

    private static final ProductId ID = new ProductId(7);
    private static final Product PRODUCT = new Product(ID, "Console", Money.of("10.00", "EUR"));
    private static final Stock STOCK = Stock.untouched(ID, 50);
    private static final ProductView VIEW = new ProductView(PRODUCT, STOCK, SaleState.OPEN);

    static Stream<Arguments> each_outcome_of_a_change_has_its_answer() {
        return Stream.of(
                arguments(new ChangeOutcome.Changed(PRODUCT, new SaleRules(null, null, SaleWindow.ALWAYS)), "200 ok"),
                arguments(new ChangeOutcome.UnknownProduct(ID), "404 unknown_product retryable=false"),
                arguments(
                        new ChangeOutcome.CurrencyIsFixed(Currency.getInstance("EUR")),
                        "422 invalid_field retryable=false field=\"currency\""),
                arguments(new ChangeOutcome.InvalidPrice("no"), "422 invalid_field retryable=false field=\"price\""),
                arguments(
                        new ChangeOutcome.InvalidWindow(), "422 invalid_field retryable=false field=\"sale_ends_at\""));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_change_has_its_answer(ChangeOutcome outcome, String answer) {
        assertThat(AnswerLine.of(ProductAnswers.of(outcome, "sale_ends_at", ProductAnswersTest::shown)))
                .isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_an_adjustment_has_its_answer() {
        return Stream.of(
                arguments(new AdjustOutcome.UnknownProduct(ID), "404 unknown_product retryable=false"),
                arguments(new AdjustOutcome.Adjusted(STOCK), "200 ok"),
                arguments(
                        new AdjustOutcome.BelowTaken(9),
                        "409 stock_below_taken retryable=false field=\"stock\" smallest_stock=9"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_an_adjustment_has_its_answer(AdjustOutcome outcome, String answer) {
        assertThat(AnswerLine.of(ProductAnswers.of(outcome, ProductAnswersTest::shown)))
                .isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_opening_or_closing_has_its_answer() {
        return Stream.of(
                arguments(new WindowOutcome.Set(SaleWindow.ALWAYS), "200 ok"),
                arguments(new WindowOutcome.UnknownProduct(ID), "404 unknown_product retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_opening_or_closing_has_its_answer(WindowOutcome outcome, String answer) {
        assertThat(AnswerLine.of(ProductAnswers.of(outcome, ProductAnswersTest::shown)))
                .isEqualTo(answer);
    }

    @Test
    void a_product_is_shown_if_there_is_one_and_a_new_one_says_where_it_is() {
        assertThat(AnswerLine.of(ProductAnswers.of(Optional.of(VIEW)))).isEqualTo("200 ok");
        assertThat(AnswerLine.of(ProductAnswers.of(Optional.empty()))).isEqualTo("404 unknown_product retryable=false");
        assertThat(AnswerLine.of(ProductAnswers.created(VIEW))).isEqualTo("201 ok; Location: /api/products/7");
    }

    @Test
    void the_tables_have_every_outcome() {
        AnswerLine.assertComplete(ChangeOutcome.class, each_outcome_of_a_change_has_its_answer());
        AnswerLine.assertComplete(WindowOutcome.class, each_outcome_of_opening_or_closing_has_its_answer());
        AnswerLine.assertComplete(AdjustOutcome.class, each_outcome_of_an_adjustment_has_its_answer());
    }

    private static Answer shown() {
        return ProductAnswers.of(Optional.of(VIEW));
    }
}
