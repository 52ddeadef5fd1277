package dev.flashsale.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What docs/versions.md promises of the tables since the version that it names: the program of before sells beside the new one,
 * since all that it writes still fits. Proved with two programs by flashsale-app/src/it/servers/rollout.
 */
class AddedOnlyTest {

    /** What came before was never promised to anybody. */
    private static final int SINCE = 14;

    private static final Pattern NEW_TABLE = Pattern.compile("create table flashsale_\\w+ \\(.*", Pattern.DOTALL);
    private static final Pattern NEW_INDEX = Pattern.compile("create index \\w+ on .*", Pattern.DOTALL);
    private static final Pattern NEW_COLUMN =
            Pattern.compile("alter table \\w+ add column \\w+ [^,]*(?<!not )(null|default \\S+)", Pattern.DOTALL);
    private static final Pattern MORE_WORDS =
            Pattern.compile("alter table (\\w+) modify column (\\w+) enum\\((.*)\\) not null", Pattern.DOTALL);

    @Test
    void whatCameSinceOnlyAdds() {
        assertThat(Migration.all())
                .filteredOn(migration -> migration.version() >= SINCE)
                .isNotEmpty()
                .allSatisfy(migration -> assertThat(migration.steps())
                        .extracting(MigrationStep::sql)
                        .as(migration.script()
                                + ": what takes something away, or from the program of before, waits for a"
                                + " major version")
                        .allMatch(sql -> onlyAdds(sql, before(migration.version()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table flashsale_hold",
                "alter table flashsale_hold drop column quantity",
                "alter table flashsale_hold rename column quantity to pieces",
                "alter table flashsale_hold add column shelf int not null",
                "alter table flashsale_hold add column shelf int null, drop column quantity",
                "alter table flashsale_hold modify column quantity bigint not null",
                "alter table flashsale_operator_log modify column action enum('product_created') not null",
                "create unique index flashsale_hold_once on flashsale_hold (customer_id)",
                "update flashsale_hold set quantity = 1"
            })
    void whatDoesNotIsRefused(String sql) {
        assertThat(onlyAdds(sql, before(SINCE))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table flashsale_thing (id bigint not null, primary key (id))",
                "create index flashsale_hold_by_thing on flashsale_hold (quantity)",
                "alter table flashsale_stock add column shelf int null",
                "alter table flashsale_payment add column tax decimal(19, 4) null",
                "alter table flashsale_stock add column retired boolean not null default false",
            })
    void whatDoesIsNot(String sql) {
        assertThat(onlyAdds(sql, before(SINCE))).isTrue();
    }

    /** Of version 13 this has one word more than that of version 12. */
    @Test
    void aWordMayBeAppended() {
        String last = before(14)
                .lines()
                .filter(line -> line.contains("modify column action"))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .replace(";", "");

        assertThat(onlyAdds(last, before(13))).isTrue();
        assertThat(onlyAdds(last.replace("'product_created', ", ""), before(13)))
                .isFalse();
    }

    private static String before(int version) {
        return Migration.all().stream()
                .filter(migration -> migration.version() < version)
                .map(Migration::text)
                .collect(Collectors.joining("\n"));
    }

    private static boolean onlyAdds(String sql, String before) {
        Matcher words = MORE_WORDS.matcher(sql);
        return List.of(NEW_TABLE, NEW_INDEX, NEW_COLUMN).stream()
                        .anyMatch(allowed -> allowed.matcher(sql.replaceAll("\\(\\d+, \\d+\\)", ""))
                                .matches())
                || (words.matches() && words.group(3).startsWith(lastWords(words.group(2), before) + ","));
    }

    private static String lastWords(String column, String before) {
        return Pattern.compile("\\b" + column + " enum\\((.*?)\\)")
                .matcher(before)
                .results()
                .map(found -> found.group(1))
                .reduce((earlier, later) -> later)
                .orElse("none");
    }
}
