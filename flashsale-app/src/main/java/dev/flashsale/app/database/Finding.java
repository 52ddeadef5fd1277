package dev.flashsale.app.database;

/**
 * What was looked at on a server.
 *
 * @param seen its value, for people
 * @param advice what to change; empty where nothing needs to be
 */
public record Finding(String what, String seen, Severity severity, String advice) {

    /** How bad it is. */
    public enum Severity {
        OK,
        /** It sells, and something that is promised may not be kept. */
        WARN,
        /** It would sell wrongly, or not at all. */
        REFUSE
    }

    static Finding ok(String what, String seen) {
        return new Finding(what, seen, Severity.OK, "");
    }

    static Finding of(String what, String seen, Severity ifWrong, boolean right, String advice) {
        return right ? ok(what, seen) : new Finding(what, seen, ifWrong, advice);
    }
}
