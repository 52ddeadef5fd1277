package dev.flashsale.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is called wrongly ends with 2 and one line that says what is allowed, in no words of Java's. */
class WrongCallsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sell                                                    | sell
            serve --http-prot 1                                     | --http-prot
            serve --http-port                                       | --http-port
            serve --http-port abc                                   | flashsale.http.port is 'abc', allowed is a whole number from 0 to 65535
            serve --http-port 70000                                 | is '70000', allowed is
            serve --hold-ttl 5x                                     | flashsale.hold.ttl is '5x', allowed is a duration
            serve --hold-ttl soon                                   | is 'soon'
            serve --metrics-access nobody                           | is 'nobody', allowed is operator or open or off
            serve --limit-address 20                                | is '20'
            serve --config nowhere.yml                              | There is no file nowhere.yml
            serve --database-url jdbc:mysql://db:3306/shop          | FLASHSALE_WEBHOOK_SECRET
            serve --database-url mysql://db --webhook-unsigned accept | jdbc:mysql://
            doctor --database-patience never                        | is 'never'
            migrate --from 3                                        | --from goes with --print
            migrate --print --from 99                               | not 99
            migrate --print --from x                                | --from is 'x', allowed is a whole number
            seed --product-id 1                                     | --stock
            seed --product-id 0 --stock 3                           | --product-id is '0', allowed is a whole number of 1 or more
            seed --product-id one --stock 3                         | --product-id is 'one'
            seed --product-id 1 --stock -1                          | --stock is '-1', allowed is a whole number from 0
            seed --product-id 1 --stock 99999999999                 | --stock is '99999999999'
            seed --product-id 1 --stock 1 --price 1,50              | --price is '1,50', allowed is an amount such as 10.00
            seed --product-id 1 --stock 1 --price ten               | --price is 'ten'
            seed --product-id 1 --stock 1 --price 1.505             | with at most 2 decimals in EUR
            seed --product-id 1 --stock 1 --price -1                | --price is '-1'
            seed --product-id 1 --stock 1 --currency euro           | --currency is 'euro', allowed is a code of ISO 4217 such as EUR
            seed --product-id 1 --stock 1 --name ''                 | --name is ''
            seed --product-id 1 --stock 1 --max-per-hold 0          | --max-per-hold is '0'
            seed --product-id 1 --stock 1 --max-per-customer 0      | --max-per-customer is '0'
            seed --product-id 1 --stock 1 --sale-starts-at tomorrow | is 'tomorrow', allowed is a moment such as 2026-11-27T08:00:00Z
            seed --product-id 1 --stock 1 --sale-ends-at +10000-01-01T00:00:00Z | --sale-ends-at is '+10000-01-01T00:00:00Z'
            seed --product-id 1 --stock 1 --sale-starts-at 2026-11-28T08:00:00Z --sale-ends-at 2026-11-27T08:00:00Z | a moment after --sale-starts-at
            audit --apply                                           | --apply goes with --repair
            purge                                                   | --older-than
            purge --older-than 1h                                   | --older-than is '1h', allowed is a duration of 1d or more
            purge --older-than old                                  | --older-than is 'old', allowed is a duration
            purge --older-than 30d --batch 0                        | --batch is '0', allowed is a whole number from 1 to 10000
            purge --older-than 30d --pause -1s                      | --pause is
            forget-customer --customer-id c-1                       | --reason
            forget-customer --customer-id '' --reason x             | --customer-id is '', allowed is 1 to 128 visible ASCII characters
            forget-customer --customer-id c-1 --reason ''           | --reason is ''
            test-flow --url localhost:8080                          | --url is 'localhost:8080', allowed is a URL such as http://localhost:8080
            test-flow --url http://                                 | --url is 'http://'
            test-flow --patience long                               | --patience is 'long'
            listen --url localhost:8080                             | --url is 'localhost:8080', allowed is a URL such as http://localhost:8080
            listen --kinds order.eaten                              | --kinds is 'order.eaten', allowed is kinds with commas between, such as order.paid
            listen --kinds order.paid                               | FLASHSALE_OPERATOR_TOKEN
            listen --forward-to ftp://127.0.0.1/                    | --forward-to is 'ftp://127.0.0.1/', allowed is a URL such as
            listen --forward-to localhost:3000                      | --forward-to is 'localhost:3000', allowed is
            listen --forward-to http://224.0.0.1/                   | --forward-to is
            listen --forward-to http://127.0.0.1/ --secret hidden   | --secret is wrong (not shown), allowed is whsec_
            bench --seconds 0                                       | --seconds is '0', allowed is a whole number from 1 to 3600
            bench --callers many                                    | --callers is 'many'
            bench --rows foo                                        | --rows is 'foo', allowed are
            bench --json nowhere/bench.json                         | --json: cannot write
            settings --http-port abc                                | is 'abc'
            settings --config nowhere.yml                           | nowhere.yml
            """)
    void is_one_line_and_status_2(String arguments, String says) {
        // given
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLineInterface.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));

        // when
        int status = line.execute(arguments.replace("\'\'", "").split(" ", -1));

        // then
        assertThat(err.toString().strip()).contains(says).hasLineCount(1);
        assertThat(err.toString())
                .doesNotContainPattern(
                        "(java|sun|org|picocli)\\.[a-z]|Exception|BigDecimal|Instant|Duration\\b|\\bPT\\d");
        assertThat(out.toString()).isEmpty();
        assertThat(status).isEqualTo(2);
    }
}
