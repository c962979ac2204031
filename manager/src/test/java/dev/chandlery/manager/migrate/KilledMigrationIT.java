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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed at random moments of a copy: no tag names what is not whole, and a rerun sends the rest. */
class KilledMigrationIT {
    private static final int KILLS = 50;
    private static final int REPOSITORIES = 4;
    private static final int VERSIONS = 3;
    private static final int LAYER_BYTES = 300_000;

    @TempDir
    private static Path folder;
    @AutoClose
    private static DistributionRegistry source;
    @AutoClose
    private static DistributionRegistry target;

    @BeforeAll
    static void fill() throws IOException {
        source = DistributionRegistry.start(RegistryOptions.OPEN);
        target = DistributionRegistry.start(RegistryOptions.OPEN);
        new Shelf(folder).configure("primary_registry: {url: 'http://" + source.registry() + "'}");
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

    @Test
    void fiftyKillsLeaveNoTagOnWhatIsNotWholeAndNothingIsSentTwice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long begin = System.nanoTime();
        assertThat(run("whole").waitFor()).isZero();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        int hits = 0;
        for (int round = 0; round < KILLS; round++) {
            String namespace = "round" + round;
            Process process = run(namespace);
            process.waitFor(millis / 4 + random.nextLong(millis), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            Missing missing = missing(namespace);
            hits += missing.manifests > 0 && missing.blobs < missing.allBlobs ? 1 : 0;

            Outcome rerun = new Shelf(folder).manager(arguments(namespace, "-o", "json"));

            String context = "seed " + seed + ", round " + round + ": " + rerun.err();
            assertThat(rerun.code()).as(context).isZero();
            JsonNode sums = new JsonMapper().readTree(rerun.out()).path("summary");
            assertThat(sums.path("manifests_sent").asInt()).as(context)
                    .isEqualTo(
                            missing.manifests);
            assertThat(sums.path("blobs_sent").asInt()).as(context)
                    .isLessThanOrEqualTo(
                            missing.blobs);
            assertThat(missing(namespace)).as(context)
                    .isEqualTo(new Missing(0, 0,
                            missing.allBlobs));
        }
        assertThat(hits).as("kills in the middle of a copy; seed " + seed).isPositive();
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

    private static Process run(String namespace) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty(
                "java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System
                        .getProperty("java.class.path"), ManagerProgram.class.getName(),
                "--config", folder.resolve("registry.yaml").toString()));
        command.addAll(List.of(arguments(namespace)));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("manager.log").toFile())
                .start();
    }

    /** What the target lacks of what the source has. */
    private record Missing(int manifests, int blobs, int allBlobs) {}

    /** Fails when a tag of the target names something that is not whole. */
    private static Missing missing(String namespace) {
        Registry from = source.registry();
        Registry to = target.registry();
        int manifests = 0;
        int blobs = 0;
        int allBlobs = 0;
        for (int i = 0; i < REPOSITORIES; i++) {
            Map<NodeKey, Descriptor> wanted = Shelf.ask(from, name(i), repository -> {
                Map<NodeKey, Descriptor> nodes = new LinkedHashMap<>();
                Shelf.tags(repository)
                        .keySet()
                        .forEach(tag -> walk(repository, repository.resolve(new Tag(tag)), nodes));
                return nodes;
            });
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
