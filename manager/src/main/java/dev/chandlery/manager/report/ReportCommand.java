package dev.chandlery.manager.report;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.registry.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code manager report}. */
@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Show the state of everything: health and targets, tools with their versions, platforms and proofs, last and next runs, incidents, cache and storage.",
        "The HTML is one file that loads nothing; the Markdown is for the summary of a job. What cannot be read is told on the page, and the exit code is 0."}, footer = {
                "", "Examples:", "  manager report > report.html",
                "  manager report -o markdown >> \"$GITHUB_STEP_SUMMARY\"",
                "  manager report -o json --versions 1"})
public final class ReportCommand implements Callable<Integer> {
    private static final int MOST_VERSIONS = 100;

    /** Forms of a report. */
    private enum Form {
        /** One HTML document. */
        html,
        /** GitHub's Markdown. */
        markdown,
        /** One JSON document. */
        json
    }

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "html", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Form form = Form.html;

    @Option(names = "--versions", paramLabel = "N", defaultValue = "3", description = "Newest versions of each tool to show, 1 to "
            + MOST_VERSIONS + "; default: ${DEFAULT-VALUE}.")
    private int versions;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (versions < 1 || versions > MOST_VERSIONS) {
            throw new CommandException(ExitCode.USAGE, "--versions must be 1 to " + MOST_VERSIONS
                    + ", got " + versions);
        }
        try (Session session = Session.open(console, GlobalOptions.of(spec))) {
            StateReport report = StateReport.make(session, RunHistory.of(session), versions);
            console.out().println(switch (form) {
                case html -> HtmlPage.of(report);
                case markdown -> MarkdownPage.of(report);
                case json -> JsonPage.of(report);
            });
            return session.metrics().ended(ExitCode.DONE);
        }
    }
}
