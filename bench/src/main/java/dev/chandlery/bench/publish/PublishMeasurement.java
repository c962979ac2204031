package dev.chandlery.bench.publish;

import dev.chandlery.bench.copy.client.ClientRun;
import dev.chandlery.bench.copy.delay.DelayProxy;
import dev.chandlery.bench.copy.server.CountedRegistry;
import dev.chandlery.bench.copy.server.RegistryKind;
import dev.chandlery.bench.peer.Chandlery;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.publish.floor.DownloadFloor;
import dev.chandlery.bench.publish.floor.Published;
import dev.chandlery.bench.publish.floor.UploadFloor;
import dev.chandlery.bench.publish.stock.ReleaseFiles;
import dev.chandlery.bench.publish.stock.ToolRelease;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.testkit.upstream.FakeGithub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The publisher, and the two floors, in turns. Each run publishes into a registry that is new, from an upstream
 * that was not asked before.
 */
public final class PublishMeasurement implements AutoCloseable {
    /** Name of what downloads everything, and of what uploads everything. */
    static final String DOWNLOAD = "download alone";
    static final String UPLOAD = "upload alone";

    private static final String EMBEDDED = "embedded";
    private static final int ANONYMOUS_REQUESTS = 60;
    private static final int AUTHENTICATED_REQUESTS = 5000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Console console;
    private final Path folder;
    private final ReleaseFiles files;
    private final List<ToolRelease> tools;
    private final Settings settings;
    private final FakeGithub github = new FakeGithub();
    private final SortedMap<String, Map<String, List<PublishSample>>> results = new TreeMap<>();

    /**
     * How it is measured.
     *
     * @param connections to upstream, and to the registry
     * @param javaOptions of the publisher's JVM
     * @param limit longest time of a run
     */
    public record Settings(int rounds, int connections, Network network, String javaOptions,
            Duration limit) {

        /** On the way to upstream and to the registry; the embedded one is on this very machine. */
        public record Network(Duration roundTrip, long bytesPerSecond) {}
    }

    public PublishMeasurement(Console console, Path folder, ReleaseFiles files,
            List<ToolRelease> tools, Settings settings) throws IOException {
        this.console = console;
        this.folder = folder;
        this.files = files;
        this.tools = List.copyOf(tools);
        this.settings = settings;
        files.offer(github);
    }

    /** Samples by target, then by what was measured. */
    public SortedMap<String, Map<String, List<PublishSample>>> results() {
        return results;
    }

    /** Measures one kind of target. */
    public void measure(String target, Path checkout, Map<String, Path> publishers)
            throws IOException, InterruptedException {
        Published published = published(publishers.values().iterator().next());
        github.pace().set(settings.network.roundTrip, settings.network.bytesPerSecond);
        List<String> turns = new ArrayList<>(List.of(DOWNLOAD, UPLOAD));
        turns.addAll(publishers.keySet());
        for (int round = 1; round <= settings.rounds; round++) {
            for (String name : turns) {
                console.note(target + ", round " + round + " of " + settings.rounds + ": " + name);
                github.pace().forget();
                // An hour of its own for each, or the limit of the anonymous ends the fourth.
                github.limits().set(ANONYMOUS_REQUESTS, AUTHENTICATED_REQUESTS);
                PublishSample sample = switch (name) {
                    case DOWNLOAD -> timed(() -> new DownloadFloor(new Address(github.api()
                            .getPort()), files.paths()).run(settings.connections));
                    case UPLOAD -> upload(target, checkout, published);
                    default -> publish(target, Objects.requireNonNull(publishers.get(
                            name)));
                };
                results.computeIfAbsent(target, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(sample);
            }
            turns.add(turns.removeFirst());
        }
    }

    /** Publishes once as fast as it goes, to know what is to be uploaded. */
    private Published published(Path checkout) throws IOException, InterruptedException {
        console.note("publishing once, to know what is uploaded");
        github.pace().set(Duration.ZERO, Long.MAX_VALUE);
        Path own = Files.createDirectories(folder.resolve("first"));
        try (CountedRegistry registry = RegistryKind.DISTRIBUTION.start(folder, own)) {
            run(checkout, registry.address().url(""), own);
            Path blobs = Files.createDirectories(folder.resolve("blobs"));
            Published published = Published.read(registry.address(), tools.stream()
                    .map(tool -> "bench/tools/" + tool.name())
                    .toList(), blobs);
            console.note("to be uploaded: " + published.blobs().size() + " blobs, "
                    + published.bytes() / (1024 * 1024) + " MiB, " + published.manifests().size()
                    + " manifests and tags");
            return published;
        } finally {
            WorkFolder.remove(own);
        }
    }

    private PublishSample publish(String target, Path checkout)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("target"));
        try {
            if (target.equals(EMBEDDED)) {
                return run(checkout, EMBEDDED, own);
            }
            try (CountedRegistry registry = RegistryKind.DISTRIBUTION.start(folder, own);
                    DelayProxy line = line(registry.address())) {
                return run(checkout, line.address().url(""), own);
            }
        } finally {
            WorkFolder.remove(own);
        }
    }

    private PublishSample run(Path checkout, String url, Path own)
            throws IOException, InterruptedException {
        Path config = PublisherConfig.write(own, tools, new PublisherConfig.Places(url, github,
                settings.connections));
        ClientRun run = ClientRun.of(List.of("env", "CHANDLERY_JAVA_OPTS=" + settings.javaOptions,
                checkout.resolve("dist/target/chandlery/bin/publisher").toString(), "--config",
                config.toString(), "--tool", "all", "--quiet", "-o", "json"), own, settings.limit);
        return new PublishSample(run.seconds(), run.cpuSeconds(), run.peakBytes(), github.pace()
                .mostDownloads());
    }

    private PublishSample upload(String target, Path checkout, Published published)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("target"));
        try {
            if (target.equals(EMBEDDED)) {
                Address address = Address.free();
                try (Site site = Chandlery.open("ours", checkout).start(own, address).await()) {
                    return timed(() -> new UploadFloor(site.address(), published).run(
                            settings.connections));
                }
            }
            try (CountedRegistry registry = RegistryKind.DISTRIBUTION.start(folder, own);
                    DelayProxy line = line(registry.address())) {
                return timed(() -> new UploadFloor(line.address(), published).run(
                        settings.connections));
            }
        } finally {
            WorkFolder.remove(own);
        }
    }

    private DelayProxy line(Address registry) throws IOException {
        return new DelayProxy(registry, settings.network.roundTrip,
                settings.network.bytesPerSecond);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private PublishSample timed(Work work) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        work.run();
        return new PublishSample((System.nanoTime() - begin) / NANOS_PER_SECOND, 0, 0, github
                .pace()
                .mostDownloads());
    }

    @Override
    public void close() {
        github.close();
    }
}
