package dev.chandlery.cli;

import dev.chandlery.config.ConfigException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;

/**
 * Runs a command line and turns what goes wrong into an {@code Error:} line, a {@code Hint:} line where we
 * know one, and an exit code; with {@code -o json} into a {@link FailureDocument} too. Commands are made with the {@link Console} as their constructor's argument,
 * where they take one.
 */
public final class Program {
    private static final System.Logger LOG = System.getLogger(Program.class.getName());

    private final Console console;
    private final FailureDocument failure;
    private final CommandLine commands;

    /** @param root class of the root command, annotated for picocli */
    public Program(Console console, Class<?> root) {
        this.failure = new FailureDocument(console.out());
        this.console = new Console(failure.watched(), console.err(), console.interactive(), console
                .color(), console.environment());
        this.commands = new CommandLine(root, new ConsoleFactory(this.console));
        commands.setOut(writer(this.console.out()));
        commands.setErr(writer(console.err()));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(true);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(console.color()
                ? CommandLine.Help.Ansi.ON
                : CommandLine.Help.Ansi.OFF));
        commands.setParameterExceptionHandler((e, _) -> usage(e));
        commands.setExecutionExceptionHandler((e, _, _) -> report(e));
    }

    /**
     * Runs a command that does its work and ends, and ends the process with its exit code. When the process is
     * asked to end before, the command is interrupted, and removes what it has not finished.
     */
    public static void work(Class<?> root, String... args) {
        Carriers.several();
        Console console = Console.system();
        Interruption interruption = Interruption.watch(console::note);
        int code = new Program(console, root).run(args);
        interruption.end();
        System.exit(code);
    }

    /** Runs the command, which knows how to be stopped, and ends the process with its exit code. */
    public static void main(Class<?> root, String... args) {
        Carriers.several();
        int code = new Program(Console.system(), root).run(args);
        System.exit(code);
    }

    /** Runs the command; the exit code is the result. */
    public int run(String... args) {
        failure.begin(List.of(args));
        int code = commands.execute(args);
        failure.end(code);
        return code;
    }

    private int usage(ParameterException e) {
        error(e.getMessage());
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        CommandLine.UnmatchedArgumentException.printSuggestions(e, commands.getErr());
        hint("run '" + name + " --help' for usage and examples");
        return ExitCode.USAGE.code();
    }

    private int report(Exception failure) {
        LOG.log(System.Logger.Level.DEBUG, "command failed", failure);
        return switch (failure) {
            case CommandException e -> {
                error(e.getMessage());
                e.hint().ifPresent(this::hint);
                yield e.exitCode().code();
            }
            case ConfigException e -> {
                e.problems().forEach(p -> error(p.toString()));
                yield ExitCode.USAGE.code();
            }
            case OciException e -> {
                error(e.getMessage());
                hintFor(e).ifPresent(this::hint);
                yield ExitCode.of(e.kind()).code();
            }
            default -> {
                error("unexpected failure: " + failure);
                hint("run again with -v to see where, and report it");
                yield ExitCode.FAILED.code();
            }
        };
    }

    private static Optional<String> hintFor(OciException failure) {
        if (failure instanceof StorageException storage) {
            return StorageHint.of(storage);
        }
        return switch (failure.kind()) {
            case UNAUTHORIZED -> Optional.of(
                    "log in with manager login, docker login or another client of that kind");
            case TRANSFER -> Optional.of("check the network and that the service is running");
            case STORAGE, INVALID_REFERENCE, NOT_FOUND, CONTENT_MISMATCH, MALFORMED_CONTENT,
                    UNTRUSTED, RESPONSE,
                    UNSUPPORTED, LIMIT_EXCEEDED, CANCELLED -> Optional.empty();
        };
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private void error(@Nullable String message) {
        failure.add(String.valueOf(message));
        console.note(console.alarming("Error:") + " " + message);
    }

    private void hint(String message) {
        console.note(console.strong("Hint:") + " " + message);
    }

    /** Makes commands: by a constructor that takes the console, else by picocli's own means. */
    private record ConsoleFactory(Console console) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1
                        && constructor.getParameterTypes()[0] == Console.class) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(console));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
