package dev.flashsale.app.settings;

import dev.flashsale.adapter.rest.LimitSettings;
import java.time.Duration;
import java.util.List;

/** The values that a setting may have. */
sealed interface Allowed {

    /** For people: follows "allowed is". */
    String words();

    /** What stands for such a value in a line of help. */
    String placeholder();

    record Text(String words, String placeholder) implements Allowed {}

    /** Text that is never shown. */
    record Secret(String words) implements Allowed {
        @Override
        public String placeholder() {
            return "SECRET";
        }
    }

    record OneOf(List<String> values) implements Allowed {
        @Override
        public String words() {
            return String.join(" or ", values);
        }

        @Override
        public String placeholder() {
            return String.join("|", values);
        }
    }

    record WholeNumber(int min, int max) implements Allowed {
        boolean permits(int value) {
            return value >= min && value <= max;
        }

        @Override
        public String words() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public String placeholder() {
            return "NUMBER";
        }
    }

    /** So many in so long, or empty. */
    record Rate() implements Allowed {
        @Override
        public String words() {
            return "nothing, or a number of requests up to " + LimitSettings.Rate.MAX_REQUESTS
                    + " and whole seconds up to " + LimitSettings.Rate.MAX_PER.toHours()
                    + "h, such as 20/1s or 100/1m";
        }

        @Override
        public String placeholder() {
            return "NUMBER/DURATION";
        }
    }

    /** Above 0. */
    record Time(Duration max) implements Allowed {
        boolean permits(Duration value) {
            return value.isPositive() && value.compareTo(max) <= 0;
        }

        @Override
        public String words() {
            String limit = max.toDays() > 0 ? max.toDays() + "d" : max.toHours() + "h";
            return "a duration above 0 and up to " + limit + ", such as 500ms, 5s, 2m or 1h";
        }

        @Override
        public String placeholder() {
            return "DURATION";
        }
    }

    /** How long something is kept, in whole days at both ends. */
    record Retention(Duration min, Duration max) implements Allowed {
        boolean permits(Duration value) {
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
        }

        @Override
        public String words() {
            return "a duration from " + min.toDays() + "d to " + max.toDays() + "d, such as 24h or 7d";
        }

        @Override
        public String placeholder() {
            return "DURATION";
        }
    }

    /** 0 or more: how long something is remembered. */
    record Memory(Duration max) implements Allowed {
        boolean permits(Duration value) {
            return !value.isNegative() && value.compareTo(max) <= 0;
        }

        @Override
        public String words() {
            return "a duration from 0 to " + max.toSeconds() + "s, such as 0, 50ms or 1s";
        }

        @Override
        public String placeholder() {
            return "DURATION";
        }
    }
}
