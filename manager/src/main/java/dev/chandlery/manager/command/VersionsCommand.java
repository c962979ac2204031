package dev.chandlery.manager.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.manager.mirror.Fallback;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.Version;
import dev.chandlery.upstream.sources.Upstreams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code manager versions}. */
@Command(name = "versions", mixinStandardHelpOptions = true, sortOptions = false, description = "List versions of a tool or bundle: what is upstream, what is published, what is missing.", footer = {
        "", "Examples:", "  manager versions protoc",
        "  manager versions protoc --published        without asking upstream",
        "  manager versions buf --upstream -n 20 -o json", "",
        "When upstream does not answer, what is published is listed all the same, and the exit code is 3."})
final class VersionsCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    @Parameters(paramLabel = "TOOL|BUNDLE", description = "As in registry.yaml; of a bundle, which has no upstream, what is published.")
    private String name = "";

    @Option(names = "--upstream", description = "Only what is upstream.")
    private boolean upstreamOnly;

    @Option(names = "--published", description = "Only what is published.")
    private boolean publishedOnly;

    @Option(names = {"-n",
            "--limit"}, paramLabel = "N", defaultValue = "10", description = "How many of the newest; default: ${DEFAULT-VALUE}.")
    private int limit = 10;

    private Optional<String> upstreamFailure = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    VersionsCommand(Console console) {
        this.console = console;
    }

    /**
     * One version, wherever it is.
     *
     * @param platforms that are published
     * @param absent wanted platforms that are not
     */
    private record Row(Version version, Optional<Release> upstream, Set<PlatformName> platforms,
            List<PlatformName> absent) {
        String status(boolean asked) {
            if (platforms.isEmpty()) {
                return "missing";
            }
            String gone = upstream.isEmpty() && asked ? ", not upstream" : "";
            return (absent.isEmpty() ? "published" : "published in part") + gone;
        }
    }

    @Override
    public Integer call() {
        if (limit < 1 || (upstreamOnly && publishedOnly)) {
            throw new CommandException(ExitCode.USAGE, limit < 1
                    ? "--limit must be 1 or more, got " + limit
                    : "--upstream and --published exclude each other");
        }
        try (Session session = Session.open(console, manager.global())) {
            BundleSpec bundle = session.config().bundles().get(name);
            return bundle != null && !session.config().publishing().tools().containsKey(name)
                    ? new BundleVersions(console, session, format.json()).print(bundle, limit)
                    : versions(session);
        }
    }

    private int versions(Session session) {
        try (Upstreams upstreams = new Upstreams(new UpstreamContext(session.config(), session
                .transport(), console.environment(), true))) {
            ToolSpec tool = Tools.require(session.config(), name);
            if (upstreamOnly) {
                print(tool, Optional.empty(), releases(upstreams, tool).stream()
                        .map(r -> new Row(r.version(), Optional.of(r), Set.of(), List.of()))
                        .toList());
                return ExitCode.DONE.code();
            }
            List<Release> releases = publishedOnly ? List.of() : tried(upstreams, tool);
            Fallback.Found<List<Row>> found = new Fallback(session, console, Access.READ_ONLY)
                    .read(registry -> rows(session, registry, tool, releases));
            print(tool, Optional.of(found.registry()), found.value());
            return (upstreamFailure.isPresent() ? ExitCode.PARTLY : ExitCode.DONE).code();
        }
    }

    private List<Release> releases(Upstreams upstreams, ToolSpec tool) {
        try (Stream<Release> releases = upstreams.forTool(tool).releases(limit)) {
            return releases.limit(limit).toList();
        }
    }

    /** What is published can be told without upstream. */
    private List<Release> tried(Upstreams upstreams, ToolSpec tool) {
        try {
            return releases(upstreams, tool);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            upstreamFailure = Optional.of(String.valueOf(e.getMessage()));
            console.note(console.alarming("Error:") + " " + e.getMessage()
                    + "; only what is published follows");
            return List.of();
        }
    }

    private List<Row> rows(Session session, RegistryConnection registry, ToolSpec tool,
            List<Release> releases) {
        List<PlatformName> wanted = tool.platforms().stream().map(ToolPlatform::name).toList();
        TreeMap<Version, Optional<Release>> versions = new TreeMap<>(Comparator.reverseOrder());
        releases.forEach(release -> versions.put(release.version(), Optional.of(release)));
        PublishedTool published = PublishedTool.read(registry, ToolNames.of(session.config()
                .repositoryOf(tool), tool));
        published.versions()
                .forEach(text -> versions.putIfAbsent(new Version(text), Optional.empty()));
        List<Row> rows = new ArrayList<>();
        versions.entrySet().stream().limit(limit).forEach(entry -> {
            Set<PlatformName> there = published.find(entry.getKey().text(), wanted)
                    .platforms()
                    .keySet();
            List<PlatformName> absent = wanted.stream().filter(p -> !there.contains(p)).toList();
            rows.add(new Row(entry.getKey(), entry.getValue(), there, absent));
        });
        return rows;
    }

    private void print(ToolSpec tool, Optional<String> registry, List<Row> rows) {
        if (format.json()) {
            ArrayNode list = Json.array();
            rows.forEach(row -> list.add(json(row)));
            ObjectNode document = Json.object().put("tool", tool.name());
            registry.ifPresent(label -> document.put("registry", label));
            upstreamFailure.ifPresent(failure -> document.put("upstreamError", failure));
            console.out().println(Json.write(document.set("versions", list)));
            return;
        }
        TextTable table = upstreamOnly
                ? new TextTable("VERSION", "RELEASE", "DATE")
                : new TextTable("VERSION", "RELEASE", "DATE", "STATUS", "PLATFORMS", "ABSENT");
        for (Row row : rows) {
            String release = row.upstream().map(Release::name).orElse("");
            String date = row.upstream()
                    .flatMap(Release::published)
                    .map(at -> at.toString()
                            .substring(0, 10))
                    .orElse("");
            if (upstreamOnly) {
                table.row(row.version().text(), release, date);
            } else {
                table.row(row.version().text(), release, date, row.status(asked()), joined(row
                        .platforms()
                        .stream()
                        .toList()), row.platforms().isEmpty()
                                ? ""
                                : joined(row
                                        .absent()));
            }
        }
        table.lines().forEach(console.out()::println);
    }

    /** Whether upstream was asked, and answered. */
    private boolean asked() {
        return !publishedOnly && upstreamFailure.isEmpty();
    }

    private static String joined(List<PlatformName> names) {
        return String.join(" ", names.stream().map(PlatformName::value).toList());
    }

    private ObjectNode json(Row row) {
        ObjectNode node = Json.object().put("version", row.version().text());
        row.upstream().ifPresent(release -> {
            node.put("release", release.name());
            release.published().ifPresent(at -> node.put("released", at.toString()));
        });
        if (asked()) {
            node.put("upstream", row.upstream().isPresent());
        }
        if (!upstreamOnly) {
            node.put("published", !row.platforms().isEmpty());
            ArrayNode there = node.putArray("platforms");
            row.platforms().forEach(platform -> there.add(platform.value()));
            ArrayNode absent = node.putArray("absent");
            row.absent().forEach(platform -> absent.add(platform.value()));
        }
        return node;
    }
}
