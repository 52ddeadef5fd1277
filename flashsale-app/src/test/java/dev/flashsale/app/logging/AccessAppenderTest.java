package dev.flashsale.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AccessAppenderTest {

    private static final int LINES = 40_000;

    private final LoggerContext context = new LoggerContext();
    private final AtomicInteger written = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AccessAppender access = new AccessAppender();

    @AfterEach
    void stop() {
        access.stop();
        context.stop();
        System.clearProperty("dev.flashsale.log.access");
    }

    @Test
    void waits_for_no_writer_and_counts_each_line_that_is_not_written() {
        // given
        System.setProperty("dev.flashsale.log.access", "true");
        start();
        long before = AccessAppender.dropped();

        // when
        for (int i = 0; i < LINES; i++) {
            access.doAppend(line());
        }
        goOn.countDown();
        access.stop();

        // then
        assertThat(AccessAppender.dropped() - before).isPositive().isEqualTo(LINES - written.get());
    }

    @Test
    void does_not_run_where_it_is_switched_off() {
        start();

        assertThat(access.isStarted()).isFalse();
    }

    private void start() {
        AppenderBase<ILoggingEvent> slow = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                written.incrementAndGet();
            }
        };
        context.setMDCAdapter(new LogbackMDCAdapter());
        slow.setContext(context);
        slow.start();
        access.setContext(context);
        access.setMaxFlushTime(0);
        access.addAppender(slow);
        access.start();
    }

    private LoggingEvent line() {
        return new LoggingEvent("", context.getLogger("dev.flashsale.access"), Level.INFO, "a line", null, null);
    }
}
