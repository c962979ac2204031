package dev.chandlery.scheduler.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Logging;
import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * registry.yaml as it was when it could be read last.
 *
 * <p><b>Concurrency:</b> asked by many threads, read again by one.
 */
final class LoadedConfig implements Supplier<ConfigSpec> {
    private static final System.Logger LOG = System.getLogger(LoadedConfig.class.getName());

    private final Path file;
    private final Map<String, String> environment;
    private volatile ConfigSpec config;
    private final ConfigSpec first;
    private String text;

    private LoadedConfig(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
        this.first = ConfigLoader.load(file, environment);
        this.config = first;
        this.text = text();
    }

    /** @throws ConfigException with all problems of the file */
    static LoadedConfig load(Console console, GlobalOptions options) {
        if (options.verbose()) {
            Logging.verbose();
        }
        return new LoadedConfig(options.configFile(console.environment()), console.environment());
    }

    @Override
    public ConfigSpec get() {
        return config;
    }

    /** Reads the file again when it has changed; whether it is another now. A wrong one is told, once. */
    boolean refresh() {
        String now = text();
        if (now.equals(text)) {
            return false;
        }
        text = now;
        if (now.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read or is empty; what it said"
                    + " before stays", file);
            return false;
        }
        try {
            ConfigSpec fresh = ConfigLoader.load(file, environment);
            boolean differs = !fresh.equals(config);
            config = fresh;
            if (differs) {
                tell(fresh);
            }
            return differs;
        } catch (ConfigException e) {
            LOG.log(System.Logger.Level.ERROR, "{0} is wrong, the one before stays: {1}", file, e
                    .getMessage());
            return false;
        }
    }

    private void tell(ConfigSpec fresh) {
        LOG.log(System.Logger.Level.INFO, "{0} has changed", file);
        List<String> later = Restarts.of(first, fresh);
        if (!later.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "{0} of {1} count from the next start on", String
                    .join(", ", later), file);
        }
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return ""; // it is being replaced
        }
    }
}
