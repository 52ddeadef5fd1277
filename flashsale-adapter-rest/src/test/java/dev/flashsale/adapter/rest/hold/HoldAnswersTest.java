package dev.flashsale.adapter.rest.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flashsale.adapter.rest.http.AnswerLine;
import dev.flashsale.application.HoldView;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each outcome is answered. */
class HoldAnswersTest {

    private static final HoldId ID = new HoldId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    private static final ProductId PRODUCT = new ProductId(7);
    private static final Quantity TWO = new Quantity(2);
    private static final Instant BEGIN = Instant.parse("2026-11-27T08:00:00Z");
    private static final Instant END = Instant.parse("2026-11-27T09:00:00Z");
    private static final ActiveHold ACTIVE = new ActiveHold(ID, Lines.of(PRODUCT, TWO), END, null, 0);
    private static final HoldRequest OF_ONE = new HoldRequest(ID, PRODUCT, TWO);
    private static final HoldRequest OF_SEVERAL =
            new HoldRequest(ID, Lines.of(List.of(new Item(PRODUCT, TWO), new Item(new ProductId(8), TWO))), null);

    static Stream<Arguments> each_outcome_of_a_hold_has_its_answer() {
        return Stream.of(
                arguments(
                        new HoldOutcome.Placed(ID, Lines.of(PRODUCT, TWO), END), "201 ok; Location: /api/holds/" + ID),
                arguments(new HoldOutcome.UnknownProduct(PRODUCT), "404 unknown_product retryable=false"),
                arguments(new HoldOutcome.MixedCurrencies(ID), "409 mixed_currencies retryable=false"),
                arguments(
                        new HoldOutcome.QuantityTooLarge(PRODUCT, 1),
                        "422 quantity_too_large retryable=false field=\"quantity\" limit=1"),
                arguments(
                        new HoldOutcome.CustomerRequired(PRODUCT),
                        "422 invalid_field retryable=false field=\"customer_id\""),
                arguments(
                        new HoldOutcome.NotOnSale(
                                PRODUCT, new SaleWindow(BEGIN, END), Optional.of(Duration.ofMillis(1_001))),
                        "409 not_on_sale retryable=true sale_ends_at=\"" + END + "\" sale_starts_at=\"" + BEGIN
                                + "\"; Retry-After: 2"),
                arguments(
                        new HoldOutcome.NotOnSale(PRODUCT, new SaleWindow(null, END), Optional.empty()),
                        "409 not_on_sale retryable=false sale_ends_at=\"" + END + "\""),
                arguments(
                        new HoldOutcome.LimitReached(PRODUCT, 3, 2),
                        "409 limit_reached retryable=false limit=3 taken=2"),
                arguments(
                        new HoldOutcome.InsufficientStock(PRODUCT, 1),
                        "409 insufficient_stock retryable=false available_stock=1"),
                arguments(
                        new HoldOutcome.AllHeld(PRODUCT, Duration.ofSeconds(3)),
                        "409 all_held retryable=true; Retry-After: 3"),
                arguments(new HoldOutcome.SoldOut(PRODUCT), "409 sold_out retryable=false"),
                arguments(new HoldOutcome.AlreadyHeld(ID, Lines.of(PRODUCT, TWO), END), "200 ok"),
                arguments(new HoldOutcome.IdReused(ID), "422 hold_id_reused retryable=false"),
                arguments(
                        new HoldOutcome.LinesShort(List.of(
                                new HoldOutcome.AllHeld(PRODUCT, Duration.ofSeconds(3)),
                                new HoldOutcome.AllHeld(new ProductId(8), Duration.ofSeconds(5)))),
                        "409 insufficient_stock retryable=true lines=["
                                + "{\"available_stock\":0,\"code\":\"all_held\",\"product_id\":7},"
                                + "{\"available_stock\":0,\"code\":\"all_held\",\"product_id\":8}]; Retry-After: 5"),
                arguments(
                        new HoldOutcome.LinesShort(List.of(
                                new HoldOutcome.InsufficientStock(PRODUCT, 1),
                                new HoldOutcome.SoldOut(new ProductId(8)))),
                        "409 insufficient_stock retryable=false lines=["
                                + "{\"available_stock\":1,\"code\":\"insufficient_stock\",\"product_id\":7},"
                                + "{\"available_stock\":0,\"code\":\"sold_out\",\"product_id\":8}]"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_hold_has_its_answer(HoldOutcome outcome, String answer) {
        assertThat(AnswerLine.of(HoldAnswers.of(outcome, OF_ONE))).isEqualTo(answer);
    }

    static Stream<Arguments> of_several_products_it_says_which_one_it_is_about() {
        return Stream.of(
                arguments(new HoldOutcome.UnknownProduct(PRODUCT), "404 unknown_product retryable=false product_id=7"),
                arguments(
                        new HoldOutcome.QuantityTooLarge(PRODUCT, 1),
                        "422 quantity_too_large retryable=false field=\"quantity\" limit=1 product_id=7"),
                arguments(
                        new HoldOutcome.CustomerRequired(PRODUCT),
                        "422 invalid_field retryable=false field=\"customer_id\" product_id=7"),
                arguments(
                        new HoldOutcome.NotOnSale(PRODUCT, new SaleWindow(null, END), Optional.empty()),
                        "409 not_on_sale retryable=false product_id=7 sale_ends_at=\"" + END + "\""),
                arguments(
                        new HoldOutcome.LimitReached(PRODUCT, 3, 2),
                        "409 limit_reached retryable=false limit=3 product_id=7 taken=2"));
    }

    @ParameterizedTest
    @MethodSource
    void of_several_products_it_says_which_one_it_is_about(HoldOutcome outcome, String answer) {
        assertThat(AnswerLine.of(HoldAnswers.of(outcome, OF_SEVERAL))).isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_a_release_has_its_answer() {
        return Stream.of(
                arguments(new ReleaseOutcome.Released(ACTIVE.end(HoldEnd.RELEASED)), "200 ok"),
                arguments(new ReleaseOutcome.UnknownHold(ID), "404 unknown_hold retryable=false"),
                arguments(new ReleaseOutcome.AlreadyOrdered(ID), "409 hold_already_ordered retryable=false"),
                arguments(new ReleaseOutcome.AlreadyExpired(ID), "410 hold_expired retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_release_has_its_answer(ReleaseOutcome outcome, String answer) {
        assertThat(AnswerLine.of(HoldAnswers.of(outcome))).isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_an_extension_has_its_answer() {
        return Stream.of(
                arguments(new ExtendOutcome.Extended(ACTIVE, 0), "200 ok"),
                arguments(new ExtendOutcome.NoExtensionsLeft(ID), "409 no_extensions_left retryable=false"),
                arguments(new ExtendOutcome.UnknownHold(ID), "404 unknown_hold retryable=false"),
                arguments(new ExtendOutcome.AlreadyOrdered(ID), "409 hold_already_ordered retryable=false"),
                arguments(new ExtendOutcome.AlreadyReleased(ID), "409 hold_released retryable=false"),
                arguments(new ExtendOutcome.AlreadyExpired(ID), "410 hold_expired retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_an_extension_has_its_answer(ExtendOutcome outcome, String answer) {
        assertThat(AnswerLine.of(HoldAnswers.of(outcome))).isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_a_change_has_its_answer() {
        return Stream.of(
                arguments(new HoldChangeOutcome.Changed(ACTIVE, 1), "200 ok"),
                arguments(
                        new HoldChangeOutcome.Refused(ID, new HoldOutcome.InsufficientStock(PRODUCT, 1)),
                        "409 insufficient_stock retryable=false available_stock=1"),
                arguments(
                        new HoldChangeOutcome.Refused(ID, new HoldOutcome.CustomerRequired(PRODUCT)),
                        "422 invalid_field retryable=false field=\"customer_id\""),
                arguments(
                        new HoldChangeOutcome.LinesRequired(ID),
                        "422 invalid_field retryable=false field=\"quantity\""),
                arguments(new HoldChangeOutcome.UnknownHold(ID), "404 unknown_hold retryable=false"),
                arguments(new HoldChangeOutcome.AlreadyOrdered(ID), "409 hold_already_ordered retryable=false"),
                arguments(new HoldChangeOutcome.AlreadyReleased(ID), "409 hold_released retryable=false"),
                arguments(new HoldChangeOutcome.AlreadyExpired(ID), "410 hold_expired retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_change_has_its_answer(HoldChangeOutcome outcome, String answer) {
        assertThat(AnswerLine.of(HoldAnswers.of(outcome, new ChangeRequest(ID, TWO))))
                .isEqualTo(answer);
    }

    @Test
    void a_hold_is_shown_if_there_is_one() {
        HoldView view = new HoldView(ACTIVE, HoldStatus.ACTIVE, 1, Optional.empty());

        assertThat(AnswerLine.of(HoldAnswers.of(Optional.of(view)))).isEqualTo("200 ok");
        assertThat(AnswerLine.of(HoldAnswers.of(Optional.<HoldView>empty())))
                .isEqualTo("404 unknown_hold retryable=false");
    }

    @Test
    void the_tables_have_every_outcome() {
        AnswerLine.assertComplete(HoldOutcome.class, each_outcome_of_a_hold_has_its_answer());
        AnswerLine.assertComplete(ReleaseOutcome.class, each_outcome_of_a_release_has_its_answer());
        AnswerLine.assertComplete(ExtendOutcome.class, each_outcome_of_an_extension_has_its_answer());
        AnswerLine.assertComplete(HoldChangeOutcome.class, each_outcome_of_a_change_has_its_answer());
    }
}
