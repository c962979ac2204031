package dev.chandlery.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Options of every command, allowed before and after a subcommand's name. */
public final class GlobalOptions {
    /** Names the configuration when {@code --config} does not. */
    public static final String CONFIG_VARIABLE = "CHANDLERY_CONFIG";

    private static final String FILE_NAME = "registry.yaml";

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE", scope = ScopeType.INHERIT, description = {
                    "The configuration; default: $CHANDLERY_CONFIG, else registry.yaml here or in a folder above."})
    private @Nullable Path config;

    @Option(names = {"-q",
            "--quiet"}, scope = ScopeType.INHERIT, description = "Only results and errors.")
    private boolean quiet;

    @Option(names = {"-v",
            "--verbose"}, scope = ScopeType.INHERIT, description = "Tell each step on standard error.")
    private boolean verbose;

    @Option(names = "--metrics-file", paramLabel = "FILE", scope = ScopeType.INHERIT, description = "Write what was measured, for Prometheus' textfile collector; default: monitoring.metrics.textfile of registry.yaml.")
    private @Nullable Path metricsFile;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec program;

    /** The options of the program that a subcommand belongs to. */
    public static GlobalOptions of(CommandSpec subcommand) {
        return subcommand.root()
                .mixins()
                .values()
                .stream()
                .map(CommandSpec::userObject)
                .filter(GlobalOptions.class::isInstance)
                .map(GlobalOptions.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the root command has no GlobalOptions as mixin"));
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean verbose() {
        return verbose;
    }

    /** Where measurements are to be written, besides what the configuration says. */
    public Optional<Path> metricsFile() {
        return Optional.ofNullable(metricsFile);
    }

    /** The command that runs, such as {@code manager pull}. */
    public String command() {
        if (program == null) {
            return "";
        }
        ParseResult parsed = program.commandLine().getParseResult();
        while (parsed != null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return (parsed == null ? program : parsed.commandSpec()).qualifiedName();
    }

    /**
     * The configuration file to read.
     *
     * @throws CommandException when there is none
     */
    public Path configFile(Map<String, String> environment) {
        if (config != null) {
            return require(config, "--config");
        }
        String named = environment.getOrDefault(CONFIG_VARIABLE, "");
        if (!named.isEmpty()) {
            return require(Path.of(named), CONFIG_VARIABLE);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder
                .getParent()) {
            if (Files.isRegularFile(folder.resolve(FILE_NAME))) {
                return folder.resolve(FILE_NAME);
            }
        }
        throw new CommandException(ExitCode.USAGE,
                "cannot find registry.yaml in " + Path.of("").toAbsolutePath() + " or above",
                "name it with --config FILE or " + CONFIG_VARIABLE);
    }

    private static Path require(Path file, String origin) {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(ExitCode.USAGE,
                    "cannot read " + file + " (from " + origin + "): no such file");
        }
        return file;
    }
}
