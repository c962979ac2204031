package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.config.edit.ConfigEditException;
import dev.chandlery.config.edit.ToolSourcesEdit;
import dev.chandlery.oci.OciException;
import dev.chandlery.publisher.aqua.AquaImporter;
import dev.chandlery.publisher.aqua.Checkout;
import dev.chandlery.publisher.aqua.EntryText;
import dev.chandlery.publisher.aqua.Finding;
import dev.chandlery.publisher.aqua.Imported;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code publisher import aqua}. */
@Command(name = "aqua", sortOptions = false, description = "Makes entries of registry.yaml from package definitions of the aqua registry. What an entry cannot say is told line by line, and written above it as a comment.", footer = {
        "", "Examples:", "  publisher import aqua bufbuild/buf --from ../aqua-registry",
        "  publisher import aqua cli/cli --from ../aqua-registry --write registry.yaml",
        "  publisher import aqua --check --from ../aqua-registry", "",
        "Exit codes: 0 all carried over, 1 nothing imported, 2 usage, or --check found",
        "changes, 3 entries need a review, or some packages were left out."})
final class ImportAquaCommand implements Callable<Integer> {
    private static final String INDENT = "    ";

    private final Console console;

    @Parameters(paramLabel = "PACKAGE", arity = "0..*", description = "Names such as bufbuild/buf or protocolbuffers/protobuf/protoc.")
    private List<String> packages = List.of();

    @Option(names = "--from", paramLabel = "PATH", required = true, description = "A checkout of the aqua registry, or one of its registry.yaml files.")
    private Path from = Path.of("");

    @Option(names = "--all", description = "All packages of the checkout.")
    private boolean all;

    @Option(names = "--version", paramLabel = "V", description = "Tag that chooses among a definition's version_overrides; default: the newest that the aqua registry tests.")
    private @Nullable String version;

    @Option(names = "--as", paramLabel = "NAME", description = "Name of the tool; for a single package.")
    private @Nullable String as;

    @Option(names = "--commit", paramLabel = "HEX", description = "Commit of the aqua registry, where the checkout does not tell.")
    private @Nullable String commit;

    @Option(names = "--write", paramLabel = "FILE", description = "Add the entries to this registry.yaml; the rest of it stays as it is.")
    private @Nullable Path write;

    @Option(names = "--check", description = "Import again what registry.yaml has from the aqua registry, and show what differs.")
    private boolean check;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and exit.")
    private boolean help;

    ImportAquaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        requireUsage();
        try {
            return run();
        } catch (ConfigEditException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private int run() {
        Checkout checkout = Checkout.open(from, Optional.ofNullable(commit));
        AquaImporter importer = new AquaImporter(checkout);
        if (check) {
            return new AquaCheck(console, importer).check(global().configFile(console
                    .environment()));
        }
        Result result = new Result();
        for (String name : all ? checkout.names() : packages) {
            result.add(importer, name);
        }
        return finish(importer, result);
    }

    private GlobalOptions global() {
        return GlobalOptions.of(spec);
    }

    private void requireUsage() {
        if (commit != null && !commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw new CommandException(ExitCode.USAGE, "--commit must be 40 or 64 hex digits, got "
                    + commit);
        }
        boolean named = !packages.isEmpty();
        if (check ? named || all || write != null : named == all) {
            throw new CommandException(ExitCode.USAGE, check
                    ? "--check takes no packages and writes nothing"
                    : "name packages, or give --all");
        }
        if ((as != null || version != null) && packages.size() != 1) {
            throw new CommandException(ExitCode.USAGE,
                    "--as and --version are for a single package");
        }
    }

    /** What became of all packages. */
    private final class Result {
        private final Map<String, Imported.Entry> entries = new LinkedHashMap<>();
        private int leftOut;
        private int incomplete;

        void add(AquaImporter importer, String name) {
            try {
                switch (importer.importPackage(name, Optional.ofNullable(version), Optional
                        .ofNullable(as))) {
                    case Imported.Entry entry when entries.containsKey(entry.tool()) -> addOther(
                            importer, entry);
                    case Imported.Entry entry -> add(entry);
                    case Imported.LeftOut left -> {
                        leftOut++;
                        tell(left.findings());
                    }
                }
            } catch (OciException e) {
                leftOut++;
                error(String.valueOf(e.getMessage()));
            }
        }

        /** Projects call many a tool cli: a later one is named after its owner, too. */
        private void addOther(AquaImporter importer, Imported.Entry entry) {
            String other = Objects.requireNonNull(entries.get(entry.tool())).packageName();
            String longer = entry.packageName().replaceFirst("/.*", "") + "-" + entry.tool();
            if (importer.importPackage(entry.packageName(), Optional.ofNullable(version), Optional
                    .of(longer)) instanceof Imported.Entry renamed && !entries.containsKey(renamed
                            .tool())) {
                console.note("Note: " + entry.packageName() + " is called " + renamed.tool()
                        + " here, as " + other + " is called " + entry.tool() + " too");
                add(renamed);
                return;
            }
            leftOut++;
            error(entry.packageName() + " is left out: " + other + " is called " + entry.tool()
                    + " too; import it alone with --as NAME");
        }

        private void add(Imported.Entry entry) {
            entries.put(entry.tool(), entry);
            incomplete += entry.whole() ? 0 : 1;
            tell(entry.findings());
        }
    }

    private int finish(AquaImporter importer, Result result) {
        EntryText text = importer.text();
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        result.entries.forEach((name, entry) -> blocks.put(name, text.lines(entry)));
        Path file = write;
        if (file != null) {
            leaveWhatIsThere(file, blocks, result);
        }
        if (file != null && !blocks.isEmpty()) {
            ToolSourcesEdit edit = ToolSourcesEdit.plan(file, blocks);
            edit.write();
            console.out().println("Added to " + file + ": " + String.join(", ", blocks.keySet()));
        } else if (!blocks.isEmpty()) {
            console.out().println("publishing:\n  tool_sources:");
            blocks.values()
                    .forEach(lines -> lines.forEach(line -> console.out()
                            .println(INDENT + line)));
        }
        summary(result);
        if (result.entries.isEmpty()) {
            return ExitCode.FAILED.code();
        }
        return result.leftOut + result.incomplete > 0
                ? ExitCode.PARTLY.code()
                : ExitCode.DONE.code();
    }

    /** One of many that is there already does not keep the others from being added. */
    private void leaveWhatIsThere(Path file, Map<String, List<String>> blocks, Result result) {
        Set<String> there = new TreeSet<>(ToolSourcesEdit.entries(file).keySet());
        there.retainAll(blocks.keySet());
        if (there.size() == blocks.size()) {
            return; // refused below, as nothing is left to be added
        }
        for (String name : there) {
            blocks.remove(name);
            result.entries.remove(name);
            result.leftOut++;
            error(name + " is left out: " + file + " has it already");
        }
    }

    private void summary(Result result) {
        if (global().quiet()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        parts.add(result.entries.size() + " imported");
        if (result.incomplete > 0) {
            parts.add(result.incomplete + " of them to be reviewed");
        }
        if (result.leftOut > 0) {
            parts.add(result.leftOut + " left out");
        }
        console.note(String.join(", ", parts));
    }

    private void tell(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.lost()) {
                console.note("Review: " + finding);
            } else if (!global().quiet()) {
                console.note("Note: " + finding);
            }
        }
    }

    private void error(String message) {
        console.note(console.alarming("Error:") + " " + message);
    }
}
