package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.Busy;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * For hosts that look for Spring's own exceptions: {@link Busy} becomes a
 * {@link org.springframework.dao.TransientDataAccessException}, with the {@code Busy} as its cause. As a bean it is found by
 * Spring's exception translation, and applies to what is called from a {@code @Repository}.
 *
 * @since 0.1
 */
public final class BusyTranslator implements PersistenceExceptionTranslator {

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException thrown) {
        return thrown instanceof Busy
                ? new TransientDataAccessResourceException(String.valueOf(thrown.getMessage()), thrown)
                : null;
    }
}
