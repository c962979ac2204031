package dev.chandlery.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}.
 *
 * @param out results only
 * @param err messages, progress and errors
 * @param interactive whether {@code err} is a terminal that can redraw a line
 * @param color whether escape sequences for colour are welcome
 * @param environment of the process
 */
public record Console(PrintStream out, PrintStream err, boolean interactive, boolean color,
        Map<String, String> environment) {

    public Console {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        environment = Map.copyOf(environment);
    }

    /** The process's own streams, in UTF-8. */
    public static Console system() {
        Map<String, String> environment = System.getenv();
        boolean interactive = isTerminal() && !"dumb".equals(environment.get("TERM"))
                && !environment.containsKey("CI");
        boolean color = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), interactive,
                color, environment);
    }

    /** Streams for tests and embedding: no terminal, no colour. */
    public static Console plain(PrintStream out, PrintStream err, Map<String, String> environment) {
        return new Console(out, err, false, false, environment);
    }

    /** A line on standard error. */
    public void note(String line) {
        err.println(line);
    }

    /** The text in bold red, where colour is welcome. */
    public String alarming(String text) {
        return color ? "\u001b[1;31m" + text + "\u001b[0m" : text;
    }

    /** The text in bold, where colour is welcome. */
    public String strong(String text) {
        return color ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("SystemConsoleNull") // the platform's own documentation allows null
    private static boolean isTerminal() {
        java.io.Console terminal = System.console();
        return terminal != null && terminal.isTerminal();
    }
}
