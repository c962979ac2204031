package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.testkit.ClientProgram;
import dev.chandlery.testkit.Clients;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published tool through oras, skopeo and curl, out of the embedded registry and of distribution's. */
class ThreeDoorsIT {
    private static final String PLATFORM = "linux-x86_64";

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();

    @AfterEach
    void close() {
        site.close();
    }

    private TestHouse publish(String registry) throws IOException {
        TestHouse house = new TestHouse(folder, site);
        house.release("hello", "1.0.0", List.of(PLATFORM, "linux-aarch64"));
        house.config(registry, List.of("hello"), "[\"1.0.0\"]", "[linux-x86_64, linux-aarch64]");
        var outcome = house.publish();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return house;
    }

    private void orasUnpacks(Registry registry) throws Exception {
        try (ClientProgram oras = Clients.oras()) {
            Path out = folder.resolve("oras");
            oras.run("pull", "--plain-http", "--platform", "linux/amd64", registry
                    + "/test/tools/hello:v1.0.0", "-o", out.toString()).requireSuccess();
            assertThat(run(out.resolve("bin/hello"))).isEqualTo("hello 1.0.0 for linux-x86_64");
        }
    }

    private void skopeoCopies(Registry registry) {
        try (ClientProgram skopeo = Clients.skopeo()) {
            Path out = folder.resolve("layout");
            skopeo.run("copy", "--all", "--src-tls-verify=false", "docker://" + registry
                    + "/test/tools/hello:v1.0.0", "oci:" + out + ":v1").requireSuccess();
            Descriptor layer = layer(registry);
            assertThat(out.resolve("blobs/sha256").resolve(layer.digest().encoded())).hasSize(layer
                    .size());
        }
    }

    private void curlFetchesByDigest(Registry registry) throws IOException {
        try (ClientProgram curl = Clients.curl()) {
            Descriptor layer = layer(registry);
            Path out = folder.resolve("layer.tar.gz");
            curl.run("-sSfL", "-o", out.toString(), "http://" + registry
                    + "/v2/test/tools/hello/blobs/" + layer.digest()).requireSuccess();
            assertThat(Digest.ofFile(Algorithm.SHA256, out)).isEqualTo(layer.digest());
        }
    }

    private static Descriptor layer(Registry registry) {
        return TestHouse.ask(registry, TestHouse.REPOSITORY, ThreeDoorsIT::layer);
    }

    private static Descriptor layer(RemoteRepository repository) {
        var manifest = Manifests.find(repository, new Tag("v1.0.0-" + PLATFORM)).orElseThrow();
        return manifest.manifest()
                .successors()
                .stream()
                .filter(d -> !d.annotations().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static String run(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** One way of taking a tool out of a registry. */
    private interface Door {
        void open(Registry registry) throws Exception;
    }

    private void ofTheEmbeddedRegistry(Door door) throws Exception {
        try (var handle = EmbeddedRegistry.load().open(publish("embedded").storage())) {
            door.open(handle.registry());
        }
    }

    private void ofDistribution(Door door) throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(RegistryOptions.OPEN)) {
            publish("http://" + registry.registry());
            door.open(registry.registry());
        }
    }

    @Test
    void orasFromTheEmbeddedRegistry() throws Exception {
        ofTheEmbeddedRegistry(this::orasUnpacks);
    }

    @Test
    void skopeoFromTheEmbeddedRegistry() throws Exception {
        ofTheEmbeddedRegistry(this::skopeoCopies);
    }

    @Test
    void curlFromTheEmbeddedRegistry() throws Exception {
        ofTheEmbeddedRegistry(this::curlFetchesByDigest);
    }

    @Test
    void orasFromDistribution() throws Exception {
        ofDistribution(this::orasUnpacks);
    }

    @Test
    void skopeoFromDistribution() throws Exception {
        ofDistribution(this::skopeoCopies);
    }

    @Test
    void curlFromDistribution() throws Exception {
        ofDistribution(this::curlFetchesByDigest);
    }

    @Test
    void digestsAreTheSameInBoth() throws Exception {
        ofDistribution(registry -> {
            Digest digest = TestHouse.ask(registry, TestHouse.REPOSITORY, repository -> repository
                    .resolve(new Tag("v1.0.0"))
                    .digest());

            assertThat(publish("embedded").tags(TestHouse.REPOSITORY)).containsEntry("v1.0.0",
                    digest);
        });
    }
}
