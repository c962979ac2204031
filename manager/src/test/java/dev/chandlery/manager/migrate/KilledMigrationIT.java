package dev.chandlery.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.manager.ManagerProgram;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.Samples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed at random moments of a copy: no tag names what is not whole, and a rerun sends the rest. */
class KilledMigrationIT {
    private static final int KILLS = 50;
    private static final int LANES = 3;
    private static final int REPOSITORIES = 4;
    private static final int VERSIONS = 3;
    private static final int LAYER_BYTES = 300_000;
    /** Distribution rewrites links in place: a blob whose link is empty at that moment cannot be mounted, and is sent. */
    private static final int LINKS_REWRITTEN = 2;

    private static final String ARCHIVE = "manager.jsa";
    /** Without folders of tests, which no program needs. */
    private static final String CLASS_PATH = Arrays.stream(System.getProperty("java.class.path")
            .split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));

    /** By repository; the source stays as it is. */
    private static final Map<String, Map<NodeKey, Descriptor>> WANTED = new ConcurrentHashMap<>();

    @TempDir
    private static Path folder;
    @AutoClose
    private static DistributionRegistry source;
    @AutoClose
    private static DistributionRegistry target;

    @BeforeAll
    static void fill() {
        source = DistributionRegistry.start(RegistryOptions.OPEN);
        target = DistributionRegistry.start(RegistryOptions.OPEN);
        for (int i = 0; i < REPOSITORIES; i++) {
            int number = i;
            Shelf.ask(source.registry(), name(i), repository -> {
                for (int version = 0; version < VERSIONS; version++) {
                    version(repository, number * VERSIONS + version);
                }
                return true;
            });
        }
    }

    private static String name(int number) {
        return "tools/t" + number;
    }

    private static void version(RemoteRepository repository, int number) {
        Samples.pushEmpty(repository);
        Descriptor image = Samples.push(repository, Samples.image(Descriptor.EMPTY, Samples
                .pushBlob(repository, Samples.bytes(number, LAYER_BYTES)), Samples.pushText(
                        repository, "small " + number)));
        Samples.push(repository, Samples.attached(image, Samples.ARTIFACT, Map.of("of", "v"
                + number)));
        Shelf.tag(repository, Samples.index(image, Samples.pushImage(repository, "other "
                + number)), "v" + number);
    }

    /** Rounds go on side by side: most of a round is the start of a JVM, and its waiting for the registries. */
    @Test
    void fiftyKillsLeaveNoTagOnWhatIsNotWholeAndNothingIsSentTwice() throws Exception {
        long seed = System.nanoTime();
        archiveClasses();
        long begin = System.nanoTime();
        inLanes(lane -> assertThat(run(lane, "whole" + lane.number()).waitFor()).isZero());
        long millis = (System.nanoTime() - begin) / 1_000_000;
        AtomicInteger rounds = new AtomicInteger();
        AtomicInteger hits = new AtomicInteger();
        inLanes(lane -> {
            for (int i = rounds.getAndIncrement(); i < KILLS; i = rounds.getAndIncrement()) {
                Random random = new Random(seed + i);
                String context = "seed " + seed + ", round " + i;
                Missing missing = kill(lane, "round" + i, millis / 4 + random.nextLong(millis));
                hits.addAndGet(missing.isPart() ? 1 : 0);
                rerun(lane, "round" + i, missing, context);
            }
        });
        assertThat(hits).as("kills in the middle of a copy; seed " + seed).hasPositiveValue();
    }

    private static Missing kill(Lane lane, String namespace, long millis) throws Exception {
        Process process = run(lane, namespace);
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        Missing before = missing(namespace);
        Missing now = missing(namespace);
        while (!now.equals(before)) { // the registry may not be done with what the killed one sent
            before = now;
            now = missing(namespace);
        }
        return now;
    }

    private static void rerun(Lane lane, String namespace, Missing missing, String context)
            throws IOException {
        Outcome rerun = lane.shelf().manager(arguments(namespace, "-o", "json"));
        assertThat(rerun.code()).as(context + ": " + rerun.err()).isZero();
        JsonNode sums = new JsonMapper().readTree(rerun.out()).path("summary");
        assertThat(sums.path("manifests_sent").asInt()).as(context).isEqualTo(missing.manifests);
        assertThat(sums.path("blobs_sent").asInt()).as(context)
                .isLessThanOrEqualTo(missing.blobs + LINKS_REWRITTEN);
        assertThat(missing(namespace)).as(context).isEqualTo(new Missing(0, 0, missing.allBlobs));
    }

    private interface Work {
        void in(Lane lane) throws Exception;
    }

    private static void inLanes(Work work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> lanes = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                Lane lane = Lane.of(i);
                lanes.add(threads.submit(() -> {
                    work.in(lane);
                    return lane;
                }));
            }
            for (Future<?> lane : lanes) {
                lane.get();
            }
        }
    }

    /** A folder with a configuration and a cache that no other round uses at the same time. */
    private record Lane(int number, Shelf shelf) {
        static Lane of(int number) throws IOException {
            Shelf shelf = new Shelf(Files.createDirectories(folder.resolve("lane" + number)));
            shelf.configure("primary_registry: {url: 'http://" + source.registry() + "'}");
            return new Lane(number, shelf);
        }
    }

    private static String[] arguments(String namespace, String... more) {
        List<String> arguments = new ArrayList<>(List.of("migrate", "--to", "http://"
                + target.registry() + "/" + namespace));
        for (int i = 0; i < REPOSITORIES; i++) {
            arguments.addAll(List.of("--include", name(i)));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** What a first run loads, for the others to begin with; of folders of classes no archive is made. */
    private static void archiveClasses() throws Exception {
        boolean jars = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .allMatch(entry -> Files.isRegularFile(Path.of(entry)));
        String option = "-XX:ArchiveClassesAtExit=" + folder.resolve(ARCHIVE);
        Process first = start(Lane.of(0), "first", jars ? List.of(option) : List.of());
        assertThat(first.waitFor()).isZero();
    }

    private static Process run(Lane lane, String namespace) throws IOException {
        Path archive = folder.resolve(ARCHIVE);
        return start(lane, namespace, Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive)
                : List.of());
    }

    private static Process start(Lane lane, String namespace, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"),
                "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", CLASS_PATH, ManagerProgram.class.getName(), "--config", lane
                .shelf()
                .folder()
                .resolve("registry.yaml")
                .toString()));
        command.addAll(List.of(arguments(namespace)));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(lane.shelf().folder().resolve("manager.log").toFile())
                .start();
    }

    /** What the target lacks of what the source has. */
    private record Missing(int manifests, int blobs, int allBlobs) {
        boolean isPart() {
            return manifests > 0 && blobs < allBlobs;
        }
    }

    /** Fails when a tag of the target names something that is not whole. */
    private static Missing missing(String namespace) {
        Registry to = target.registry();
        int manifests = 0;
        int blobs = 0;
        int allBlobs = 0;
        for (int i = 0; i < REPOSITORIES; i++) {
            Map<NodeKey, Descriptor> wanted = WANTED.computeIfAbsent(name(i),
                    KilledMigrationIT::wanted);
            List<Descriptor> absent = Shelf.ask(to, namespace + "/" + name(i), repository -> {
                Shelf.tags(repository)
                        .keySet()
                        .forEach(tag -> walk(repository, repository.resolve(new Tag(tag)),
                                new LinkedHashMap<>()));
                return wanted.values().stream().filter(node -> !repository.exists(node)).toList();
            });
            int absentManifests = (int) absent.stream()
                    .filter(node -> node.mediaType().isManifest())
                    .count();
            manifests += absentManifests;
            blobs += absent.size() - absentManifests;
            allBlobs += (int) wanted.values()
                    .stream()
                    .filter(node -> !node.mediaType().isManifest())
                    .count();
        }
        return new Missing(manifests, blobs, allBlobs);
    }

    private static Map<NodeKey, Descriptor> wanted(String name) {
        return Shelf.ask(source.registry(), name, repository -> {
            Map<NodeKey, Descriptor> nodes = new LinkedHashMap<>();
            Shelf.tags(repository)
                    .keySet()
                    .forEach(tag -> walk(repository, repository.resolve(new Tag(tag)), nodes));
            return nodes;
        });
    }

    /** All nodes that can be reached, attached ones too; fails when one is not there. */
    private static void walk(RemoteRepository repository, Descriptor node,
            Map<NodeKey, Descriptor> nodes) {
        if (nodes.putIfAbsent(node.key(), node) != null) {
            return;
        }
        if (!node.mediaType().isManifest()) {
            assertThat(repository.exists(node)).as(node + " of " + repository).isTrue();
            return;
        }
        ManifestDocument document = Manifests.fetch(repository, node);
        document.manifest().successors().forEach(next -> walk(repository, next, nodes));
        try (var attached = repository.referrerLister().orElseThrow().referrers(node.digest())) {
            attached.toList().forEach(next -> walk(repository, next, nodes));
        }
    }
}
