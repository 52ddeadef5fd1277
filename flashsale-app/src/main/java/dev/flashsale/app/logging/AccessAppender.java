package dev.flashsale.app.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/** Writes on a thread of its own. What is logged faster than that is dropped and counted: no request waits for its line. */
public final class AccessAppender extends AsyncAppender {

    private static final int LINES = 16_384;

    /** More room than there are threads to find it at once, so that no line is lost uncounted. */
    private static final int SPARE = 2_048;

    private static final LongAdder DROPPED = new LongAdder();

    public AccessAppender() {
        setQueueSize(LINES);
        setDiscardingThreshold(SPARE);
        setNeverBlock(true);
    }

    /** No thread where there is nothing to write. */
    @Override
    public void start() {
        if (LogSettings.access()) {
            super.start();
        }
    }

    /** Asked where there is no room. */
    @Override
    protected boolean isDiscardable(ILoggingEvent line) {
        DROPPED.increment();
        return true;
    }

    /** Lines that were not written since the program was started. */
    public static long dropped() {
        return DROPPED.sum();
    }
}
