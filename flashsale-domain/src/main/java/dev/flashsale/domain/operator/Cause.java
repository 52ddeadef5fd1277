package dev.flashsale.domain.operator;

/**
 * On whose word something is changed, and why.
 *
 * <p>Refuses what is blank, too long or has control characters with an {@link IllegalArgumentException}.
 *
 * @param operator 1 to {@value #OPERATOR_MAX_LENGTH} characters
 * @param reason 1 to {@value #REASON_MAX_LENGTH} characters
 */
public record Cause(String operator, String reason) {

    public static final int OPERATOR_MAX_LENGTH = 100;
    public static final int REASON_MAX_LENGTH = 500;

    /** A program that does not say who runs it: the command line, or one that embeds the library. */
    public static final Cause PROGRAM = new Cause("program", "put");

    public Cause {
        operator = line("operator", operator, OPERATOR_MAX_LENGTH);
        reason = line("reason", reason, REASON_MAX_LENGTH);
    }

    /** That text, if it is a line of 1 to that many characters. */
    public static String line(String name, String text, int maxLength) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > maxLength) {
            throw new IllegalArgumentException(name + " must have 1 to " + maxLength + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must not contain control characters");
        }
        return text;
    }
}
