package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.TotalChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorRecordsTest {

    private static final String LOG = "/api/operator-log";
    private static final String LEDGER = "/api/products/7/stock";
    private static final Instant AT = Instant.parse("2026-11-22T10:02:00.123456Z");
    private static final Cause CAUSE = new Cause("ann (token 12ab34cd)", "broken");
    private static final LoggedEntry ADJUSTED =
            new LoggedEntry(8, new LogEntry(AT, CAUSE, Action.STOCK_ADJUSTED, 7, "total: 10 → 7"));

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @ValueSource(strings = {LOG, LEDGER, LOG + "?limit=x"})
    void nobody_but_an_operator_gets_them(String path) {
        Problems.assertProblem(service.get(path), 401, "operator_token_required", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void the_log_says_when_who_what_to_what_and_why() {
        service.fakes.listOperatorLog = (doneTo, after, size) -> {
            assertThat(doneTo).isEmpty();
            assertThat(after).isEqualTo(size.value() == 1 ? Optional.of(8L) : Optional.empty());
            return new Page<>(List.of(ADJUSTED), Optional.of(ADJUSTED.number()));
        };

        Answer first = get(LOG);
        String next = first.json().get("next").asString();

        assertThat(first.body())
                .startsWith("{\"items\":[{\"at\":\"2026-11-22T10:02:00.123456Z\",\"operator\":\"ann (token 12ab34cd)\","
                        + "\"reason\":\"broken\",\"action\":\"stock_adjusted\",\"product_id\":7,"
                        + "\"change\":\"total: 10 → 7\"}],\"next\":\"");
        assertThat(get(LOG + "?limit=1&after=" + next).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"product_id, PRODUCT", "order_id, ORDER"})
    void it_can_be_that_of_a_product_or_of_an_order(String parameter, Subject.Kind kind) {
        service.fakes.listOperatorLog = (doneTo, after, size) -> {
            assertThat(doneTo).contains(new Subject(kind, 7));
            return new Page<>(List.of(), Optional.empty());
        };

        assertThat(get(LOG + "?" + parameter + "=7").body()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_done_has_its_word(Action action) {
        LoggedEntry row = new LoggedEntry(1, new LogEntry(AT, CAUSE, action, 7, ""));
        service.fakes.listOperatorLog = (doneTo, after, size) -> new Page<>(List.of(row), Optional.empty());

        Answer answer = get(LOG);

        assertThat(answer.json().get("items").get(0).get("action").asString()).isEqualToIgnoringCase(action.name());
        assertThat(answer.json().get("items").get(0).has("order_id")).isEqualTo(action.doneTo() == Subject.Kind.ORDER);
    }

    @Test
    void the_ledger_says_how_a_total_came_about() {
        ProductId id = new ProductId(7);
        service.fakes.listStockLedger = (product, after, size) -> {
            assertThat(List.of(product, after, size)).containsExactly(id, Optional.empty(), PageSize.DEFAULT);
            return Optional.of(new Page<>(
                    List.of(
                            new LedgerRow(5, new TotalChange(id, -3, AT, CAUSE)),
                            new LedgerRow(2, new TotalChange(id, 10, AT, Cause.PROGRAM))),
                    Optional.empty()));
        };

        assertThat(get(LEDGER).body())
                .isEqualTo("{\"items\":[{\"at\":\"2026-11-22T10:02:00.123456Z\",\"operator\":\"ann (token 12ab34cd)\","
                        + "\"reason\":\"broken\",\"pieces\":-3},{\"at\":\"2026-11-22T10:02:00.123456Z\","
                        + "\"operator\":\"program\",\"reason\":\"put\",\"pieces\":10}],\"next\":null}");
    }

    @Test
    void the_ledger_of_no_product_is_not_found() {
        service.fakes.listStockLedger = (product, after, size) -> Optional.empty();

        Problems.assertProblem(get(LEDGER), 404, "unknown_product", false);
        Problems.assertProblem(get("/api/products/07/stock"), 404, "unknown_product", false);
        assertThat(service.fakes.calls).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/operator-log?product_id=x, product_id",
        "/api/operator-log?order_id=0, order_id",
        "/api/operator-log?product_id=1&order_id=1, order_id",
        "/api/operator-log?after=1, after",
        "/api/operator-log?after=MA, after",
        "/api/operator-log?limit=501, limit",
        "/api/products/7/stock?after=1, after"
    })
    void what_they_cannot_be_asked_for_is_refused_by_name(String path, String field) {
        Problems.assertProblemWithField(get(path), 422, "invalid_field", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    private Answer get(String path) {
        return service.get(path, "Authorization", "Bearer " + Service.TOKEN);
    }
}
