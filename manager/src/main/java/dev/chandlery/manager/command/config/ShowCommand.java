package dev.chandlery.manager.command.config;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EffectiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code manager config show}. */
@Command(name = "show", mixinStandardHelpOptions = true, description = {
        "Print the configuration that commands use, once it is checked.",
        "Secrets are only ever shown as the references they are."}, footer = {"", "Examples:",
                "  manager config show --effective", "  manager config show --effective -o json"})
final class ShowCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--effective", description = "Every key with the value that takes effect, defaults filled in, instead of the file as written.")
    private boolean effective;

    @Mixin
    private FormatOption format = new FormatOption();

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (format.json() && !effective) {
            throw new CommandException(ExitCode.USAGE,
                    "cannot show the file as written in JSON: it is YAML",
                    "add --effective for all values as JSON");
        }
        Path file = GlobalOptions.of(spec).configFile(console.environment());
        ConfigSpec config = ConfigLoader.load(file, console.environment());
        console.out().print(text(file, config));
        console.out().flush();
        return ExitCode.DONE.code();
    }

    private String text(Path file, ConfigSpec config) {
        if (format.json()) {
            return EffectiveConfig.json(config);
        }
        return effective
                ? "# " + file + " with every default filled in\n" + EffectiveConfig.yaml(config)
                : written(file);
    }

    private static String written(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "cannot read " + file + ": " + e);
        }
    }
}
