package dev.chandlery.manager.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.OutputFormat;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.config.PlatformName;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.manager.cache.BlobCache;
import dev.chandlery.manager.mirror.Fallback;
import dev.chandlery.manager.pull.ToolPuller;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.upstream.Version;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code manager pull}. */
@Command(name = "pull", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Put the files of a published tool into a folder.",
        "Blobs come through the cache; every byte is verified. Files of the same names are replaced.",
        "What the primary registry cannot give comes from the first backup registry that can."}, footer = {
                "", "Examples:",
                "  manager pull protoc                        the newest for this machine, into protoc/",
                "  manager pull protoc@31.1 -o tools/protoc",
                "  manager pull buf --platform darwin-arm64 --format json"})
final class PullCommand implements Callable<Integer> {
    private static final int SHOWN_VERSIONS = 5;

    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    @Parameters(paramLabel = "TOOL[@VERSION]", description = "As in registry.yaml; without a version the newest that is published.")
    private String reference = "";

    @Option(names = "--platform", paramLabel = "P", description = "Such as linux-x86_64 or linux/amd64; default: this machine's.")
    private @Nullable String platform;

    @Option(names = {"-o",
            "--output"}, paramLabel = "DIR", description = "Folder for the files; default: the tool's name.")
    private @Nullable Path output;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.text;

    PullCommand(Console console) {
        this.console = console;
    }

    /** What is pulled. */
    private record Wanted(ToolSpec tool, String version, PlatformName platform,
            Descriptor manifest) {}

    @Override
    public Integer call() {
        GlobalOptions global = manager.global();
        try (Session session = Session.open(console, global)) {
            BlobCache cache = new BlobCache(session.config().cache().localCacheDir());
            Fallback.Found<Wanted> pulled;
            try (Progress progress = Progress.on(console, global.quiet())) {
                pulled = new Fallback(session, console, Access.READ_WRITE).read(registry -> pull(
                        session, registry,
                        cache, progress));
            } finally {
                count(session, cache);
            }
            print(pulled, folder(pulled.value()), cache);
            return ExitCode.DONE.code();
        }
    }

    private Wanted pull(Session session, RegistryConnection registry, BlobCache cache,
            Progress progress) {
        Wanted wanted = find(session, registry);
        try (Progress.Item item = progress.start(wanted.tool().name() + " " + wanted.version())) {
            item.step("pull", wanted.manifest().size());
            ToolNames names = ToolNames.of(session.config().repositoryOf(wanted.tool()), wanted
                    .tool());
            new ToolPuller(cache).pull(registry.repository(names.platformPath(wanted.version(),
                    wanted.platform())), wanted.manifest(), folder(wanted), item::advance);
        }
        return wanted;
    }

    private Path folder(Wanted wanted) {
        return output != null ? output : Path.of(wanted.tool().name());
    }

    private Wanted find(Session session, RegistryConnection registry) {
        String[] parts = reference.split("@", 2);
        ToolSpec tool = Tools.require(session.config(), parts[0]);
        PlatformName wanted = platform == null ? PlatformName.host() : PlatformName.parse(platform);
        PublishedTool published = PublishedTool.read(registry, ToolNames.of(session.config()
                .repositoryOf(tool), tool));
        String version = version(tool, published, parts.length == 2 ? parts[1] : "");
        var there = published.find(version, tool.platforms().stream().map(p -> p.name()).toList());
        Descriptor manifest = there.find(wanted)
                .orElseThrow(() -> new CommandException(
                        ExitCode.FAILED, "cannot pull " + tool.name() + " " + version + " for "
                                + wanted + ": not published", there.platforms().isEmpty()
                                        ? null
                                        : "published are " + there.platforms().keySet()));
        return new Wanted(tool, version, wanted, manifest);
    }

    private static String version(ToolSpec tool, PublishedTool published, String asked) {
        List<String> newestFirst = published.versions()
                .stream()
                .map(Version::new)
                .sorted(
                        Comparator.reverseOrder())
                .map(Version::text)
                .toList();
        if (newestFirst.isEmpty()) {
            throw new CommandException(ExitCode.FAILED, "cannot pull " + tool.name()
                    + ": no version of it is published", "run publisher --tool " + tool.name());
        }
        if (asked.isEmpty()) {
            return newestFirst.stream()
                    .filter(version -> !new Version(version).isPrerelease())
                    .findFirst()
                    .orElse(newestFirst.getFirst());
        }
        Optional<String> found = newestFirst.stream()
                .filter(version -> version.equals(asked)
                        || ("v" + version).equals(asked))
                .findFirst();
        return found.orElseThrow(() -> new CommandException(ExitCode.FAILED, "cannot pull " + tool
                .name() + " " + asked + ": not published", "the newest are " + String.join(", ",
                        newestFirst.subList(0, Math.min(SHOWN_VERSIONS, newestFirst.size())))));
    }

    /** A count that cannot be kept is told, and is no reason to fail. */
    private void count(Session session, BlobCache cache) {
        try {
            new RunStateFile(session.config().cache().localCacheDir()).add(Map.of(
                    Counter.CACHE_HITS, cache.hits(), Counter.CACHE_MISSES, cache.misses()),
                    Optional.empty());
        } catch (OciException e) {
            console.note("Warning: " + e.getMessage());
        }
    }

    private void print(Fallback.Found<Wanted> pulled, Path folder, BlobCache cache) {
        Wanted wanted = pulled.value();
        String digest = wanted.manifest().digest().toString();
        if (format == OutputFormat.json) {
            ObjectNode node = Json.object().put("tool", wanted.tool().name());
            node.put("version", wanted.version()).put("platform", wanted.platform().value());
            node.put("digest", digest).put("folder", folder.toAbsolutePath().toString());
            node.put("registry", pulled.registry());
            node.put("cache_hits", cache.hits()).put("cache_misses", cache.misses());
            console.out().println(Json.write(node));
        } else {
            console.out()
                    .println(wanted.tool().name() + " " + wanted.version() + " for " + wanted
                            .platform() + " in " + folder + " (" + digest + ")");
        }
    }
}
