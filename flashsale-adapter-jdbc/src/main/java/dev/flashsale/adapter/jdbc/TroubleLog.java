package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.Trouble;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator of trouble with the database, each kind once a minute, however many meet it. */
final class TroubleLog {

    private static final Logger LOG = LoggerFactory.getLogger(TroubleLog.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Map<Trouble, Long> TOLD = new EnumMap<>(Trouble.class);

    private TroubleLog() {}

    /** @param words the database's own */
    static void tell(Fault fault, String words) {
        if (isNews(fault.trouble(), System.nanoTime())) {
            LOG.warn(
                    "The database could not do what was asked of it ({}): {}. What to do: {}. This is told once a minute",
                    fault.trouble(),
                    words,
                    fault.advice());
        }
    }

    private static synchronized boolean isNews(Trouble trouble, long now) {
        Long told = TOLD.get(trouble);
        boolean news = told == null || now - told >= PAUSE.toNanos();
        if (news) {
            TOLD.put(trouble, now);
        }
        return news;
    }
}
