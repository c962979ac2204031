package dev.chandlery.manager.mirror;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.MirrorSpec;
import dev.chandlery.config.tool.SelectionSpec;
import java.util.ArrayList;
import java.util.List;

/** What there is to keep up to date: backup registries, which have all that the primary has, and mirrors. */
public final class Mirrors {

    private Mirrors() {}

    /**
     * One of them.
     *
     * @param name of a mirror, or label of a backup registry
     * @param source where it is copied from
     * @param target where it is copied to
     * @param what of the source
     */
    public record Mirror(String name, EndpointSpec source, EndpointSpec target,
            SelectionSpec what) {}

    /** All: backups in order of preference, then mirrors by name. */
    public static List<Mirror> all(ConfigSpec config) {
        List<Mirror> all = new ArrayList<>();
        for (EndpointSpec backup : config.backupRegistries()) {
            all.add(new Mirror(backup.label(), config.primaryRegistry(), backup,
                    SelectionSpec.ALL));
        }
        for (MirrorSpec mirror : config.mirrors().values()) {
            all.add(new Mirror(mirror.name(), config.registries().endpoint(mirror.source()), config
                    .registries()
                    .endpoint(mirror.target()), mirror.what()));
        }
        return all;
    }

    /**
     * Those that are named; all where nothing is.
     *
     * @throws CommandException for a name that none has, or when there are none at all
     */
    public static List<Mirror> named(ConfigSpec config, List<String> names) {
        List<Mirror> all = all(config);
        if (all.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, config.file()
                    + " has neither backup_registries nor mirrors");
        }
        if (names.isEmpty()) {
            return all;
        }
        return names.stream().distinct().map(name -> named(config, all, name)).toList();
    }

    private static Mirror named(ConfigSpec config, List<Mirror> all, String name) {
        return all.stream()
                .filter(mirror -> mirror.name().equals(name) || isHost(mirror, name))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no such mirror in "
                        + config.file() + ": " + name, "it has " + String.join(", ", all.stream()
                                .map(Mirror::name)
                                .toList())));
    }

    /** Backups go by their host, too. */
    private static boolean isHost(Mirror mirror, String name) {
        return mirror.name().equals(mirror.target().label())
                && (mirror.target().url().equals(name) || mirror.target().address().equals(name)
                        || mirror.target()
                                .registry()
                                .filter(registry -> registry.toString().equals(name))
                                .isPresent());
    }
}
