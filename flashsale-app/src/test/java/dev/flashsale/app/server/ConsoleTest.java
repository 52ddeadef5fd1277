package dev.flashsale.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.browser.Chromium;
import dev.flashsale.app.browser.Tab;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.application.PageSize;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.webhook.EndpointOutcome;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The console in Chromium, while people buy. What it looks like is left in target/console; with {@code
 * -Dconsole.pictures=docs/pictures} the pictures of docs/console.md are made anew.
 */
@Timeout(180)
class ConsoleTest {

    private static final String TOKEN = "correct-horse-battery-staple";
    private static final Path PICTURES =
            Path.of("..").resolve(System.getProperty("console.pictures", "flashsale-app/target/console"));

    private static RunningFlashsale server;
    private static Buyers buyers;
    private static Chromium browser;
    private static Tab looking;

    @BeforeAll
    static void sell(@TempDir Path profile) throws Exception {
        Optional<Path> chromium = Chromium.find();
        assumeTrue(chromium.isPresent(), "Chromium is needed: apt-get install chromium");
        TestDatabase database = TestDatabase.get().withNewSchema();
        server = RunningFlashsale.withServer(
                Purpose.SERVE,
                List.of(
                        "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                        "--flashsale.database.username=" + database.username(),
                        "--flashsale.database.password=" + database.password(),
                        "--flashsale.webhook.unsigned=accept",
                        "--flashsale.operator.token=" + TOKEN,
                        "--flashsale.http.host=127.0.0.1",
                        "--flashsale.http.port=0"));
        put(1, "Limited sneaker", "129.00", 3_000, SaleRules.NONE);
        put(2, "Tour jacket", "89.50", 1_200, new SaleRules(4, 8, SaleWindow.ALWAYS));
        put(3, "Signed print", "45.00", 40, SaleRules.NONE);
        put(
                4,
                "Second drop",
                "149.00",
                500,
                new SaleRules(2, null, new SaleWindow(Instant.parse("2999-01-01T08:00:00Z"), null)));
        put(5, "To be closed", "10.00", 20, SaleRules.NONE);
        // Nothing is sent to this machine, so it is one that takes nothing.
        assertThat(server.flashsale()
                        .operator(new Cause("ann", "for the warehouse"))
                        .createEndpoint(URI.create("https://127.0.0.1/hook"), EventKind.of(List.of("order.*"))))
                .isInstanceOf(EndpointOutcome.Done.class);
        server.flashsale().events().refresh();
        buyers = new Buyers(url(), 3, 6);
        // Money to give back: of an order that is paid twice.
        String paid = buyers.order(buyers.hold(5, "c-twice"));
        assertThat(buyers.pay(paid, "tx-first")).contains("applied");
        assertThat(buyers.pay(paid, "tx-second")).contains("refund_required");
        assertThat(buyers.pay("1000000", "tx-early")).contains("kept");
        assertThat(buyers.order(buyers.hold(5, "c-waits"))).isNotEmpty();
        browser = new Chromium(chromium.get(), profile);
        looking = entered("#/log");
    }

    private static void put(int id, String name, String price, int total, SaleRules rules) {
        Product product =
                new Product(new ProductId(id), name, new Money(new BigDecimal(price), Currency.getInstance("EUR")));
        assertThat(server.flashsale().products().put(product, total, rules)).isNotNull();
    }

