package dev.flashsale.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.app.browser.Chromium;
import dev.flashsale.app.browser.Tab;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/examples/shop.html in Chromium, served from another origin than the API. Screenshots are in target/shop. */
@Timeout(120)
class ShopPageTest {

    private static final Path SHOTS = Path.of("target/shop");
    /** It can be pressed, and is there: before the product is known, it is not. */
    private static final String FREE = "(e => !e.disabled && e.offsetParent !== null)(document.querySelector('#hold'))";

    private static HttpServer pages;
    private static RunningFlashsale server;
    private static String origin;

    private static Chromium browser;
    private static Tab page;

    private static final AtomicLong PRODUCTS = new AtomicLong();

    private final long product = PRODUCTS.incrementAndGet();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Optional<Path> chromium = Chromium.find();
        assumeTrue(chromium.isPresent(), "Chromium is needed: apt-get install chromium");
        browser = new Chromium(chromium.get(), folder);
        page = browser.newTab();
        byte[] page = Files.readAllBytes(Path.of("../docs/examples/shop.html"));
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        pages.start();
        origin = "http://127.0.0.1:" + pages.getAddress().getPort();
        TestDatabase database = TestDatabase.get().withNewSchema();
        server = RunningFlashsale.withServer(
                Purpose.SERVE,
                List.of(
                        "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                        "--flashsale.database.username=" + database.username(),
                        "--flashsale.database.password=" + database.password(),
                        "--flashsale.webhook.unsigned=accept",
                        "--flashsale.hold.ttl=40s",
                        "--flashsale.stream.interval=50ms",
                        "--flashsale.http.cors-origins=" + origin,
                        "--flashsale.http.host=127.0.0.1",
                        "--flashsale.http.port=0"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            browser.close();
            server.close();
            pages.stop(0);
        }
    }

    @Test
    void a_buyer_holds_extends_orders_and_pays_and_sees_what_others_do() throws Exception {
        onSale(10);
        page.size(390, 844);
        page.dark(false);
        open(url());
        page.await(text("stock") + " === '10 of 10 available' && " + text("line") + " === 'Live'");
        shot("available");

        HoldId others = hold(3);
        page.await(text("stock") + " === '7 of 10 available'");

        page.eval("document.querySelector('#quantity').value = '2'");
        page.click("#hold");
        page.await(text("held-title") + " === '2 reserved for you' && " + text("held-clock") + ".startsWith('0:')");
        page.await(text("stock") + " === '5 of 10 available'");
        assertThat(page.eval("document.activeElement.id").asString()).isEqualTo("held-title");
        shot("held");
        page.await("document.querySelector('#held-clock').textContent < '0:38'");
        page.click("#extend");
        page.await("document.querySelector('#extend').disabled && " + text("held-clock") + " >= '0:39'");

        open(url() + "&reloaded");
        page.await(text("held-title") + " === '2 reserved for you'");
        page.click("#order");
        page.await(text("ordered-title") + ".endsWith('waiting for your payment')");
        shot("ordered");
        page.click("#pay");
        page.await(text("ordered-title") + ".endsWith('is paid. Thank you!')");
        shot("paid");

        page.click("#again");
        server.flashsale().holds().release(others);
        page.await(text("stock") + " === '8 of 10 available' && " + FREE);
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void sold_out_is_seen_as_it_happens_and_its_end_too() throws Exception {
        onSale(6);
        page.size(390, 844);
        page.dark(true);
        open(url());
        page.await(text("stock") + " === '6 of 6 available' && " + FREE);

        HoldId most = hold(5);
        page.await(text("stock") + " === 'Only 1 of 6 available'");
        assertThat(page.eval("document.querySelectorAll('#quantity option').length")
                        .asInt())
                .isEqualTo(1);
        shot("few-dark");
        HoldId all = hold(1);
        page.await(text("stock") + " === 'Sold out' && " + text("hold") + " === 'Sold out' && !(" + FREE + ")");
        assertThat(page.eval(text("told")).asString()).isEqualTo("Sold out");
        shot("sold-out-dark");

        server.flashsale().holds().release(most);
        server.flashsale().holds().release(all);
        page.await(text("stock") + " === '6 of 6 available' && " + FREE);
        page.click("#hold");
        page.await(text("held-title") + " === '1 reserved for you'");
        shot("held-dark");
        page.click("#release");
        page.await(text("stock") + " === '6 of 6 available' && " + FREE);

        server.flashsale().operator(Cause.PROGRAM).close(new ProductId(product));
        page.await(text("stock") + " === 'The sale is over' && !(" + FREE + ")");
        page.size(1280, 900);
        page.dark(false);
        shot("over-wide");
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void somebody_faster_and_a_product_that_does_not_exist_are_told() throws Exception {
        onSale(1);
        page.size(390, 844);
        page.dark(false);
        open(url());
        page.await(FREE);
        // As on a page that has not yet heard of it.
        page.eval("stopListening()");
        assertThat(hold(1)).isNotNull();
        page.click("#hold");
        page.await(text("note") + ".startsWith('Others hold everything that is left')");
        shot("refused");

        // A page that is refused says so in the browser's console by itself.
        page.forgetProblems();
        open(origin + "/?api=http://127.0.0.1:" + server.port() + "&product=404");
        page.await(text("name") + " === 'This product does not exist'");
    }

    @Test
    void it_is_read_by_those_who_cannot_see_it() throws Exception {
        onSale(4);
        page.size(320, 640);
        page.dark(false);
        open(url());
        page.await(FREE);
        assertThat(page.eval("document.documentElement.scrollWidth").asInt())
                .as("nothing is beyond the edge of a small phone")
                .isLessThanOrEqualTo(320);
        assertThat(page.eval("[...document.querySelectorAll('button, select')].filter(e => e.offsetParent)"
                                + ".every(e => e.getBoundingClientRect().height >= 44)")
                        .asBoolean())
                .as("what is pressed is large enough")
                .isTrue();
        assertThat(page.accessible())
                .contains("heading Console", "button Reserve", "combobox Quantity", "main ")
                .contains("meter 4 of 4 available");
    }

    private void onSale(int pieces) {
        assertThat(server.flashsale().products().put(Examples.product(new ProductId(product)), pieces))
                .isNotNull();
    }

    private HoldId hold(int quantity) {
        HoldId id = server.flashsale().holds().newId();
        HoldRequest request = new HoldRequest(id, new ProductId(product), new Quantity(quantity));
        assertThat(server.flashsale().holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        return id;
    }

    private String url() {
        return origin + "/?api=http://127.0.0.1:" + server.port() + "&product=" + product;
    }

    /** Returns once the page before is gone, which would answer for this one. */
    private static void open(String url) throws Exception {
        page.go(url);
        page.await("location.href === '" + url + "' && document.readyState === 'complete'");
    }

    private static String text(String id) {
        return "document.querySelector('#" + id + "').textContent";
    }

    private static void shot(String name) throws Exception {
        page.photograph(SHOTS.resolve(name + ".webp"));
    }
}
