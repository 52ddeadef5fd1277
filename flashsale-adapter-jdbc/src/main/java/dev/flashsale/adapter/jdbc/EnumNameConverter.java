package dev.flashsale.adapter.jdbc;

import java.util.Locale;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Maps the names of a column's enum, in lower case, to the domain's enum of the same names. */
public final class EnumNameConverter<D extends Enum<D>> extends AbstractConverter<String, D> {

    public EnumNameConverter(Class<D> domain) {
        super(String.class, domain);
    }

    @Override
    public @Nullable D from(@Nullable String column) {
        return column == null ? null : Enum.valueOf(toType(), column.toUpperCase(Locale.ROOT));
    }

    @Override
    public @Nullable String to(@Nullable D domain) {
        return domain == null ? null : domain.name().toLowerCase(Locale.ROOT);
    }
}