    @AfterAll
    static void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (buyers != null) {
            buyers.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** As somebody does who has no mouse. */
    private static Tab entered(String view) throws Exception {
        Tab tab = browser.newTab();
        tab.size(1280, 900);
        tab.go(url() + "/console" + view);
        tab.await("document.activeElement.id === 'token'");
        tab.type(TOKEN);
        tab.press("Enter");
        tab.await("document.querySelector('nav a[aria-current]') || location.hash");
        tab.await("document.querySelector('main h1') && !document.querySelector('#token')");
        return tab;
    }

    private static void requireNothingWrong(Tab tab) {
        assertThat(tab.problems()).as("what the browser has against the page").isEmpty();
        assertThat(tab.asked())
                .as("what was asked for")
                .isNotEmpty()
                .allMatch(asked -> asked.startsWith(url() + "/"))
                .noneMatch(asked -> asked.contains(TOKEN));
    }

    @Test
    void a_token_that_is_not_known_is_refused_and_one_that_is_lets_in_until_it_is_forgotten() throws Exception {
        Tab tab = browser.newTab();
        tab.go(url() + "/console");
        tab.await("document.activeElement.id === 'token'");
        tab.type("a guess");
        tab.press("Enter");
        tab.await("document.querySelector('[role=alert]')");
        assertThat(tab.text()).contains("with a token of the operator's").doesNotContain("Limited sneaker");
        assertThat(tab.eval("sessionStorage.length").asInt()).isZero();
        // The browser tells of each 401 by itself.
        assertThat(tab.problems()).allMatch(problem -> problem.contains("401"));
        tab.forgetProblems();

        tab.eval("document.activeElement.select()");
        tab.type(TOKEN);
        tab.press("Enter");
        tab.await("document.body.innerText.includes('Limited sneaker')");
        assertThat(tab.eval("location.href + document.cookie + JSON.stringify(localStorage)")
                        .asString())
                .doesNotContain(TOKEN);
        requireNothingWrong(tab);

        tab.tabTo("Forget the token");
        tab.press("Enter");
        tab.await("document.activeElement.id === 'token'");
        assertThat(tab.text()).doesNotContain("Limited sneaker");
        assertThat(tab.eval("JSON.stringify(sessionStorage)").asString()).doesNotContain(TOKEN);
        requireNothingWrong(tab);
    }

    @Test
    void a_sale_is_closed_by_keyboard_after_the_page_has_said_what_will_happen() throws Exception {
        Tab tab = entered("#/product/5");
        tab.tabTo("Close the sale");

        // when: why, and then what will happen
        tab.press("Enter");
        tab.await("document.activeElement.id === 'field-reason'");
        tab.press("Enter");
        assertThat(tab.focused()).as("without a reason it goes no further").contains("Reason");
        tab.type("a wrong price");
        tab.press("Tab");
        tab.type("ann");
        tab.press("Enter");
        tab.await("document.activeElement.id === 'dialog-title' && document.querySelector('dialog .will')");
        assertThat(tab.text())
                .contains("Nobody gets a new hold from this moment on", "can still be paid", "a wrong price", "by ann");
        assertThat(logged()).as("nothing happens before that is confirmed").doesNotContain(Action.SALE_CLOSED);
        tab.photograph(PICTURES.resolve("console-confirmation.webp"));
        axe(tab);
        tab.tabTo("Close the sale now");
        tab.press("Enter");

        // then
        tab.await(
                "!document.querySelector('dialog') && document.getElementById('told').innerText.includes('is closed')");
        tab.await("document.querySelector('.badge.bad')");
        assertThat(tab.text()).contains("Open the sale");
        assertThat(server.flashsale()
                        .lists()
                        .operatorLog(Optional.empty(), Optional.empty(), PageSize.DEFAULT)
                        .items())
                .first()
                .satisfies(row -> {
                    assertThat(row.entry().action()).isEqualTo(Action.SALE_CLOSED);
                    assertThat(row.entry().cause().reason()).isEqualTo("a wrong price");
                    assertThat(row.entry().cause().operator()).startsWith("ann (token ");
                });
        requireNothingWrong(tab);
    }

    private static List<Action> logged() {
        return server
                .flashsale()
                .lists()
                .operatorLog(Optional.empty(), Optional.empty(), PageSize.DEFAULT)
                .items()
                .stream()
                .map(row -> row.entry().action())
                .toList();
    }

    @Test
    void what_the_server_refuses_is_said_where_it_was_asked_for_and_escape_leaves() throws Exception {
        Tab tab = entered("#/product/3");
        tab.tabTo("Adjust stock");
        tab.press("Enter");
        tab.await("document.activeElement.id === 'field-stock'");
        tab.eval("document.activeElement.select()");
        tab.type("0");
        tab.press("Tab");
        tab.type("a try");
        tab.press("Enter");
        tab.await("document.querySelector('dialog .will')");
        tab.tabTo("Set the total");
        tab.press("Enter");
        tab.await("document.querySelector('dialog [role=alert]')");
        assertThat(tab.text()).contains("The stock can be", "now at the least");
        tab.press("Escape");
        tab.await("!document.querySelector('dialog')");
        assertThat(tab.problems()).allMatch(problem -> problem.contains("409"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/",
                "#/product/1",
                "#/orders/1",
                "#/customers/c-waits",
                "#/money",
                "#/audit",
                "#/log",
                "#/webhooks"
            })
    void every_view_is_for_everybody_in_light_and_dark_and_on_a_phone(String view) throws Exception {
        Tab tab = looking;
        tab.dark(false);
        tab.size(1280, 1000);
        tab.eval("location.hash = '" + view + "'");
        tab.await(
                switch (view) {
                    case "#/" ->
                        "document.querySelectorAll('tbody .bar').length >= 3 && /[1-9]/.test(document.querySelector('.tile dd').innerText)";
                    case "#/product/1" ->
                        "/[1-9]/.test(document.querySelectorAll('.tile dd')[5].innerText) && document.querySelector('main td')";
                    case "#/audit" -> "document.body.innerText.includes('Everything adds up')";
                    case "#/orders/1" -> "document.querySelector('main dl.facts')";
                    case "#/webhooks" ->
                        "document.body.innerText.includes('order.placed')"
                                + " && (document.body.innerText.includes('Sent to endpoint 1')"
                                + " || (document.querySelector('main td button').click(), false))";
                    default -> "document.querySelector('main td')";
                });
        axe(tab);
        tab.photograph(PICTURES.resolve(name(view) + ".webp"));
        tab.dark(true);
        axe(tab);
        tab.photograph(PICTURES.resolve(name(view) + "-dark.webp"));
        tab.size(360, 740);
        // A chart gets its size a moment after the page has.
        tab.await("document.documentElement.scrollWidth <= 360");
        tab.photograph(PICTURES.resolve(name(view) + "-phone.webp"));
        requireNothingWrong(tab);
    }

    private static String name(String view) {
        String name = view.replaceAll("[^a-z]+", " ").strip().split(" ")[0];
        return "console-" + (name.isEmpty() ? "sales" : name);
    }

    /** By axe-core, against what WCAG 2.2 asks at A and AA. */
    private static void axe(Tab tab) throws Exception {
        if (!tab.eval("'axe' in window").asBoolean()) {
            try (InputStream script = Objects.requireNonNull(ConsoleTest.class.getResourceAsStream("/axe.min.js"))) {
                tab.eval(new String(script.readAllBytes(), UTF_8) + "; 0");
            }
        }
        String found = tab.eval("""
                        axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(result =>
                          result.violations.map(one => one.id + ": " + one.help + " " +
                            one.nodes.map(node => node.html + " " + node.failureSummary).join("\\n")).join("\\n"))
                        """).asString();
        assertThat(found).as("what axe found").isEmpty();
    }
}
