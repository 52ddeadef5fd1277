package dev.flashsale.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The assembled program, on its embedded database, over HTTP. */
class OutOfTheBoxIT {

    private static final String FOLDER = "--embedded-folder=target/embedded";

    @Test
    void the_whole_life_cycle_is_as_promised_and_the_audit_adds_up() {
        // when
        StringWriter out = new StringWriter();
        int status = run(out, "test-flow", "--json", FOLDER);

        // then
        JsonNode document = new JsonMapper().readTree(out.toString());
        assertThat(document.get("steps")).allMatch(step -> step.get("ok").asBoolean(), "ok");
        assertThat(document.get("audit").get("ok").asBoolean()).isTrue();
        assertThat(status).isZero();
    }

    @Test
    void a_product_is_put_on_sale_and_audited() {
        // when
        List<Integer> statuses = List.of(
                run(new StringWriter(), "migrate", FOLDER),
                run(new StringWriter(), "seed", "--product-id=7", "--stock=12", "--name=Shirt", FOLDER));
        StringWriter audit = new StringWriter();
        int status = run(audit, "audit", "--json", FOLDER);

        // then
        assertThat(statuses).containsOnly(0);
        assertThat(status).isZero();
        assertThat(audit.toString()).contains("{\"product_id\":7,\"total\":12,\"available\":12,");
    }

    private static int run(StringWriter out, String... arguments) {
        CommandLine line = CommandLineInterface.commandLine();
        line.setOut(new PrintWriter(out, true));
        return line.execute(arguments);
    }
}
