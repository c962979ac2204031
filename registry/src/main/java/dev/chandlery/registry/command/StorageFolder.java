package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;

/** Which folder to serve when the command line does not say. */
record StorageFolder(GlobalOptions global, Map<String, String> environment) {

    /**
     * The folder of registry.yaml's {@code primary_registry}, else the user's own.
     *
     * @param configNamed whether the command line names a configuration, which must be there then
     */
    Path find(boolean configNamed) {
        boolean named = configNamed || !environment.getOrDefault(GlobalOptions.CONFIG_VARIABLE, "")
                .isEmpty();
        Path config;
        try {
            config = global.configFile(environment);
        } catch (CommandException e) {
            if (named) {
                throw e;
            }
            return ofUser();
        }
        return ConfigLoader.load(config, environment).primaryRegistry().storage();
    }

    /**
     * The same that registry.yaml has by default: {@code $XDG_DATA_HOME/chandlery/registry}.
     *
     * <p><b>Spec:</b> XDG Base Directory Specification: relative paths are ignored.
     */
    private Path ofUser() {
        Path data = Path.of(environment.getOrDefault("XDG_DATA_HOME", ""));
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return (data.isAbsolute() ? data : home.resolve(".local/share")).resolve(
                "chandlery/registry");
    }
}
