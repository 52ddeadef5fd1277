package dev.flashsale.app.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Writes what is logged in lines for people, or in lines of JSON as {@link LogSettings} says. */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

    /** What the request is called stands behind the message, in brackets, if there is one that came with a name. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %msg%replace( [%X]){' \\[\\]', ''}%n";

    private Encoder<ILoggingEvent> encoder = new PatternLayoutEncoder();

    @Override
    public void start() {
        encoder = LogSettings.json().map(this::json).orElseGet(LogEncoder::text);
        encoder.setContext(getContext());
        encoder.start();
        super.start();
    }

    private static Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setPattern(PATTERN);
        return text;
    }

    /** Spring Boot's encoder asks its environment, which is not there while logback is set up for the first time. */
    private Encoder<ILoggingEvent> json(String format) {
        String environment = Environment.class.getName();
        if (getContext().getObject(environment) == null) {
            getContext().putObject(environment, new StandardEnvironment());
        }
        StructuredLogEncoder json = new StructuredLogEncoder();
        json.setFormat(format);
        return json;
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return encoder.encode(event);
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
