package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.testkit.ClientProgram;
import dev.chandlery.testkit.Clients;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles through oras and skopeo, out of the embedded registry and of distribution's. */
class BundleIT {
    private static final String BUNDLES = "bundles: {both: [one@1.0.0, two@2.0.0]}\n";

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();

    @AfterEach
    void close() {
        site.close();
    }

    private TestHouse build(String registry, String bundles) throws IOException {
        TestHouse house = new BundleHouse(folder, site).publish(registry, bundles);
        var outcome = house.publish("--bundle", "both");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return house;
    }

    private void orasUnpacksAllTools(Registry registry) throws Exception {
        try (ClientProgram oras = Clients.oras()) {
            Path out = folder.resolve("oras");
            oras.run("pull", "--plain-http", "--platform", "linux/amd64", registry
                    + "/test/bundles/both:latest", "-o", out.toString()).requireSuccess();
            assertThat(run(out.resolve("bin/one"))).isEqualTo("one 1.0.0 for linux-x86_64");
            assertThat(run(out.resolve("bin/two"))).isEqualTo("two 2.0.0 for linux-x86_64");
        }
    }

    /** What a container engine does: all layers of the platform's manifest over each other. */
    private void skopeoCopiesWhatUnpacks(Registry registry, String expected) throws Exception {
        try (ClientProgram skopeo = Clients.skopeo()) {
            Path out = folder.resolve("layout");
            skopeo.run("copy", "--override-os", "linux", "--override-arch", "arm64",
                    "--src-tls-verify=false", "docker://" + registry + "/test/bundles/both:latest",
                    "oci:" + out + ":one").requireSuccess();
            Path blobs = out.resolve("blobs");
            JsonNode manifest = json(blob(blobs, json(out.resolve("index.json")).path("manifests")
                    .path(0)
                    .path("digest")
                    .asText()));
            JsonNode config = json(blob(blobs, manifest.path("config").path("digest").asText()));
            assertThat(config.path("rootfs").path("diff_ids").size()).isEqualTo(manifest.path(
                    "layers").size());
            assertThat(config.path("architecture").asText()).isEqualTo("arm64");
            Path root = Files.createDirectories(folder.resolve("root"));
            for (JsonNode layer : manifest.path("layers")) {
                untar(blob(blobs, layer.path("digest").asText()), root);
            }
            assertThat(run(root.resolve("bin/two"))).isEqualTo("two 2.0.0 for linux-aarch64");
            assertThat(run(root.resolve("bin/one"))).isEqualTo("one 1.0.0 for linux-aarch64");
            assertThat(config.toString()).contains(expected);
        }
    }

    private static Path blob(Path blobs, String digest) {
        return blobs.resolve(digest.replace(':', '/'));
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.builder().build().readTree(file.toFile());
    }

    private static void untar(Path file, Path root) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar
                    .getNextEntry()) {
                Path path = root.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.copy(tar, path);
                    assertThat(path.toFile().setExecutable(true)).isTrue();
                }
            }
        }
    }

    private static String run(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void clientsOfTheEmbeddedRegistry() throws Exception {
        try (var handle = EmbeddedRegistry.load().open(build("embedded", BUNDLES).storage())) {
            orasUnpacksAllTools(handle.registry());
            skopeoCopiesWhatUnpacks(handle.registry(), "PATH=/bin:");
        }
    }

    @Test
    void clientsOfDistribution() throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(RegistryOptions.OPEN)) {
            build("http://" + registry.registry(), BUNDLES);
            orasUnpacksAllTools(registry.registry());
            skopeoCopiesWhatUnpacks(registry.registry(), "PATH=/bin:");
        }
    }

    /** An image with one layer of one entry, and what else images say. */
    private static void pushBase(Registry registry, String tag, TarArchiveEntry entry) {
        TestHouse.ask(registry, "test/base", repository -> {
            Bytes layer = tar(entry);
            Bytes config = Bytes.ofUtf8("""
                    {"architecture":"arm64","os":"linux","config":{"Env":["PATH=/usr/bin","LANG=C"],\
                    "User":"1000","WorkingDir":"/work","Cmd":["sh"],"Labels":{"of":"base",\
                    "org.opencontainers.image.title":"the base"}},\
                    "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(layer.digest()));
            Descriptor layerIs = Descriptor.of(MediaType.IMAGE_LAYER_TAR, layer);
            Descriptor configIs = Descriptor.of(MediaType.IMAGE_CONFIG, config);
            ManifestDocument manifest = ManifestWriter.write(new ImageManifest(
                    MediaType.IMAGE_MANIFEST, null, configIs, List.of(layerIs), null, Annotations
                            .none()));
            repository.push(layerIs, Content.of(layer));
            repository.push(configIs, Content.of(config));
            repository.push(manifest, new Tag(tag));
            return ImageConfig.read(config).platform().equals(Platform.parse("linux/arm64"));
        });
    }

    private static Bytes tar(TarArchiveEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    @Test
    void standsOnABaseImage() throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(RegistryOptions.OPEN)) {
            pushBase(registry.registry(), "plain", new TarArchiveEntry("etc/"));
            pushBase(registry.registry(), "merged", new TarArchiveEntry("bin",
                    TarConstants.LF_SYMLINK));
            TestHouse house = build("http://" + registry.registry(), """
                    bundles:
                      both: {tools: [one@1.0.0, two@2.0.0], base: "%1$s/test/base:plain"}
                      broken: {tools: [one@1.0.0], base: "%1$s/test/base:merged"}
                      none: {tools: [one@1.0.0], base: "%1$s/test/base:absent"}
                    """.formatted(registry.registry()));

            skopeoCopiesWhatUnpacksOfBase(registry.registry());
            var again = house.publish("--bundle", "both", "--dry-run");
            var broken = house.publish("--bundle", "broken,none");

            assertThat(again.out()).contains("keep", "base image has none");
            assertThat(broken.err()).contains("the folder bin of one@1.0.0 would hide the base"
                    + " image's link bin", "cannot find base image");
        }
    }

    private void skopeoCopiesWhatUnpacksOfBase(Registry registry) throws IOException {
        try (ClientProgram skopeo = Clients.skopeo()) {
            String config = skopeo.run("inspect", "--config", "--override-arch", "arm64",
                    "--tls-verify=false", "docker://" + registry + "/test/bundles/both:latest")
                    .requireSuccess()
                    .stdout();
            assertThat(config).contains("PATH=/bin:/usr/bin", "LANG=C", "\"User\": \"1000\"",
                    "\"WorkingDir\": \"/work\"", "\"of\": \"base\"")
                    .doesNotContain("the base");
            JsonNode read = JsonMapper.builder().build().readTree(config);
            assertThat(read.path("history")).hasSize(3);
            assertThat(read.at("/rootfs/diff_ids")).hasSize(3);
        }
    }
}
