package dev.flashsale.app.flow;

import dev.flashsale.app.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server as its clients see it. */
final class Shop implements AutoCloseable {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

    private static final String WEBHOOK = "/api/payments/webhook";

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();
    private final String url;
    private final Optional<Gateway> gateway;
    private final Optional<String> operatorToken;

    /**
     * @param url without a slash at the end
     * @param gateway signs the webhooks; none if they are not signed
     * @param operatorToken none if the server has none or it is not known
     */
    Shop(String url, Optional<Gateway> gateway, Optional<String> operatorToken) {
        this.url = url;
        this.gateway = gateway;
        this.operatorToken = operatorToken;
    }

    /** Whether its webhooks are signed. */
    boolean signs() {
        return gateway.isPresent();
    }

    /** Whether it is known how to be an operator of it. */
    boolean isOperated() {
        return operatorToken.isPresent();
    }

    /** What an operator asks for, and why. */
    Answer operate(String path, Map<String, Object> body) {
        Map<String, Object> withReason = new HashMap<>(body);
        withReason.put("reason", "test-flow");
        return ask(path, withReason);
    }

    /** What an operator asks for without a reason. */
    Answer ask(String path, Map<String, Object> body) {
        return sendText(path, json.writeValueAsString(body), asOperator());
    }

    /** What an operator is shown. */
    Answer records(String path) {
        HttpRequest.Builder request = request(path).GET();
        asOperator().forEach(request::header);
        return send(request);
    }

    private Map<String, String> asOperator() {
        return operatorToken
                .map(token -> Map.of("Authorization", "Bearer " + token))
                .orElse(Map.of());
    }

    Answer product(long id) {
        return get("/api/products/" + id);
    }

    Answer hold(long productId, long quantity) {
        return post("/api/holds", Map.of("product_id", productId, "quantity", quantity));
    }

    /** Under an idempotency key. */
    Answer hold(long productId, long quantity, String key) {
        return sendText(
                "/api/holds",
                json.writeValueAsString(Map.of("product_id", productId, "quantity", quantity)),
                Map.of("Idempotency-Key", key));
    }

    /** One piece of each. */
    Answer holdAll(List<Long> productIds) {
        return post(
                "/api/holds",
                Map.of(
                        "items",
                        productIds.stream()
                                .map(id -> Map.of("product_id", id, "quantity", 1))
                                .toList()));
    }

    Answer viewHold(String holdId) {
        return get("/api/holds/" + holdId);
    }

    Answer release(String holdId) {
        return send(request("/api/holds/" + holdId).DELETE());
    }

    /** To that many pieces. */
    Answer change(String holdId, long quantity) {
        return send(request("/api/holds/" + holdId)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json.writeValueAsString(Map.of("quantity", quantity)))));
    }

    /** One that expires then. */
    Answer extend(String holdId, String expiresAt) {
        return post("/api/holds/" + holdId + "/extend", Map.of("expires_at", expiresAt));
    }

    Answer order(String holdId) {
        return post("/api/orders", Map.of("hold_id", holdId));
    }

    Answer viewOrder(long orderId, String holdId) {
        return get("/api/orders/" + orderId + "?hold_id=" + holdId);
    }

    Answer pay(Map<String, Object> report) {
        return webhook(json.writeValueAsString(report));
    }

    /** A webhook of the gateway's. */
    Answer webhook(String body) {
        return sendText(WEBHOOK, body, gateway.map(signer -> signer.sign(body)).orElse(Map.of()));
    }

    /** A webhook of anybody's. */
    Answer forgedWebhook(String body) {
        return postText(WEBHOOK, body);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /** What is told there, line by line, until it is closed; for so long at most. */
    BufferedReader listen(String path, Duration patience) {
        HttpRequest request = request(path).timeout(patience).GET().build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new Unexpected("GET " + path + ": expected 200, got " + response.statusCode());
            }
            InputStream body = response.body();
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> closeQuietly(body));
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        } catch (HttpTimeoutException e) {
            throw new Unexpected("GET " + path + " begins to tell of nothing within " + patience.toSeconds()
                    + " s: does a proxy hold it back?");
        } catch (IOException e) {
            throw new Problem("No Flashsale tells of " + url + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted at GET " + path, e);
        }
    }

    /** Whoever reads it then is told that it has ended. */
    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It had ended.
        }
    }

    Answer post(String path, Object body) {
        return postText(path, json.writeValueAsString(body));
    }

    Answer postText(String path, String body) {
        return sendText(path, body, Map.of());
    }

    private Answer sendText(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_PATIENCE);
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String line = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(line, response.statusCode(), type, read(response.body()));
        } catch (IOException e) {
            throw new Problem(
                    "No Flashsale answers at " + url + " (" + line + ": " + e + "): check --url and that it runs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted at " + line, e);
        }
    }

    JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException notJson) {
            return json.getNodeFactory().stringNode(body);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
