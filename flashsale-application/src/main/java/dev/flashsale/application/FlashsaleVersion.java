package dev.flashsale.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of Flashsale runs: for health, metrics and logs, and for whoever helps. */
public final class FlashsaleVersion {

    private static final String CURRENT = read();

    private FlashsaleVersion() {}

    /**
     * As the version of its Maven artifacts, such as 1.4.0.
     *
     * @return {@code unknown} in a jar that was made from ours without its resources
     */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream resource = FlashsaleVersion.class.getResourceAsStream("version.properties")) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
