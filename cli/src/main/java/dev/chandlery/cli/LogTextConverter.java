package dev.chandlery.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The message of an event as text that cannot pass for another event: further lines are indented, and what steers
 * a terminal is left out. Messages have names and answers of others in them.
 */
public final class LogTextConverter extends ClassicConverter {
    private static final String INDENT = "    ";

    @Override
    public String convert(ILoggingEvent event) {
        return text(event.getFormattedMessage());
    }

    static String text(String message) {
        StringBuilder text = new StringBuilder();
        message.strip().codePoints().forEach(c -> {
            if (c == '\n') {
                text.append('\n').append(INDENT);
            } else {
                text.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029
                        ? ' '
                        : c);
            }
        });
        return text.toString();
    }
}
