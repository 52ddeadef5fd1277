package dev.flashsale.adapter.jdbc;

import java.util.Locale;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Maps a column's enum, in lower case, to the domain's enum of the same names. */
public final class EnumNameConverter<C extends Enum<C>, D extends Enum<D>> extends AbstractConverter<C, D> {

    public EnumNameConverter(Class<C> column, Class<D> domain) {
        super(column, domain);
    }

    @Override
    public @Nullable D from(@Nullable C column) {
        return column == null ? null : Enum.valueOf(toType(), column.name().toUpperCase(Locale.ROOT));
    }

    @Override
    public @Nullable C to(@Nullable D domain) {
        return domain == null ? null : Enum.valueOf(fromType(), domain.name().toLowerCase(Locale.ROOT));
    }
}
