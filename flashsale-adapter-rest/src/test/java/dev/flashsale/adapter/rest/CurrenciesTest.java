package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.OrderView;
import dev.flashsale.application.Page;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Refund;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts have the decimals of their currency, wherever they are told. */
class CurrenciesTest {

    private static final String[] OPERATOR = {
        "Authorization", "Bearer " + Service.TOKEN, "Content-Type", "application/json"
    };

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @CsvSource({
        "JPY, 1000, 1000",
        "JPY, 0, 0",
        "ISK, 1500, 1500",
        "HUF, 99.9, 99.90",
        "EUR, 10, 10.00",
        "BHD, 1.5, 1.500",
        "CLF, 0.25, 0.2500"
    })
    void an_amount_has_those_of_its_currency(String currency, String amount, String told) {
        Money price = Money.of(amount, currency);
        String expected = "\"" + told + "\",\"currency\":\"" + currency + "\"";
        Product product = new Product(Fakes.ORDER.lines().items().getFirst().productId(), "Shoe", price);
        ProductView view = new ProductView(product, Stock.untouched(product.id(), 3), SaleState.OPEN);
        Order order = new Order(
                Fakes.ORDER.id(),
                Fakes.HOLD_ID,
                Fakes.ORDER.lines(),
                price,
                Fakes.ORDER.placedAt(),
                Fakes.ORDER.paymentDeadline(),
                OrderStatus.PAID,
                Set.of());
        Payment payment = new Payment(
                new TransactionId("tx-1"),
                order.id(),
                PaymentStatus.SUCCESS,
                new BigDecimal(amount),
                Currency.getInstance(currency));
        RecordedPayment recorded = new RecordedPayment(payment, PaymentEffect.APPLIED, OrderStatus.PAID);
        service.fakes.viewProduct = id -> Optional.of(view);
        service.fakes.viewOrder = id ->
                Optional.of(new OrderView(order, null, List.of(new ReceivedPayment(1, recorded, order.placedAt()))));
        service.fakes.listRefunds = (after, size) -> new Page<>(
                List.of(new Refund(1, payment, payment.amount(), RefundReason.ALREADY_PAID, order.placedAt())),
                Optional.empty());
        service.fakes.listProducts = (after, size) -> new Page<>(List.of(view), Optional.empty());

        assertThat(service.get("/api/products/1").body()).contains("\"price\":" + expected);
        assertThat(service.get("/api/products", OPERATOR).body()).contains("\"price\":" + expected);
        assertThat(service.get("/api/orders/1", OPERATOR).body().split("\"amount\":" + expected, -1))
                .as("of the order and of its payment")
                .hasSize(3);
        assertThat(service.get("/api/refunds", OPERATOR).body()).contains("\"amount\":" + expected);
        assertThat(price).hasToString(told + " " + currency);
    }

    @ParameterizedTest
    @CsvSource({"JPY, 0, 0.1", "ISK, 0, 10.5", "HUF, 2, 1.001", "EUR, 2, 0.001", "BHD, 3, 0.0001", "CLF, 4, 0.00001"})
    void a_price_with_more_is_refused_with_how_many_there_are(String currency, int decimals, String price) {
        Answer answer = service.send(
                "POST",
                "/api/products",
                "{\"name\":\"Shoe\",\"price\":\"" + price + "\",\"currency\":\"" + currency + "\",\"stock\":1}",
                OPERATOR);

        Problems.assertProblemWithField(answer, 422, "invalid_field", "price");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("price must have at most " + decimals + " decimals in " + currency + ".");
        assertThat(service.fakes.calls).hasValue(0);
    }
}
