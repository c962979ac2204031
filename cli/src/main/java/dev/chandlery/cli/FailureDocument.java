package dev.chandlery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code -o json} prints when a command fails before it has a result: {@code status}, {@code exit_code} and
 * {@code errors}. So scripts find one document on standard output however the command ends. Not thread-safe.
 */
final class FailureDocument {
    private final PrintStream out;
    private final List<String> errors = new ArrayList<>();
    private boolean printed;
    private boolean wanted;

    /** @param out where results go */
    FailureDocument(PrintStream out) {
        this.out = out;
    }

    /** The stream that commands are to print to: it tells whether they did. */
    PrintStream watched() {
        return new PrintStream(new Watched(out), true, StandardCharsets.UTF_8);
    }

    /** Begins anew, with the words of a command line. */
    void begin(List<String> words) {
        printed = false;
        errors.clear();
        wanted = asksForJson(words);
    }

    void add(String error) {
        errors.add(error);
    }

    /** Prints it, if it is wanted and nothing was printed. */
    void end(int exitCode) {
        if (!wanted || printed || errors.isEmpty()) {
            return;
        }
        ObjectNode document = Json.object()
                .put("status", status(exitCode))
                .put("exit_code", exitCode);
        ArrayNode list = document.putArray("errors");
        errors.forEach(list::add);
        out.println(Json.write(document));
    }

    private static String status(int exitCode) {
        for (ExitCode code : ExitCode.values()) {
            if (code.code() == exitCode) {
                return code.name().toLowerCase(Locale.ROOT);
            }
        }
        return ExitCode.FAILED.name().toLowerCase(Locale.ROOT);
    }

    private static boolean asksForJson(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            String next = i + 1 < words.size() ? words.get(i + 1).toLowerCase(Locale.ROOT) : "";
            boolean here = word.equals("-ojson") || word.equals("-o=json") || word.equals(
                    "--output=json");
            if (here || ((word.equals("-o") || word.equals("--output")) && next.equals("json"))) {
                return true;
            }
        }
        return false;
    }

    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            printed = true;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            printed |= length > 0;
            out.write(bytes, offset, length);
        }
    }
}
