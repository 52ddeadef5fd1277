package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;

import dev.flashsale.application.port.AuditReport.Orphan;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.TableField;

/** Orders and payments in a currency that this JVM does not know, so that nobody can read them. Both read the audit's snapshot. */
record CurrencyChecks(Query<String, String> all, Query<Rows, Orphan> rows) {

    record Rows(String currency, int limit) {}

    static final List<CurrencyChecks> ALL = List.of(
            of("order", FLASHSALE_ORDER.ID, FLASHSALE_ORDER.CURRENCY),
            of("payment", FLASHSALE_PAYMENT.TRANSACTION_ID, FLASHSALE_PAYMENT.CURRENCY));

    private static final Set<String> KNOWN = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());

    private static CurrencyChecks of(String what, TableField<Record, ?> id, TableField<Record, String> currency) {
        String orphan = what + " in a currency that is not known";
        return new CurrencyChecks(
                Query.query(
                        "audit.currenciesOf." + what,
                        Declaration.SCAN,
                        Render.SQL.selectDistinct(currency).from(id.getTable()).where(currency.isNotNull()),
                        (unused, parameters) -> {},
                        Row::text),
                Query.query(
                        orphan,
                        Declaration.SCAN,
                        Render.SQL
                                .selectDistinct(id)
                                .from(id.getTable())
                                .where(Render.is(currency))
                                .orderBy(id)
                                .limit(Render.LIMIT),
                        (rows, parameters) -> parameters.add(rows.currency()).add(rows.limit()),
                        row -> new Orphan(orphan, row.id())));
    }

    Stream<Orphan> find(Sql sql, int limit) {
        return sql.queryOne(all, "").stream()
                .filter(currency -> !KNOWN.contains(currency))
                .flatMap(currency -> sql.queryOne(rows, new Rows(currency, limit)).stream());
    }
}
