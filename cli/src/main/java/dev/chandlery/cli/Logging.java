package dev.chandlery.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.chandlery.config.operation.LoggingSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging of programs: to standard error, warnings by default, each step with {@code --verbose}. Set up in
 * code, so that no configuration file is looked for at each start.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    /** Shows our own steps, and the libraries' warnings as before. */
    public static void verbose() {
        if (LoggerFactory.getLogger(
                "dev.chandlery") instanceof ch.qos.logback.classic.Logger ours) {
            ours.setLevel(Level.DEBUG);
        }
    }

    /**
     * Logs as registry.yaml says: ours from its level on; libraries' warnings, where ours are shown too.
     *
     * @param logging level and format of lines
     */
    public static void configure(LoggingSpec logging) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return; // embedded in a program that logs in its own way
        }
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender(context, switch (logging.format()) {
            case TEXT -> text(context);
            case JSON -> json(context);
        }));
        root.setLevel(switch (logging.level()) {
            case ERROR -> Level.ERROR;
            case WARN, INFO, DEBUG -> Level.WARN;
            case TRACE -> Level.DEBUG;
        });
        context.getLogger("dev.chandlery").setLevel(Level.valueOf(logging.level().name()));
        // It warns of connections that end with their thread or their database, which we tell ourselves.
        context.getLogger("com.zaxxer.hikari")
                .setLevel(logging.level() == LoggingSpec.Level.TRACE
                        ? Level.DEBUG
                        : Level.ERROR);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.ERROR);
        root.addAppender(appender(context, text(context)));
        context.getLogger("dev.chandlery").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context,
            Encoder<ILoggingEvent> encoder) {
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("run", RunIdConverter::new);
        layout.getInstanceConverterMap().put("text", LogTextConverter::new);
        layout.getInstanceConverterMap().put("failure", LogFailureConverter::new);
        layout.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24} - %run%text%failure%n");
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        return encoder;
    }
}
