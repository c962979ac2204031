package dev.chandlery.dist.documents;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.publisher.command.PublishCommand;
import dev.chandlery.registry.command.RegistryProgram;
import dev.chandlery.scheduler.command.SchedulerCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What our programs say of themselves. */
final class Programs {
    static final SortedMap<String, Class<?>> ROOTS = new TreeMap<>(Map.of("manager",
            ManagerCommand.class, "publisher", PublishCommand.class, "registry",
            RegistryProgram.class, "scheduler", SchedulerCommand.class));

    private static final Pattern SUBCOMMANDS = Pattern.compile(
            "(?s)\nCommands:\n(.*?)(?=\n\n|\n*$)");
    private static final Pattern NAME = Pattern.compile("(?m)^ {2}([a-z][a-z-]*)");

    private Programs() {}

    /** How a command ended, and what it said. */
    record Outcome(int code, String out, String err) {}

    /** Reads the command line, and prints help instead of doing what it says. */
    static Outcome help(String program, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        if (!all.contains("--help")) {
            all.add("--help");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of());
        int code = new Program(console, ROOTS.get(program)).run(all.toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    /** Every command, {@code manager config show} as well as {@code manager}. */
    static List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        ROOTS.keySet().forEach(program -> collect(List.of(program), commands));
        return commands;
    }

    private static void collect(List<String> command, List<List<String>> commands) {
        if (command.getLast().equals("generate-completion")) {
            return; // picocli's own
        }
        commands.add(command);
        Matcher listed = SUBCOMMANDS.matcher(help(command.getFirst(), command.subList(1, command
                .size())).out());
        if (listed.find()) {
            NAME.matcher(listed.group(1)).results().forEach(name -> {
                List<String> below = new ArrayList<>(command);
                below.add(name.group(1));
                collect(below, commands);
            });
        }
    }
}
