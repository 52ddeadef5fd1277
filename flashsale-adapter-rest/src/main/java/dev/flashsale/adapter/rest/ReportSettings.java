package dev.flashsale.adapter.rest;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How what gateways report is understood.
 *
 * @param failedKeeps whether an order goes on waiting after a failure that does not say whether it is the last one; else
 *     its pieces return
 * @param underWay what gateways say of a transaction that is not decided: recorded, and nothing comes of it. Anything else
 *     that is not known is refused
 */
public record ReportSettings(boolean failedKeeps, Set<String> underWay) {

    public static final int MAX_UNDER_WAY = 100;

    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,40}");

    public ReportSettings {
        underWay = Set.copyOf(underWay);
        if (underWay.size() > MAX_UNDER_WAY) {
            throw new IllegalArgumentException("words for what is under way must be at most " + MAX_UNDER_WAY);
        }
        if (!underWay.stream().allMatch(ReportSettings::isWord)) {
            throw new IllegalArgumentException(
                    "words for what is under way must be of lower-case letters, digits and _, were " + underWay);
        }
    }

    /** Whether this can be such a word: up to 40 lower-case letters, digits and _. */
    public static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    /** A failure ends its order, and what the usual gateways call what is under way is known. */
    public static ReportSettings defaults() {
        return new ReportSettings(false, Set.of("pending", "processing", "requires_action"));
    }
}
