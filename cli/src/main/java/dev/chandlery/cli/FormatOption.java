package dev.chandlery.cli;

import picocli.CommandLine.Option;

/** {@code -o text|json} of commands that print a result. */
public final class FormatOption {

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.text;

    public boolean json() {
        return format == OutputFormat.json;
    }
}
