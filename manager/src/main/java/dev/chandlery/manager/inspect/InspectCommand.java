package dev.chandlery.manager.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.verify.ArtifactName;
import dev.chandlery.manager.verify.Located;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code manager inspect}. */
@Command(name = "inspect", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Show what an artifact is: platforms, sizes, files, trust, annotations, and the tree of what is",
        "in it and attached to it (<-). Nothing is checked; manager verify does that."}, footer = {
                "", "Examples:",
                "  manager inspect protoc                the newest that is published",
                "  manager inspect tools/protoc:v31.1    below the primary registry's namespace",
                "  manager inspect ghcr.io/oras-project/oras:v1.3.0 -o json"})
public final class InspectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TOOL[@VERSION]|BUNDLE[@VERSION]|REF", description = "A tool or bundle of registry.yaml, or any reference.")
    private String name = "";

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(console, GlobalOptions.of(spec))) {
            ArtifactName artifact = ArtifactName.parse(name, session.config());
            try (RegistryConnection registry = artifact.open(session)) {
                Located located = artifact.locate(session, registry, List.of());
                if (located.roots().isEmpty()) {
                    throw new CommandException(ExitCode.FAILED, "cannot inspect " + located.title()
                            + ": nothing of it is published");
                }
                print(located);
            }
            return session.metrics().ended(ExitCode.DONE);
        }
    }

    private void print(Located located) {
        ObjectNode document = Json.object().put("artifact", located.title());
        ArrayNode roots = document.putArray("roots");
        for (Located.Root root : located.roots()) {
            Inspected inspected = new Inspection(root.repository()).read(root.manifest());
            if (format.json()) {
                InspectJson.write(inspected, roots.addObject().put("name", root.name()));
            } else {
                new InspectText(console).lines(located.title(), root.name(), inspected)
                        .forEach(console.out()::println);
            }
        }
        if (format.json()) {
            console.out().println(Json.write(document));
        }
    }
}
