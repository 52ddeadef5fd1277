package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.Settings;

/**
 * As a bean, sets what a host would rather decide in code than by a property. There may be several: they are asked in the
 * order of {@link org.springframework.core.annotation.Order}, after the properties, and the last one wins.
 */
@FunctionalInterface
public interface FlashsaleCustomizer {

    /**
     * Sets what it wants otherwise.
     *
     * @param settings as the properties, and those before this one, have made them
     */
    void customize(Settings.Builder settings);
}
