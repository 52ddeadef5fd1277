package dev.flashsale.application.product;

import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.SaleRules;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What became of what, for people who read the operators' log. Empty if nothing is different. */
final class Difference {

    private final StringJoiner parts = new StringJoiner("; ");

    static String between(@Nullable Product before, Product after) {
        return new Difference()
                .of("name", before == null ? null : before.name(), after.name())
                .of("price", before == null ? null : before.price(), after.price())
                .toString();
    }

    static String between(SaleRules before, SaleRules after) {
        return new Difference()
                .of("max per hold", before.maxPerHold(), after.maxPerHold())
                .of("max per customer", before.maxPerCustomer(), after.maxPerCustomer())
                .of("sale start", before.window().startsAt(), after.window().startsAt())
                .of("sale end", before.window().endsAt(), after.window().endsAt())
                .of("retired", before.retired(), after.retired())
                .toString();
    }

    static String between(int totalBefore, int totalAfter) {
        return new Difference().of("total", totalBefore, totalAfter).toString();
    }

    static String all(String... differences) {
        StringJoiner all = new StringJoiner("; ");
        for (String difference : differences) {
            if (!difference.isEmpty()) {
                all.add(difference);
            }
        }
        return all.toString();
    }

    private Difference of(String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            parts.add(what + ": " + text(before) + " → " + text(after));
        }
        return this;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
