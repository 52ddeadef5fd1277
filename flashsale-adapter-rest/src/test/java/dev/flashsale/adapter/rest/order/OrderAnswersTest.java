package dev.flashsale.adapter.rest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flashsale.adapter.rest.http.AnswerLine;
import dev.flashsale.application.OrderView;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each outcome is answered. */
class OrderAnswersTest {

    private static final HoldId HOLD = new HoldId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    private static final OrderId ID = new OrderId(5);
    private static final Instant PLACED_AT = Instant.parse("2026-11-27T08:00:00Z");
    private static final Order ORDER = new Order(
            ID,
            HOLD,
            Lines.of(new ProductId(7), new Quantity(2)),
            Money.of("20.00", "EUR"),
            PLACED_AT,
            PLACED_AT.plusSeconds(900),
            OrderStatus.PENDING,
            Set.of());
    private static final OrderView VIEW = new OrderView(ORDER, null, List.of());
    private static final String FOUND = " ok; Location: /api/orders/5?hold_id=" + HOLD;

    static Stream<Arguments> each_outcome_of_an_order_has_its_answer() {
        return Stream.of(
                arguments(new OrderOutcome.Placed(ORDER), "201" + FOUND),
                arguments(new OrderOutcome.AlreadyPlaced(ORDER), "200" + FOUND),
                arguments(new OrderOutcome.UnknownHold(HOLD), "404 unknown_hold retryable=false"),
                arguments(new OrderOutcome.HoldExpired(HOLD, PLACED_AT), "410 hold_expired retryable=false"),
                arguments(new OrderOutcome.HoldReleased(HOLD), "409 hold_released retryable=false"),
                arguments(new OrderOutcome.MixedCurrencies(HOLD), "409 mixed_currencies retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_an_order_has_its_answer(OrderOutcome outcome, String answer) {
        assertThat(AnswerLine.of(OrderAnswers.of(outcome))).isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_a_cancellation_has_its_answer() {
        return Stream.of(
                arguments(new CancelOutcome.Cancelled(ORDER), "200 ok"),
                arguments(new CancelOutcome.UnknownOrder(ID), "404 unknown_order retryable=false"),
                arguments(new CancelOutcome.AlreadyPaid(ID), "409 order_paid retryable=false"),
                arguments(new CancelOutcome.AlreadyOver(ID), "409 order_over retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_a_cancellation_has_its_answer(CancelOutcome outcome, String answer) {
        assertThat(AnswerLine.of(OrderAnswers.of(outcome, () -> OrderAnswers.of(Optional.of(VIEW)))))
                .isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_an_extension_has_its_answer() {
        return Stream.of(
                arguments(new DeadlineOutcome.Extended(ORDER), "200 ok"),
                arguments(new DeadlineOutcome.UnknownOrder(ID), "404 unknown_order retryable=false"),
                arguments(new DeadlineOutcome.AlreadyPaid(ID), "409 order_paid retryable=false"),
                arguments(new DeadlineOutcome.AlreadyOver(ID), "409 order_over retryable=false"),
                arguments(
                        new DeadlineOutcome.OutOfBounds(PLACED_AT, PLACED_AT.plusSeconds(900)),
                        "422 invalid_field retryable=false field=\"payment_deadline\""));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_an_extension_has_its_answer(DeadlineOutcome outcome, String answer) {
        assertThat(AnswerLine.of(OrderAnswers.of(outcome, () -> OrderAnswers.of(Optional.of(VIEW)))))
                .isEqualTo(answer);
    }

    static Stream<Arguments> each_outcome_of_accepting_has_its_answer() {
        return Stream.of(
                arguments(new AcceptOutcome.Accepted(ORDER), "200 ok"),
                arguments(new AcceptOutcome.UnknownOrder(ID), "404 unknown_order retryable=false"),
                arguments(new AcceptOutcome.AlreadyPaid(ID), "409 order_paid retryable=false"),
                arguments(new AcceptOutcome.AlreadyOver(ID), "409 order_over retryable=false"),
                arguments(new AcceptOutcome.PiecesGone(ID), "409 insufficient_stock retryable=false"));
    }

    @ParameterizedTest
    @MethodSource
    void each_outcome_of_accepting_has_its_answer(AcceptOutcome outcome, String answer) {
        assertThat(AnswerLine.of(OrderAnswers.of(outcome, () -> OrderAnswers.of(Optional.of(VIEW)))))
                .isEqualTo(answer);
    }

    @Test
    void an_order_is_shown_if_there_is_one_for_the_caller() {
        assertThat(AnswerLine.of(OrderAnswers.of(Optional.of(VIEW)))).isEqualTo("200 ok");
        assertThat(AnswerLine.of(OrderAnswers.of(Optional.empty()))).isEqualTo("404 unknown_order retryable=false");
    }

    @Test
    void the_tables_have_every_outcome() {
        AnswerLine.assertComplete(OrderOutcome.class, each_outcome_of_an_order_has_its_answer());
        AnswerLine.assertComplete(CancelOutcome.class, each_outcome_of_a_cancellation_has_its_answer());
        AnswerLine.assertComplete(DeadlineOutcome.class, each_outcome_of_an_extension_has_its_answer());
        AnswerLine.assertComplete(AcceptOutcome.class, each_outcome_of_accepting_has_its_answer());
    }
}
