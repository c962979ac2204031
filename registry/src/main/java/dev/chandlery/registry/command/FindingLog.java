package dev.chandlery.registry.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.collect.CheckListener;
import dev.chandlery.registry.collect.Finding;
import java.util.Optional;

/** Collects what a check finds; bytes that nobody uses are only counted, but with {@code -v}. */
final class FindingLog implements CheckListener {
    private final boolean verbose;
    private final ArrayNode findings = Json.array();
    private final TextTable table = new TextTable("WHAT", "REPOSITORY", "ID", "STATE", "DETAIL");
    private int open;
    private int repaired;
    private int unused;

    FindingLog(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public void found(Finding finding) {
        if (finding.isOpen()) {
            open++;
        } else if (finding.outcome() == Finding.Outcome.REPAIRED) {
            repaired++;
        } else {
            unused++;
            if (!verbose) {
                return;
            }
        }
        Optional<String> repository = Optional.ofNullable(finding.repository())
                .map(RepositoryName::value);
        ObjectNode entry = findings.addObject().put("kind", finding.kind().label());
        repository.ifPresent(name -> entry.put("repository", name));
        entry.put("id", finding.id())
                .put("state", finding.outcome().label())
                .put("detail", finding.detail());
        table.row(finding.kind().label(), repository.orElse("-"), finding.id(), finding.outcome()
                .label(), finding.detail());
    }

    /** The same, and what is changed is written down. */
    CheckListener andTo(CommandAudit audit) {
        return finding -> {
            audit.found(finding);
            found(finding);
        };
    }

    /** Prints all; the exit code that says how it is now. */
    ExitCode print(Console console, FormatOption format) {
        if (format.json()) {
            ObjectNode json = Json.object()
                    .put("open", open)
                    .put("repaired", repaired)
                    .put("unused",
                            unused);
            json.set("findings", findings);
            console.out().println(Json.write(json));
        } else {
            if (!table.isEmpty()) {
                table.lines().forEach(console.out()::println);
            }
            console.note(open + " open, " + repaired + " repaired" + (unused == 0
                    ? ""
                    : "; " + unused + " without a repository, which registry gc takes"));
        }
        return ExitCode.ofItems(repaired, open);
    }
}
