package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no JSON, sent to whatever takes a body. */
class MalformedJsonTest {

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void malformed_json_is_refused(String path, String name, byte[] body, String field) {
        Answer answer = send(path, body);

        Problems.assertProblemWithField(answer, 400, "malformed_json", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    static Stream<Arguments> malformed_json_is_refused() {
        return Bodies.VALID.keySet().stream().flatMap(path -> {
            String valid = Bodies.json(Bodies.VALID.get(path));
            String open = valid.substring(0, valid.length() - 1);
            String first = Bodies.VALID.get(path).keySet().iterator().next();
            return Stream.of(
                    arguments(path, "empty", "", "body"),
                    arguments(path, "blank", " \n\t", "body"),
                    arguments(path, "truncated", open, "body"),
                    arguments(path, "truncated string", "{\"" + first, "body"),
                    arguments(path, "truncated array", "[", "body"),
                    arguments(path, "trailing garbage", valid + "x", "body"),
                    arguments(path, "two values", valid + valid, "body"),
                    arguments(path, "trailing comma", open + ",}", "body"),
                    arguments(path, "single quotes", valid.replace('"', '\''), "body"),
                    arguments(path, "no quotes", "{a:1}", "body"),
                    arguments(path, "comment", "/**/" + valid, "body"),
                    arguments(path, "NaN", "{\"" + first + "\":NaN}", "body"),
                    arguments(path, "leading zero", "{\"" + first + "\":01}", "body"),
                    arguments(path, "plus", "{\"" + first + "\":+1}", "body"),
                    arguments(path, "word", "hello", "body"),
                    arguments(path, "form", "a=1&b=2", "body"),
                    arguments(path, "duplicate", open + ",\"" + first + "\":1}", first),
                    arguments(path, "unknown duplicate", open + ",\"x\":1,\"x\":1}", "x"),
                    arguments(path, "escaped duplicate", open + ",\"x\":1,\"\\u0078\":1}", "x"),
                    arguments(path, "nested duplicate", open + ",\"u\":[{\"y\":1,\"y\":1}]}", "y"),
                    arguments(path, "duplicate in array", "[{\"y\":1,\"y\":1}]", "y"),
                    arguments(path, "deep", open + ",\"u\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "body"),
                    arguments(path, "deep root", "[".repeat(8000) + "]".repeat(8000), "body"),
                    arguments(path, "byte order mark", "\uFEFF" + valid, "body"),
                    arguments(path, "raw NUL", open + ",\"u\":\"\0\"}", "body"),
                    arguments(path, "raw newline in a string", open + ",\"u\":\"\n\"}", "body"),
                    arguments(path, "bad escape", open + ",\"u\":\"\\x\"}", "body"),
                    arguments(path, "Latin-1", (open + ",\"u\":\"ä\"}").getBytes(ISO_8859_1), "body"),
                    arguments(path, "lone continuation", bytes(open + ",\"u\":\"", 0x80, "\"}"), "body"),
                    arguments(path, "overlong", bytes(open + ",\"u\":\"", 0xC0AF, "\"}"), "body"),
                    arguments(path, "surrogate", bytes(open + ",\"u\":\"", 0xEDA080, "\"}"), "body"),
                    arguments(path, "UTF-16", valid.getBytes(UTF_16), "body"),
                    arguments(path, "UTF-16LE", valid.getBytes(UTF_16LE), "body"));
        });
    }

    private Answer send(String path, byte[] body) {
        return service.send(HttpRequest.newBuilder(service.uri(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static Arguments arguments(String path, String name, String body, String field) {
        return arguments(path, name, body.getBytes(UTF_8), field);
    }

    private static Arguments arguments(String path, String name, byte[] body, String field) {
        return Arguments.of(path, name, body, field);
    }

    private static byte[] bytes(String before, int raw, String after) {
        String middle = new String(new BigInteger(Integer.toString(raw)).toByteArray(), ISO_8859_1);
        return (before + middle + after).getBytes(ISO_8859_1);
    }
}
