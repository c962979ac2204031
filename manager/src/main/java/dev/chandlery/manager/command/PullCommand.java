package dev.chandlery.manager.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.OutputFormat;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.operation.CacheSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.manager.cache.BlobCache;
import dev.chandlery.manager.cache.CacheCleanup;
import dev.chandlery.manager.mirror.Fallback;
import dev.chandlery.manager.pull.PullRecord;
import dev.chandlery.manager.pull.ToolPuller;
import dev.chandlery.manager.verify.SignatureCheck;
import dev.chandlery.manager.verify.TrustedKeys;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.client.RemoteRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code manager pull}. */
@Command(name = "pull", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Put the files of a published tool, or of all tools of a bundle, into a folder.",
        "Blobs come through the cache; every byte is verified. Files of the same names are replaced.",
        "What the primary registry cannot give comes from the first backup registry that can."}, footer = {
                "", "Examples:",
                "  manager pull protoc                        the newest for this machine, into protoc/",
                "  manager pull protoc@31.1 -o tools/protoc",
                "  manager pull go-development -o tools       all tools of a bundle, in one tree",
                "  manager pull buf --platform darwin-arm64 --format json"})
final class PullCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    @Parameters(paramLabel = "TOOL[@VERSION]|BUNDLE[@VERSION]", description = "As in registry.yaml; without a version the newest that is published.")
    private String reference = "";

    @Option(names = "--platform", paramLabel = "P", description = "Such as linux-x86_64 or linux/amd64; default: this machine's.")
    private @Nullable String platform;

    @Option(names = {"-o",
            "--output"}, paramLabel = "DIR", description = "Folder for the files; default: its name.")
    private @Nullable Path output;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.text;

    PullCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GlobalOptions global = manager.global();
        try (Session session = Session.open(console, global)) {
            cleanUp(session.config().cache());
            BlobCache cache = new BlobCache(session.config().cache().localCacheDir());
            PullRecord kept = new PullRecord(session, cache);
            Fallback.Found<Wanted> pulled;
            try (Progress progress = Progress.on(console, global.quiet())) {
                pulled = new Fallback(session, console, Access.READ_WRITE).read(registry -> pull(
                        session, registry, progress, new Pull(cache, kept)));
            } finally {
                count(kept);
            }
            print(pulled, folder(pulled.value()), cache);
            return session.metrics().ended(ExitCode.DONE);
        }
    }

    /** A cache that cannot be cleaned up is told, and is no reason to fail. */
    private void cleanUp(CacheSpec spec) {
        if (!spec.cleanupOnStartup()) {
            return;
        }
        try {
            CacheCleanup cleanup = new CacheCleanup(spec);
            cleanup.apply(cleanup.plan(Instant.now()));
        } catch (OciException e) {
            console.note("Warning: " + e.getMessage());
        }
    }

    /** Where blobs come from, and what is written down of it. */
    private record Pull(BlobCache cache, PullRecord kept) {}

    private Wanted pull(Session session, RegistryConnection registry, Progress progress,
            Pull through) {
        Wanted wanted = Wanted.find(session.config(), registry, reference, platform == null
                ? PlatformName.host()
                : PlatformName.parse(platform));
        try (Progress.Item item = progress.start(wanted.name() + " " + wanted.version())) {
            item.step("pull", wanted.manifest().size());
            RemoteRepository repository = registry.repository(wanted.path());
            if (session.config().security().checks().signatureVerification()) {
                new SignatureCheck(TrustedKeys.of(session)).require(repository, wanted.manifest()
                        .digest());
            }
            through.kept()
                    .done(new ToolPuller(through.cache(), image -> requireVersion(wanted, image))
                            .pull(
                                    repository, wanted.manifest(), folder(wanted), item::advance));
        }
        return wanted;
    }

    /** A tag may have been moved to what is signed and whole, but another version, or another bundle. */
    private static void requireVersion(Wanted wanted, ImageManifest image) {
        String title = image.annotations().getOrDefault(Annotations.TITLE, "");
        if (wanted.bundle() && !title.equals(wanted.name())) {
            throw new ContentMismatchException("the name of " + wanted.manifest().digest(), wanted
                    .name(), title);
        }
        if (wanted.bundle() && wanted.version().equals("latest")) {
            return;
        }
        String stated = image.annotations().getOrDefault(Annotations.VERSION, wanted.version());
        if (!ToolNames.versionTag(stated).equals(ToolNames.versionTag(wanted.version()))) {
            throw new ContentMismatchException("the version of " + wanted.name() + " "
                    + wanted.manifest().digest(), wanted.version(), stated);
        }
    }

    private Path folder(Wanted wanted) {
        return output != null ? output : Path.of(wanted.name());
    }

    /** A count that cannot be kept is told, and is no reason to fail. */
    private void count(PullRecord kept) {
        try {
            kept.keep(reference.split("@", 2)[0]);
        } catch (OciException e) {
            console.note("Warning: " + e.getMessage());
        }
    }

    private void print(Fallback.Found<Wanted> pulled, Path folder, BlobCache cache) {
        Wanted wanted = pulled.value();
        String digest = wanted.manifest().digest().toString();
        if (format == OutputFormat.json) {
            ObjectNode node = Json.object()
                    .put(wanted.bundle()
                            ? "bundle"
                            : "tool", wanted.name());
            node.put("version", wanted.version()).put("platform", wanted.platform().value());
            node.put("digest", digest).put("folder", folder.toAbsolutePath().toString());
            node.put("registry", pulled.registry());
            node.put("cache_hits", cache.hits()).put("cache_misses", cache.misses());
            console.out().println(Json.write(node));
        } else {
            console.out()
                    .println(wanted.name() + " " + wanted.version() + " for " + wanted
                            .platform() + " in " + folder + " (" + digest + ")");
        }
    }
}
