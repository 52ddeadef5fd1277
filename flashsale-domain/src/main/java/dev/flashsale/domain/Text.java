package dev.flashsale.domain;

/** What people write and read. */
public final class Text {

    private Text() {}

    /**
     * That text, if it is a line of 1 to that many characters of Unicode, neither blank nor with control characters in it.
     *
     * @throws InvalidValue if it is not
     */
    public static String line(String name, String text, int maxLength) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > maxLength) {
            throw new InvalidValue(name, "must have 1 to " + maxLength + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValue(name, "must not contain control characters");
        }
        if (text.codePoints().anyMatch(Text::isSurrogate)) {
            throw new InvalidValue(name, "must not contain half of a surrogate pair");
        }
        return text;
    }

    /** As a code point of its own it is the half of one, which no UTF-8 can have. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
