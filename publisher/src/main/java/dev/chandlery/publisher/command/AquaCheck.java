package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.edit.ToolSourcesEdit;
import dev.chandlery.oci.OciException;
import dev.chandlery.publisher.aqua.AquaImporter;
import dev.chandlery.publisher.aqua.Imported;
import dev.chandlery.publisher.aqua.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports again what a registry.yaml has from the aqua registry, and shows what would be different. */
final class AquaCheck {
    private final Console console;
    private final AquaImporter importer;

    AquaCheck(Console console, AquaImporter importer) {
        this.console = console;
        this.importer = importer;
    }

    /** Writes nothing; gives the exit code. */
    int check(Path file) {
        Map<String, List<String>> entries = ToolSourcesEdit.entries(file);
        int seen = 0;
        int changed = 0;
        int failed = 0;
        for (Map.Entry<String, List<String>> entry : entries.entrySet()) {
            Optional<Origin> origin = entry.getValue()
                    .stream()
                    .flatMap(line -> Origin.find(line).stream())
                    .findFirst();
            if (origin.isEmpty()) {
                continue;
            }
            seen++;
            try {
                changed += check(entry.getKey(), origin.get(), entry.getValue()) ? 0 : 1;
            } catch (OciException e) {
                failed++;
                console.note(console.alarming("Error:") + " " + entry.getKey() + ": " + e
                        .getMessage());
            }
        }
        if (seen == 0) {
            throw new CommandException(ExitCode.USAGE, file
                    + " has no entry with a comment such as # aqua: bufbuild/buf@v1.66.0");
        }
        console.out()
                .println("Checked " + seen + " entries of " + file + ": " + changed
                        + " differ" + (failed > 0 ? ", " + failed + " could not be imported" : ""));
        if (failed > 0) {
            return failed == seen ? ExitCode.FAILED.code() : ExitCode.PARTLY.code();
        }
        return changed > 0 ? ExitCode.CHANGES_PENDING.code() : ExitCode.DONE.code();
    }

    private boolean check(String tool, Origin origin, List<String> written) {
        return switch (importer.importPackage(origin.packageName(), Optional.of(origin.version()),
                Optional.of(tool))) {
            case Imported.Entry entry -> same(entry, written);
            case Imported.LeftOut left -> {
                console.out()
                        .println(tool + ": " + origin.packageName()
                                + " cannot be imported any more");
                left.findings().forEach(finding -> console.out().println("  " + finding));
                yield false;
            }
        };
    }

    /** The commit is not compared: definitions may be the same at another. */
    private boolean same(Imported.Entry entry, List<String> written) {
        List<String> old = significant(written);
        List<String> now = significant(importer.text().lines(entry));
        if (old.equals(now)) {
            return true;
        }
        console.out()
                .println(entry.tool() + ": " + entry.packageName() + "@" + entry.origin()
                        .version());
        List<String> gone = new ArrayList<>(old);
        now.forEach(gone::remove);
        List<String> fresh = new ArrayList<>(now);
        old.forEach(fresh::remove);
        gone.forEach(line -> console.out().println("  - " + line));
        fresh.forEach(line -> console.out().println("  + " + line));
        if (gone.isEmpty() && fresh.isEmpty()) {
            console.out().println("  the same lines in another order");
        }
        return false;
    }

    private static List<String> significant(List<String> lines) {
        return lines.stream()
                .filter(line -> Origin.find(line).isEmpty() && !line.isBlank())
                .map(String::stripTrailing)
                .toList();
    }
}
