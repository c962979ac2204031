package dev.chandlery.registry.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run of the program in this process.
 *
 * @param code that it ended with
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {

    /** Runs the command with {@code --storage}. */
    static CommandRun of(Path storage, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--storage", storage.toString()));
        return of(Map.of("HOME", storage.toString()), all.toArray(String[]::new));
    }

    static CommandRun of(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment);
        int code = new Program(console, RegistryProgram.class).run(args);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    JsonNode json() {
        try {
            return JsonMapper.builder().build().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + out + err, e);
        }
    }
}
