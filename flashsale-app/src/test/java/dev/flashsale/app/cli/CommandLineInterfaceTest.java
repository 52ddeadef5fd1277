package dev.flashsale.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.app.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineInterfaceTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void without_a_command_it_shows_its_help() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("serve", "doctor", "migrate", "seed", "audit", "test-flow");
    }

    @Test
    void every_setting_is_in_the_help_of_serve_and_in_the_list() {
        // given
        String[] flags = Arrays.stream(Setting.values()).map(Setting::flag).toArray(String[]::new);

        // then
        assertThat(run("help", "serve")).isZero();
        assertThat(out.toString()).contains(flags);
        assertThat(SettingsCommand.markdown()).contains(flags);
    }

    @Test
    void a_wrong_flag_is_one_line_and_status_2() {
        assertThat(run("serve", "--hold-tll=5s")).isEqualTo(2);
        assertOneLine("--hold-tll", "--help");
    }

    @Test
    void an_impossible_product_is_one_line_and_status_2() {
        assertThat(run("seed", "--product-id=1", "--stock=-1")).isEqualTo(2);
        assertOneLine("--stock is '-1', allowed is a whole number from 0 to 1000000000");
    }

    @Test
    void the_sql_of_the_tables_is_shown_without_a_database() {
        assertThat(run("migrate", "--print")).isZero();
        assertThat(out.toString()).isEqualTo(Schema.sql()).contains("create table flashsale_hold (");
    }

    @Test
    void the_sql_that_an_earlier_version_lacks_is_shown_without_the_rest() {
        assertThat(run("migrate", "--print", "--from=6")).isZero();
        assertThat(out.toString()).isEqualTo(Schema.sql(6)).doesNotContain("create table flashsale_hold (");
    }

    @Test
    void sql_from_a_version_that_there_is_not_is_one_line_and_status_2() {
        assertThat(run("migrate", "--print", "--from=99")).isEqualTo(2);
        assertOneLine("--from must be 0 to " + Schema.version() + ", not 99");
    }

    @Test
    void sql_from_a_version_without_print_is_one_line_and_status_2() {
        assertThat(run("migrate", "--from=6")).isEqualTo(2);
        assertOneLine("--from goes with --print");
    }

    @Test
    void repairing_what_is_only_printed_is_one_line_and_status_2() {
        assertThat(run("migrate", "--print", "--repair")).isEqualTo(2);
        assertOneLine("--repair needs a database");
    }

    @Test
    void a_bad_value_is_one_line_and_status_2() {
        assertThat(run("migrate", "--database-pool-size=0")).isEqualTo(2);
        assertOneLine("flashsale.database.pool-size is '0'", "--database-pool-size");
    }

    @Test
    void a_database_that_does_not_answer_is_waited_for_in_bounds_and_is_one_line() throws IOException {
        // given
        int nobodyListens = freePort();

        // when
        int status = run(
                "migrate",
                "--database-url=jdbc:mysql://127.0.0.1:" + nobodyListens + "/shop",
                "--database-patience=1s");

        // then
        assertThat(status).isEqualTo(1);
        assertOneLine("127.0.0.1:" + nobodyListens, "check that it runs");
    }

    @Test
    void a_server_whose_webhooks_anybody_could_send_does_not_start_and_leaves_the_database_alone() throws IOException {
        assertThat(run("serve", "--database-url=jdbc:mysql://127.0.0.1:" + freePort() + "/shop"))
                .isEqualTo(2);
        assertOneLine("FLASHSALE_WEBHOOK_SECRET", "--webhook-unsigned=accept", "docs/webhooks.md");
    }

    @Test
    void a_secret_that_cannot_be_one_is_not_shown() {
        assertThat(run("serve", "--webhook-secret=hidden")).isEqualTo(2);
        assertOneLine("flashsale.webhook.secret is wrong (not shown)", "whsec_");
        assertThat(err.toString()).doesNotContain("hidden");
    }

    @Test
    void what_to_try_says_whether_webhooks_are_verified() {
        assertThat(welcome(false))
                .filteredOn(line -> line.startsWith("Webhooks are not verified"))
                .singleElement()
                .asString()
                .contains("FLASHSALE_WEBHOOK_SECRET");
        assertThat(welcome(true))
                .contains("Webhooks are verified.")
                .noneMatch(line -> line.contains("curl") && line.contains("/api/payments/webhook"));
    }

    private static List<String> welcome(boolean verifiesWebhooks) {
        Welcome.Program program = new Welcome.Program("java -jar flashsale-app.jar", "", false);
        return new Welcome("http://localhost:8080", "a database", verifiesWebhooks, Optional.empty(), program).lines();
    }

    @Test
    void the_settings_in_force_are_shown_with_where_each_comes_from_and_without_secrets(@TempDir Path folder)
            throws IOException {
        // given
        Path file = Files.writeString(
                folder.resolve("shop.yml"),
                "flashsale:\n  hold:\n    ttl: 5s\n  operator:\n    token:\n    - first-secret\n    - second\n");

        // when
        int status = run(
                "settings",
                "--config=" + file,
                "--http-port=9090",
                "--database-url=jdbc:mysql://me:hidden@db:3306/shop?password=hidden&sslMode=DISABLED");

        // then
        assertThat(status).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(Setting.values().length)
                .contains(
                        "flashsale.http.port 9090 --http-port",
                        "flashsale.http.host 0.0.0.0 default",
                        "flashsale.batch.size 512 default",
                        "flashsale.webhook.secret – default",
                        "flashsale.database.url jdbc:mysql://(not shown)@db:3306/shop?password=(not shown)&sslMode=DISABLED"
                                + " --database-url")
                .contains(
                        "flashsale.hold.ttl 5s " + file + ", line 3",
                        "flashsale.operator.token set (not shown) " + file + ", line 6");
        assertThat(out.toString()).doesNotContain("hidden", "first-secret");
    }

    @Test
    void a_line_that_starts_this_program_again_is_one_word_for_a_shell_where_it_must_be() {
        assertThat(ThisProgram.quoted("/opt/shop-1/flashsale-app.jar")).isEqualTo("/opt/shop-1/flashsale-app.jar");
        assertThat(ThisProgram.quoted("/my folder/it's \"q\"")).isEqualTo("'/my folder/it'\\''s \"q\"'");
        assertThat(ThisProgram.command()).contains("bin/java", " -cp ", "dev.flashsale.app.Main");
    }

    @Test
    void a_port_that_is_taken_is_found_before_a_database_is_made(@TempDir Path folder) throws IOException {
        // given
        Path embedded = folder.resolve("embedded");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // when
            int status = run("serve", "--embedded-folder=" + embedded, "--http-port=" + taken.getLocalPort());

            // then
            assertThat(status).isEqualTo(1);
            assertOneLine("127.0.0.1:" + taken.getLocalPort(), "--http-port");
            assertThat(embedded).doesNotExist();
        }
    }

    @Test
    void a_setting_that_does_not_exist_is_named_with_its_place(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("shop.yml"), "flashsale:\n  hold:\n    tll: 5s\n");

        // then
        assertThat(run("migrate", "--config=" + file)).isEqualTo(2);
        assertOneLine("flashsale.hold.tll", "shop.yml");
    }

    @Test
    void a_file_that_is_not_yaml_is_one_line(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("shop.yml"), "flashsale: [\n");

        // then
        assertThat(run("migrate", "--config=" + file)).isEqualTo(2);
        assertOneLine("not valid YAML");
    }

    @Test
    void a_flag_wins_over_the_file(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("shop.yml"), "flashsale.database.pool-size: 0\n");

        // when
        int status = run("migrate", "--config=" + file, "--database-pool-size=1", "--database-url=jdbc:mariadb://x/y");

        // then
        assertThat(status).isEqualTo(2);
        assertOneLine("does not begin with jdbc:mysql://");
    }

    @Test
    void the_doctor_tells_of_each_thing_and_of_a_database_that_is_not_there_what_to_do() throws IOException {
        int status = run(
                "doctor",
                "--database-url=jdbc:mysql://127.0.0.1:" + freePort() + "/shop",
                "--database-patience=1s",
                "--http-port=0");

        assertThat(status).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "✗ database",
                        "check that it runs",
                        "✗ webhooks",
                        "FLASHSALE_WEBHOOK_SECRET",
                        "✓ port",
                        "✓ Java")
                .endsWith("change what is marked ✗." + System.lineSeparator());
    }

    @Test
    void the_doctor_finds_a_port_that_is_taken_before_a_server_does() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("doctor", "--json", "--http-host=127.0.0.1", "--http-port=" + taken.getLocalPort()))
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .startsWith("{\"ok\":false,")
                .contains(
                        "{\"what\":\"port\",",
                        "\"severity\":\"refuse\"",
                        "\"what\":\"database\",\"seen\":\"the embedded");
    }

    @Test
    void a_server_that_is_not_there_is_one_line() throws IOException {
        assertThat(run("test-flow", "--url=http://127.0.0.1:" + freePort())).isEqualTo(1);
        assertOneLine("No Flashsale answers", "--url");
    }

    @Test
    void a_failure_that_nobody_thought_of_is_one_line_too() {
        assertThat(Failure.line(new IllegalStateException("wrapped", new RuntimeException("first\n second"))))
                .startsWith("Flashsale failed: first second")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        CommandLine line = CommandLineInterface.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString()).contains(parts).endsWith(System.lineSeparator());
        assertThat(err.toString().strip()).hasLineCount(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
