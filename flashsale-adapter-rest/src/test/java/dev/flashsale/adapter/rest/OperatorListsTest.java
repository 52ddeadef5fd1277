package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.application.HoldView;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorListsTest {

    private static final String OF_ACTIVE = "?product_id=7&status=active";
    private static final String OF_PAID = "?product_id=7&status=paid";
    private static final ActiveHold HOLD = new ActiveHold(
            Fakes.HOLD_ID, Lines.of(new ProductId(7), new Quantity(2)), Fakes.EXPIRES_AT, new CustomerId("c-1"), 0);

    @RegisterExtension
    private final Service service = new Service();

    private final AtomicReference<Object> asked = new AtomicReference<>();

    private record Asked(Object productId, Object status, Optional<?> after, PageSize size) {}

    @ParameterizedTest
    @ValueSource(strings = {"/api/products", "/api/holds" + OF_ACTIVE, "/api/orders", "/api/orders?limit=x"})
    void nobody_but_an_operator_gets_a_list(String path) {
        Problems.assertProblem(service.get(path), 401, "operator_token_required", false);
        Problems.assertProblem(
                service.get(path, "Authorization", "Bearer wrong"), 401, "operator_token_required", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void products_come_as_they_are_read_one_by_one() {
        Product product = new Product(new ProductId(7), "Shoe", Money.of("10.00", "EUR"));
        service.fakes.listProducts = (after, size) -> {
            asked.set(new Asked(null, null, after, size));
            return new Page<>(
                    List.of(new ProductView(product, new Stock(product.id(), 10, 4), SaleState.OPEN)),
                    after.isEmpty() ? Optional.of(product.id()) : Optional.empty());
        };

        Answer first = get("/api/products");
        assertThat(asked.get()).isEqualTo(new Asked(null, null, Optional.empty(), new PageSize(50)));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().get("items").get(0).get("available_stock").asInt())
                .isEqualTo(4);

        Answer last =
                get("/api/products?limit=500&after=" + first.json().get("next").asString());
        assertThat(asked.get()).isEqualTo(new Asked(null, null, Optional.of(product.id()), new PageSize(500)));
        assertThat(last.body()).endsWith("\"next\":null}");
    }

    @Test
    void retired_products_come_by_themselves() {
        Page<ProductView, ProductId> none = new Page<>(List.of(), Optional.empty());
        service.fakes.listProducts = (after, size) -> {
            asked.set(new Asked(null, "on sale", after, size));
            return none;
        };
        service.fakes.listRetiredProducts = (after, size) -> {
            asked.set(new Asked(null, "retired", after, size));
            return none;
        };

        assertThat(get("/api/products?retired=true&limit=2").status()).isEqualTo(200);
        assertThat(asked.get()).isEqualTo(new Asked(null, "retired", Optional.empty(), new PageSize(2)));
        assertThat(get("/api/products?retired=false").status()).isEqualTo(200);
        assertThat(asked.get()).isEqualTo(new Asked(null, "on sale", Optional.empty(), PageSize.DEFAULT));
        Problems.assertProblemWithField(get("/api/products?retired=1"), 422, "invalid_field", "retired");
    }

    @Test
    void holds_come_with_their_customer() {
        service.fakes.listHolds = (product, status, after, size) -> {
            asked.set(new Asked(product, status, after, size));
            return new Page<>(
                    List.of(HOLD), Optional.of(HoldPosition.of(HoldLine.of(HOLD).getFirst())));
        };

        Answer first = get("/api/holds" + OF_ACTIVE + "&limit=1");
        assertThat(asked.get())
                .isEqualTo(new Asked(
                        HOLD.lines().first().productId(), HoldStatus.ACTIVE, Optional.empty(), new PageSize(1)));
        assertThat(first.body())
                .startsWith("{\"items\":[{\"hold_id\":\"" + HOLD.id() + "\",\"product_id\":7,\"quantity\":2,"
                        + "\"status\":\"active\",\"expires_at\":\"2026-11-22T10:02:00.123456Z\","
                        + "\"customer_id\":\"c-1\"}],\"next\":\"");

        Answer next = get(
                "/api/holds" + OF_ACTIVE + "&after=" + first.json().get("next").asString());
        assertThat(next.status()).isEqualTo(200);
        assertThat(asked.get())
                .isEqualTo(new Asked(
                        HOLD.lines().first().productId(),
                        HoldStatus.ACTIVE,
                        Optional.of(HoldPosition.of(HoldLine.of(HOLD).getFirst())),
                        PageSize.DEFAULT));
    }

    @Test
    void holds_of_a_customer_come_with_the_orders_that_they_have_become() {
        EndedHold ordered = HOLD.end(HoldEnd.ORDERED);
        service.fakes.listHoldsOfCustomer = (customer, after, size) -> {
            asked.set(new Asked(customer, null, after, size));
            return new Page<>(
                    List.of(
                            new HoldView(HOLD, HoldStatus.ACTIVE, 1, Optional.empty()),
                            new HoldView(ordered, HoldStatus.ORDERED, 0, Optional.of(Fakes.ORDER))),
                    Optional.of(CustomersPosition.of(HOLD)));
        };

        Answer first = get("/api/holds?customer_id=c-1");
        assertThat(asked.get()).isEqualTo(new Asked(HOLD.customerId(), null, Optional.empty(), PageSize.DEFAULT));
        assertThat(first.json().get("items").get(0).get("customer_id").asString())
                .isEqualTo("c-1");
        assertThat(first.json().get("items").get(0).has("order")).isFalse();
        assertThat(first.json().get("items").get(1).get("order").get("order_id").asLong())
                .isEqualTo(1);

        Answer next = get(
                "/api/holds?customer_id=c-1&after=" + first.json().get("next").asString());
        assertThat(next.status()).isEqualTo(200);
        assertThat(asked.get())
                .isEqualTo(
                        new Asked(HOLD.customerId(), null, Optional.of(CustomersPosition.of(HOLD)), PageSize.DEFAULT));
    }

    @Test
    void orders_of_a_customer_come_as_their_holds_do() {
        service.fakes.listOrdersOfCustomer = (customer, after, size) -> {
            asked.set(new Asked(customer, null, after, size));
            return new Page<>(List.of(Fakes.viewed(Fakes.ORDER)), Optional.of(CustomersPosition.of(HOLD)));
        };

        Answer first = get("/api/orders?customer_id=c-1&limit=2");
        assertThat(first.json().get("items").get(0).get("order_id").asLong()).isEqualTo(1);
        Answer next = get(
                "/api/orders?customer_id=c-1&after=" + first.json().get("next").asString());

        assertThat(next.status()).isEqualTo(200);
        assertThat(asked.get())
                .isEqualTo(
                        new Asked(HOLD.customerId(), null, Optional.of(CustomersPosition.of(HOLD)), PageSize.DEFAULT));
    }

    @Test
    void orders_of_a_product_and_a_status_come_by_their_deadlines() {
        Order paid = Fakes.ORDER.with(OrderStatus.PAID);
        service.fakes.listOrders = (product, status, after, size) -> {
            asked.set(new Asked(product, status, after, size));
            return new Page<>(
                    List.of(Fakes.viewed(paid)),
                    Optional.of(OrderPosition.of(OrderLine.of(paid).getFirst())));
        };

        Answer first = get("/api/orders" + OF_PAID);
        assertThat(first.json().get("items").get(0).get("status").asString()).isEqualTo("paid");
        Answer next = get(
                "/api/orders" + OF_PAID + "&after=" + first.json().get("next").asString());

        assertThat(next.status()).isEqualTo(200);
        assertThat(asked.get())
                .isEqualTo(new Asked(
                        new ProductId(7),
                        OrderStatus.PAID,
                        Optional.of(OrderPosition.of(OrderLine.of(paid).getFirst())),
                        PageSize.DEFAULT));
    }

    @Test
    void all_orders_come_by_number() {
        service.fakes.listAllOrders = (after, size) -> {
            asked.set(new Asked(null, null, after, size));
            return new Page<>(List.of(Fakes.viewed(Fakes.ORDER)), Optional.of(Fakes.ORDER.id()));
        };

        String next = get("/api/orders").json().get("next").asString();
        assertThat(get("/api/orders?after=" + next).status()).isEqualTo(200);

        assertThat(asked.get()).isEqualTo(new Asked(null, null, Optional.of(Fakes.ORDER.id()), PageSize.DEFAULT));
    }

    @Test
    void a_list_has_a_head_and_nobody_keeps_it() {
        service.fakes.listAllOrders = (after, size) -> new Page<>(List.of(), Optional.empty());

        Answer head = service.send("HEAD", "/api/orders", null, "Authorization", "Bearer " + Service.TOKEN);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("cache-control")).isEqualTo("no-store");
        assertThat(head.header("content-length")).isEqualTo("" + "{\"items\":[],\"next\":null}".length());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/holds, status",
        "/api/holds?product_id=7, status",
        "/api/holds?status=active, product_id",
        "/api/holds?product_id=7&status=ACTIVE, status",
        "/api/holds?product_id=7&status=paid, status",
        "/api/holds?product_id=0&status=active, product_id",
        "/api/holds?product_id=07&status=active, product_id",
        "/api/holds?customer_id=c-1&product_id=7, customer_id",
        "/api/holds?customer_id=c-1&status=active, customer_id",
        "/api/holds?customer_id=%C3%A4, customer_id",
        "/api/orders?customer_id=c-1&status=paid, customer_id",
        "/api/orders?customer_id=a%20b, customer_id",
        "/api/orders?customer_id=c-1&after=MSAx, after",
        "/api/orders?product_id=7, status",
        "/api/orders?status=paid, product_id",
        "/api/orders?limit=0, limit",
        "/api/orders?limit=501, limit",
        "/api/orders?limit=1.5, limit",
        "/api/products?limit=99999999999, limit",
        "/api/products?after=x, after",
        "/api/products?after=%00, after"
    })
    void what_a_list_cannot_be_asked_for_is_refused_by_name(String path, String field) {
        Problems.assertProblemWithField(get(path), 422, "invalid_field", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1 1",
                "1 1 1 1",
                "-1 1 1",
                "1 0 1",
                "1 1 0",
                "01 1 1",
                "+1 1 1",
                "1 1 x",
                "999999999999999999 1 1",
                "99999999999999999999 1 1",
                "1 1 99999999999999999999",
                "1 1 01900000-0000-7000-8000-00000000000g",
                "1 1 01900000-0000-7000-8000-00000000000A"
            })
    void a_cursor_that_no_page_gave_is_refused(String text) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String given = cursor.isEmpty() ? "IA" : cursor;

        Problems.assertProblemWithField(
                get("/api/holds" + OF_ACTIVE + "&after=" + given), 422, "invalid_field", "after");
        Problems.assertProblemWithField(
                get("/api/orders" + OF_PAID + "&after=" + given), 422, "invalid_field", "after");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void an_id_of_another_list_is_refused() {
        String ofHolds =
                Cursor.HOLD_POSITION.write(HoldPosition.of(HoldLine.of(HOLD).getFirst()));

        Problems.assertProblemWithField(get("/api/orders?after=" + ofHolds), 422, "invalid_field", "after");
        Problems.assertProblemWithField(
                get("/api/orders" + OF_PAID + "&after=" + Cursor.ORDER.write(new OrderId(1))),
                422,
                "invalid_field",
                "after");
    }

    private Answer get(String path) {
        return service.get(path, "Authorization", "Bearer " + Service.TOKEN);
    }
}
