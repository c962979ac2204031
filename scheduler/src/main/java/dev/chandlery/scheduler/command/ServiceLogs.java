package dev.chandlery.scheduler.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Logging;
import dev.chandlery.config.ConfigSpec;
import java.util.function.Consumer;

/** Logs of a program that works without anybody looking. */
final class ServiceLogs {
    private static final System.Logger LOG = System.getLogger(ServiceLogs.class.getName());

    private ServiceLogs() {}

    /** As {@code logging} of registry.yaml says; {@code --verbose} tells more. */
    static void begin(ConfigSpec config, GlobalOptions options) {
        Logging.configure(config.logging());
        if (options.verbose()) {
            Logging.verbose();
        }
    }

    /** Lines for people; events of the log where each line is to be one. */
    static Consumer<String> teller(ConfigSpec config, Console console) {
        return switch (config.logging().format()) {
            case TEXT -> console::note;
            case JSON -> line -> LOG.log(System.Logger.Level.INFO, "{0}", line);
        };
    }
}
