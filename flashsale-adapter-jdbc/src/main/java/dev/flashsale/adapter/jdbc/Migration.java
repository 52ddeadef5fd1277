package dev.flashsale.adapter.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** One step of the schema: a script on the class path, as Flyway finds it. */
record Migration(int version, String description, String script, String text) {

    /** In which order they were made. */
    private static final List<String> SCRIPTS = List.of(
            "V1__the_funnel.sql",
            "V2__sale_rules.sql",
            "V3__idempotency_keys.sql",
            "V4__refunds.sql",
            "V5__operators.sql",
            "V6__holds_of_several_products.sql",
            "V7__a_page_of_the_ledger.sql",
            "V8__a_hold_has_lines.sql",
            "V9__refunds_are_logged.sql",
            "V10__the_course_of_a_transaction.sql",
            "V11__customers.sql",
            "V12__by_hand.sql",
            "V13__refunds_in_parts.sql",
            "V14__events.sql",
            "V15__endpoints.sql");

    private static final Pattern NAME = Pattern.compile("V(\\d+)__(.*)\\.sql");

    /** What the code generation, which knows less of SQL, is to pass over. */
    private static final Pattern IGNORE_MARK =
            Pattern.compile("-- \\[jooq ignore (start|stop)]\\R| ?/\\* \\[jooq ignore (start|stop)] \\*/\\R?");

    private static final Pattern NEW_TABLE = Pattern.compile("create table (flashsale_\\w+)");

    /** All of them, the oldest first. */
    static List<Migration> all() {
        return SCRIPTS.stream().map(Migration::load).toList();
    }

    private static Migration load(String script) {
        Matcher name = NAME.matcher(script);
        try (InputStream file = Migration.class.getResourceAsStream("migration/" + script)) {
            if (file == null || !name.matches()) {
                throw new IllegalStateException(script + " is not on the class path");
            }
            return new Migration(
                    Integer.parseInt(name.group(1)),
                    name.group(2).replace('_', ' '),
                    script,
                    new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** For people and for other programs, with what writes it into the history as Flyway would have. */
    String sql() {
        return """
                -- %s

                %s
                %s;
                """.formatted(script, IGNORE_MARK.matcher(text).replaceAll("").strip(), historySql());
    }

    /** Writes it into the history as Flyway would have. */
    String historySql() {
        return """
                insert into flashsale_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                  select coalesce(max(installed_rank), 0) + 1, '%d', '%s', 'SQL', '%s', %d, left(current_user(), 100), 0, true
                  from flashsale_schema_history""".formatted(version, description, script, checksum());
    }

    /** As Flyway computes it: of the lines, without what ends them. */
    int checksum() {
        CRC32 crc = new CRC32();
        text.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    /** Its statements, in their order, without what is said of them. */
    List<MigrationStep> steps() {
        String sql = IGNORE_MARK.matcher(text).replaceAll("").replaceAll("(?m)^--.*\\R", "");
        return Stream.of(sql.split(";\\s*(\\R|$)", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .map(MigrationStep::new)
                .toList();
    }

    /** The tables that are made by it. */
    Stream<String> newTables() {
        return NEW_TABLE.matcher(text).results().map(table -> table.group(1));
    }
}
