package dev.chandlery.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.slf4j.LoggerFactory;

/** The failure that an event tells of: a line of it, and all of it only where debugging is wanted. */
public final class LogFailureConverter extends ThrowableProxyConverter {

    @Override
    public String convert(ILoggingEvent event) {
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure == null) {
            return "";
        }
        if (LoggerFactory.getLogger("dev.chandlery").isDebugEnabled()) {
            return "\n" + super.convert(event).stripTrailing();
        }
        String message = failure.getMessage();
        return ": " + LogTextConverter.text(failure.getClassName() + (message == null
                ? ""
                : ": " + message));
    }
}
