package dev.chandlery.manager.command.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code manager config validate}. */
@Command(name = "validate", mixinStandardHelpOptions = true, description = {
        "Check a configuration and tell all that is wrong with it, each problem with its line.",
        "Exits with 2 when there is a problem; what is not yet supported is only told."}, footer = {
                "", "Examples:", "  manager config validate", "  manager config validate -o json"})
final class ValidateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Default: the file that commands use.")
    private @Nullable Path file;

    @Mixin
    private FormatOption format = new FormatOption();

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = GlobalOptions.of(spec);
        Path checked = file != null ? file : global.configFile(console.environment());
        if (format.json()) {
            return json(checked);
        }
        ConfigSpec config = ConfigLoader.load(checked, console.environment());
        if (!global.quiet()) {
            config.notices().stream().map(Problem::toString).forEach(console::note);
        }
        console.out().println(checked + " is valid: " + count(config));
        return ExitCode.DONE.code();
    }

    private int json(Path checked) {
        try {
            ConfigSpec config = ConfigLoader.load(checked, console.environment());
            console.out().println(Json.write(document(checked, List.of(), config.notices())));
            return ExitCode.DONE.code();
        } catch (ConfigException e) {
            console.out().println(Json.write(document(checked, e.problems(), List.of())));
            return ExitCode.USAGE.code();
        }
    }

    private static String count(ConfigSpec config) {
        int tools = config.publishing().tools().size();
        int notices = config.notices().size();
        return tools + (tools == 1 ? " tool" : " tools") + (notices == 0
                ? ""
                : ", " + notices + (notices == 1 ? " key is" : " keys are") + " without effect");
    }

    private static ObjectNode document(Path file, List<Problem> problems, List<Problem> notices) {
        ObjectNode document = Json.object()
                .put("file", file.toString())
                .put("valid", problems.isEmpty());
        add(document.putArray("problems"), problems);
        add(document.putArray("notices"), notices);
        return document;
    }

    private static void add(ArrayNode array, List<Problem> problems) {
        for (Problem problem : problems) {
            array.addObject()
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("path", problem.path())
                    .put("message", problem.message());
        }
    }
}
