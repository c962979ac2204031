package dev.chandlery.manager.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code manager setup}. */
@Command(name = "setup", mixinStandardHelpOptions = true, description = {
        "Check that every tool's repository can be read and written.",
        "OCI registries make a repository when the first content comes; where one must be made by its owner, this says so."}, footer = {
                "", "Examples:", "  manager setup", "  manager setup -o json"})
final class SetupCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    @Mixin
    private FormatOption format = new FormatOption();

    SetupCommand(Console console) {
        this.console = console;
    }

    /**
     * How one repository is.
     *
     * @param tags that it has; 0 before the first publication
     */
    private record Checked(ToolSpec tool, RemoteRepository repository, long tags,
            Optional<String> error) {
        String status() {
            if (error.isPresent()) {
                return "FAILED";
            }
            return tags > 0 ? "ready" : "ready, empty";
        }
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(console, manager.global());
                RegistryConnection registry = session.primary(Access.READ_WRITE)) {
            registry.client().ping();
            ConfigSpec config = session.config();
            List<Checked> checked = TaskScope.mapAll("setup", List.copyOf(config.publishing()
                    .tools()
                    .values()), tool -> check(config, registry, tool));
            print(checked);
            int failed = (int) checked.stream().filter(c -> c.error().isPresent()).count();
            return ExitCode.ofItems(checked.size() - failed, failed).code();
        }
    }

    private static Checked check(ConfigSpec config, RegistryConnection registry, ToolSpec tool) {
        RemoteRepository repository = registry.repository(ToolNames.of(config.repositoryOf(tool),
                tool).path());
        try (Stream<Tag> tags = repository.tags()) {
            long count = tags.count();
            repository.checkWritable();
            return new Checked(tool, repository, count, Optional.empty());
        } catch (OciException e) {
            return new Checked(tool, repository, 0, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private void print(List<Checked> checked) {
        if (format.json()) {
            ArrayNode list = Json.array();
            for (Checked each : checked) {
                var node = list.addObject().put("tool", each.tool().name());
                node.put("repository", each.repository().name().value());
                node.put("status", each.error().isPresent() ? "failed" : "ready");
                node.put("tags", each.tags());
                each.error().ifPresent(error -> node.put("error", error));
            }
            console.out().println(Json.write(Json.object().set("repositories", list)));
            return;
        }
        TextTable table = new TextTable("TOOL", "REPOSITORY", ">TAGS", "STATUS");
        for (Checked each : checked) {
            table.row(each.tool().name(), each.repository().name().value(), Long.toString(each
                    .tags()), each.status());
            each.error()
                    .ifPresent(error -> console.note(console.alarming("Error:") + " "
                            + error));
        }
        table.lines().forEach(console.out()::println);
    }
}
