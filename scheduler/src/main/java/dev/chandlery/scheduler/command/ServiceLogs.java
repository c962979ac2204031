package dev.chandlery.scheduler.command;

import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Logging;
import dev.chandlery.config.ConfigSpec;

/** Logs of a program that works without anybody looking. */
final class ServiceLogs {
    private ServiceLogs() {}

    /** As {@code logging} of registry.yaml says; {@code --verbose} tells more. */
    static void begin(ConfigSpec config, GlobalOptions options) {
        Logging.configure(config.logging());
        if (options.verbose()) {
            Logging.verbose();
        }
    }
}
