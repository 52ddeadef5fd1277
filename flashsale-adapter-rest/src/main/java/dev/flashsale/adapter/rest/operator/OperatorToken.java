package dev.flashsale.adapter.rest.operator;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Filter;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Route;
import dev.flashsale.domain.Text;
import dev.flashsale.domain.operator.Cause;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secrets by which an operator is known, several so that one can take the place of another. Without one nobody is an
 * operator. Each is given in clear, or as {@code sha256:} and the 64 hexadecimal digits of its hash.
 */
public final class OperatorToken implements Filter {

    public static final String REASON = "reason";
    public static final String OPERATOR = "operator";

    /** The fields that say why, and who. */
    public static final Set<String> CAUSE = Set.of(REASON, OPERATOR);

    private static final int NAME_MAX_LENGTH = 60;
    private static final int FINGERPRINT_BYTES = 4;
    private static final String SCHEME = "Bearer ";
    private static final String HASHED = "sha256:";
    private static final Pattern HASH = Pattern.compile(HASHED + "[0-9a-fA-F]{64}");

    private final List<byte[]> hashes;

    public OperatorToken(List<String> tokens) {
        this.hashes = tokens.stream().map(OperatorToken::hashOf).toList();
    }

    /** Whether this can be a token: not blank, and a whole hash if it is one. */
    public static boolean takes(String token) {
        return !token.isBlank()
                && (!token.startsWith(HASHED) || HASH.matcher(token).matches());
    }

    /** Takes as long whichever token it is, and however much of it is right. */
    public boolean isShownBy(Request request) {
        byte[] shown = hashShownBy(request);
        boolean any = false;
        for (byte[] hash : hashes) {
            any |= MessageDigest.isEqual(shown, hash);
        }
        return any;
    }

    /** Lets an operator go on, and throws {@link Refused} for anybody else. */
    @Override
    public Answer answer(Request request, Route route) {
        require(request);
        return route.answer(request);
    }

    /** Returns if an operator asks, and throws {@link Refused} for anybody else. */
    public void require(Request request) {
        if (hashes.isEmpty()) {
            throw refused(
                    "This server has no operator token, so nobody is an operator."
                            + " Set flashsale.operator.token, or FLASHSALE_OPERATOR_TOKEN in its environment, and start it again.");
        }
        if (!isShownBy(request)) {
            throw refused("This takes the header 'Authorization: Bearer …' with a token of the operator's.");
        }
    }

    /**
     * On whose word and why something is done, as the records have it: the token by the first digits of its hash, after
     * the name in {@code operator} if the body has one, and what the body has for {@code reason}.
     */
    public Cause cause(Request request, JsonBody body) {
        return cause(request, body, body.string(REASON, OperatorToken::reason));
    }

    /** The same, where the reason goes without saying. */
    public Cause cause(Request request, JsonBody body, String reason) {
        String token = "token " + HexFormat.of().formatHex(hashShownBy(request), 0, FINGERPRINT_BYTES);
        return new Cause(
                body.optionalString(OPERATOR, name -> Text.line(OPERATOR, name, NAME_MAX_LENGTH))
                        .map(name -> name + " (" + token + ")")
                        .orElse(token),
                body.optionalString(REASON, OperatorToken::reason).orElse(reason));
    }

    private static String reason(String text) {
        return Text.line(REASON, text, Cause.REASON_MAX_LENGTH);
    }

    private static byte[] hashShownBy(Request request) {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> sha256(value.substring(SCHEME.length())))
                .orElseGet(() -> new byte[0]);
    }

    private static Refused refused(String detail) {
        return new Refused(ProblemDocument.of(Problem.OPERATOR_TOKEN_REQUIRED, detail));
    }

    private static byte[] hashOf(String token) {
        return token.startsWith(HASHED)
                ? HexFormat.of().parseHex(token, HASHED.length(), token.length())
                : sha256(token);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
