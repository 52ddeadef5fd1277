package dev.flashsale.domain.operator;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.Text;

/**
 * On whose word something is changed, and why.
 *
 * <p>Refuses what is blank, too long or has control characters with an {@link InvalidValue}.
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
        operator = Text.line("operator", operator, OPERATOR_MAX_LENGTH);
        reason = Text.line("reason", reason, REASON_MAX_LENGTH);
    }
}
