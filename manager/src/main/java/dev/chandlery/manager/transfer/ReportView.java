package dev.chandlery.manager.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import java.util.List;

/**
 * Shows how a copy ended: what went wrong on standard error, the result on standard output.
 *
 * @param console of the command
 * @param format of the result
 * @param quiet whether notes are left out
 */
public record ReportView(Console console, FormatOption format, boolean quiet) {

    /** Says what failed, and what should be known. */
    public void tell(TransferReport report) {
        TransferText.errors(report)
                .forEach(line -> console.note(console.alarming("Error:") + " " + line));
        TransferText.hints(report)
                .forEach(line -> console.note(console.strong("Hint:") + " " + line));
        if (!quiet) {
            TransferText.notes(report).forEach(line -> console.note("Note: " + line));
        }
    }

    /**
     * Prints the result.
     *
     * @param document for {@code -o json}
     * @param lines for people
     */
    public void print(ObjectNode document, List<String> lines) {
        if (format.json()) {
            console.out().println(Json.write(document));
        } else {
            lines.forEach(console.out()::println);
        }
    }
}
