package dev.chandlery.scheduler.year;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.scheduler.command.Wiring;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.work.Works;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A registry with its cache, its scheduler, and somebody who pulls from it; all by the simulated clock. */
final class House implements AutoCloseable {
    private static final long LARGE = 3L << 30;

    private final Path folder;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final ConfigSpec config;
    private final RegistryHandle registry;
    private final Wiring wiring;
    private final Instant began = Instant.now();

    /**
     * Moves in.
     *
     * @param change of the jobs' work
     */
    House(Path folder, String registryYaml, InstantSource clock,
            UnaryOperator<Function<JobName, Job>> change) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.environment = Map.of("HOME", folder.toString());
        this.config = ConfigLoader.load(Files.writeString(file(), registryYaml), environment);
        this.registry = EmbeddedRegistry.load()
                .withClock(clock)
                .open(config.primaryRegistry().storage());
        this.wiring = Wiring.open(() -> config, new Wiring.World("year", environment, clock), change
                .apply(new Works(() -> config, environment, clock)));
    }

    private Path file() {
        return folder.resolve("registry.yaml");
    }

    RunRecord run(JobKind kind) {
        return wiring.service().now(JobName.of(kind)).orElseThrow();
    }

    Wiring wiring() {
        return wiring;
    }

    /** Pulls the newest version, as people do, through the cache. */
    void pull() throws IOException {
        var said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            int code = new Program(Console.plain(new PrintStream(OutputStream.nullOutputStream(),
                    true, StandardCharsets.UTF_8), err, environment), ManagerCommand.class)
                    .run("-c", file().toString(), "pull", "widget", "--platform",
                            UpstreamYear.PLATFORMS.getFirst(), "-o", folder.resolve("pulled")
                                    .toString());
            if (code != 0) {
                throw new AssertionError("pull ends with " + code + ": " + said.toString(
                        StandardCharsets.UTF_8));
            }
        }
        dateCache();
    }

    /** The file system has the real time: what it got by now is of the simulated time. */
    private void dateCache() throws IOException {
        for (Path file : files(cache())) {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(began)) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
        }
    }

    /** Something larger than the cache may be, which takes no space. */
    void floodCache() throws IOException {
        Path flood = cache().resolve("sha256").resolve("0".repeat(64));
        Files.createDirectories(flood.getParent());
        try (RandomAccessFile file = new RandomAccessFile(flood.toFile(), "rw")) {
            file.setLength(LARGE);
        }
        Files.setLastModifiedTime(flood, FileTime.from(clock.instant()));
    }

    /** The disk returns something else for that content. */
    void rot(Bytes content) throws IOException {
        Files.writeString(blob(content.digest()), "x".repeat(content.size()));
    }

    /** Somebody puts back what was lost. */
    void mend(Bytes content) throws IOException {
        Files.write(blob(content.digest()), content.toArray());
    }

    private Path blob(Digest digest) {
        return folder.resolve("registry/blobs/sha256")
                .resolve(digest.encoded().substring(0, 2))
                .resolve(digest.encoded());
    }

    private Path cache() {
        return folder.resolve("cache/blobs");
    }

    int cached() throws IOException {
        return files(cache()).size();
    }

    int stored() throws IOException {
        return files(folder.resolve("registry/blobs")).size();
    }

    long historyBytes() throws IOException {
        return Files.size(folder.resolve("cache/state/scheduler.db"));
    }

    private static List<Path> files(Path below) throws IOException {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Versions and records of the registry. */
    PublishedTool published() {
        var tool = Objects.requireNonNull(config.publishing().tools().get("widget"));
        try (Session session = Session.of(config, environment, UnaryOperator.identity());
                RegistryConnection connection = session.primary(Access.READ_ONLY)) {
            return PublishedTool.read(connection, ToolNames.of(config.repositoryOf(tool), tool));
        }
    }

    Set<String> versions() {
        return new TreeSet<>(published().versions());
    }

    @Override
    public void close() {
        try (registry) {
            wiring.close();
        }
    }
}
