package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.jdbc.testing.TestDatabase;
import dev.flashsale.adapter.rest.ContractProxy;
import dev.flashsale.app.database.Purpose;
import dev.flashsale.app.server.RunningFlashsale;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.testing.Examples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A crowd at the doors of two servers on one database. {@code -Dflashsale.rounds=20} makes it twenty rounds instead of
 * three.
 */
@Timeout(300)
class CrowdTest {

    private static final int BUYERS = 200;
    private static final int PIECES = 10;
    private static final int ROUNDS = Integer.getInteger("flashsale.rounds", 3);

    @Test
    void ofManyBuyersExactlyAsManyHoldAsThereArePieces() throws Exception {
        TestDatabase database = TestDatabase.get().withNewSchema();
        List<String> settings = List.of(
                "--flashsale.database.url=" + database.url() + "?allowPublicKeyRetrieval=true",
                "--flashsale.database.username=" + database.username(),
                "--flashsale.database.password=" + database.password(),
                "--flashsale.webhook.unsigned=accept",
                "--flashsale.http.host=127.0.0.1",
                "--flashsale.http.port=0");
        try (RunningFlashsale first = RunningFlashsale.withServer(Purpose.SERVE, settings);
                RunningFlashsale second = RunningFlashsale.withServer(Purpose.SERVE, settings);
                ContractProxy firstDoor = ContractProxy.before(first.port());
                ContractProxy secondDoor = ContractProxy.before(second.port())) {
            for (int round = 0; round < ROUNDS; round++) {
                ProductId product = Examples.newProductId();
                assertThat(first.flashsale().products().put(Examples.product(product), PIECES))
                        .isNotNull();

                Map<Integer, Integer> answers = rush(product, List.of(firstDoor.port(), secondDoor.port()));

                assertThat(answers).containsExactlyInAnyOrderEntriesOf(Map.of(201, PIECES, 409, BUYERS - PIECES));
                AuditReport report = second.flashsale().audits().audit();
                assertThat(report.clean()).as("%s", report).isTrue();
                assertThat(report.products())
                        .filteredOn(row -> row.productId().equals(product))
                        .singleElement()
                        .satisfies(row -> assertThat(row.held()).isEqualTo(PIECES));
            }
        }
    }

    private static Map<Integer, Integer> rush(ProductId product, List<Integer> ports) throws Exception {
        CountDownLatch doors = new CountDownLatch(1);
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> buyers = new ArrayList<>();
            for (int i = 0; i < BUYERS; i++) {
                Callable<Integer> buyer = buyer(client, product, ports.get(i % ports.size()), doors);
                buyers.add(crowd.submit(buyer));
            }
            doors.countDown();
            Map<Integer, Integer> answers = new TreeMap<>();
            for (Future<Integer> buyer : buyers) {
                answers.merge(buyer.get(), 1, Integer::sum);
            }
            return answers;
        }
    }

    /** Asks until it is told something else than to come back. */
    private static Callable<Integer> buyer(HttpClient client, ProductId product, int port, CountDownLatch doors) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/holds"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"product_id\":" + product + ",\"quantity\":1}"))
                .build();
        return () -> {
            doors.await();
            int status;
            do {
                status = client.send(request, BodyHandlers.discarding()).statusCode();
            } while (status == 503);
            return status;
        };
    }
}
