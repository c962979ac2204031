package dev.chandlery.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.chandlery.oci.concurrent.RunId;

/** The run that an event belongs to, in brackets; nothing outside of runs. Made by Logback. */
public final class RunIdConverter extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return RunId.current().map(id -> "[" + id + "] ").orElse("");
    }
}
