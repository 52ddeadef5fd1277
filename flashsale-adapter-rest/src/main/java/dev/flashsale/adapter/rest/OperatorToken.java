package dev.flashsale.adapter.rest;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The secret by which an operator is known. Without one nobody is an operator. */
final class OperatorToken {

    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> token;

    OperatorToken(Optional<String> token) {
        this.token = token.map(OperatorToken::bytes);
    }

    /** Compares in a time that does not depend on how much of the token is right. */
    boolean isShownBy(ServerRequest request) {
        return token.isPresent()
                && request.headers()
                        .first(HeaderNames.AUTHORIZATION)
                        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                        .map(value -> bytes(value.substring(SCHEME.length())))
                        .filter(shown -> MessageDigest.isEqual(shown, token.get()))
                        .isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
