package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.publication.BundleTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final String REPOSITORY = "test/bundles/both";
    private static final Tag LATEST = new Tag("latest");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private BundleHouse made = new BundleHouse(Path.of(""), site);

    @BeforeEach
    void open() {
        made = new BundleHouse(folder, site);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private static ImageManifest image(RemoteRepository repository, Tag tag, String platform) {
        ImageIndex index = (ImageIndex) Manifests.find(repository, tag).orElseThrow().manifest();
        Descriptor manifest = index.manifests()
                .stream()
                .filter(m -> String.valueOf(m.platform()).equals(platform))
                .findFirst()
                .orElseThrow();
        return (ImageManifest) Manifests.fetch(repository, manifest).manifest();
    }

    private static List<Digest> layers(ImageManifest image) {
        return image.layers().stream().map(Descriptor::digest).toList();
    }

    private static byte[] read(RemoteRepository repository, Descriptor blob) {
        try (InputStream in = repository.fetch(blob)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }

    private void writeKey() throws IOException {
        Files.writeString(folder.resolve("key.pem"), EvidenceTest.newKey());
    }

    @Test
    void buildsImagesOverTheVeryLayersOfTheTools() throws IOException {
        TestHouse house = made.publish("embedded", "bundles: {both: [one@1.0.0, two@2.0.0]}\n");

        var outcome = house.publish("--bundle", "both", "-o", "json");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode built = json(outcome.out()).path("bundles").path(0);
        assertThat(built.path("result").asText()).isEqualTo("built");
        assertThat(built.path("blobs").path("mounted").asInt()).isEqualTo(4);
        assertThat(built.path("blobs").path("copied").asInt()).isZero();
        assertThat(built.path("left_out").path("darwin-arm64").asText()).isEqualTo(
                "not published: one@1.0.0");
        List<Digest> one = house.ask("test/tools/one", r -> layers(image(r, new Tag("v1.0.0"),
                "linux/arm64")));
        List<Digest> two = house.ask("test/tools/two", r -> layers(image(r, new Tag("v2.0.0"),
                "linux/arm64")));
        ImageManifest both = house.ask(REPOSITORY, r -> image(r, LATEST, "linux/arm64"));
        assertThat(layers(both)).containsExactly(one.getFirst(), two.getFirst());
        assertThat(both.annotations()).containsEntry(BundleTypes.TOOLS, "one@1.0.0 two@2.0.0");
        assertThat(both.layers()).extracting(l -> l.annotations().get(BundleTypes.TOOL))
                .containsExactly("one@1.0.0", "two@2.0.0");
        String config = house.ask(REPOSITORY, r -> new String(read(r, both.config()),
                StandardCharsets.UTF_8));
        assertThat(config).contains("PATH=/bin:/usr/local/sbin", "chandlery: one@1.0.0")
                .doesNotContain("Entrypoint\":[\"");
        assertThat(ImageConfig.read(dev.chandlery.oci.Bytes.ofUtf8(config)).diffIds()).hasSize(2);
    }

    @Test
    void theConfigTellsContainerEnginesWhatIsThere() throws IOException {
        TestHouse house = made.publish("embedded", """
                bundles:
                  both: {tools: [one@1.0.0, two@2.0.0], version: '7', entrypoint: one}
                """);
        assertThat(house.publish("--bundle", "both").code()).isZero();

        house.ask(REPOSITORY, r -> {
            ImageManifest image = image(r, LATEST, "linux/arm64");
            JsonNode config = config(r, image);
            assertThat(config.path("os").asText()).isEqualTo("linux");
            assertThat(config.path("architecture").asText()).isEqualTo("arm64");
            assertThat(config.at("/config/Entrypoint/0").asText()).isEqualTo("/bin/one");
            assertThat(config.at("/config/Env/0").asText()).startsWith("PATH=/bin:");
            assertThat(config.at("/config/Labels/org.opencontainers.image.title").asText())
                    .isEqualTo("both");
            assertThat(config.at("/config/Labels/org.opencontainers.image.version").asText())
                    .isEqualTo("7");
            assertThat(config.at("/config/Labels/dev.chandlery.bundle.tools").asText()).isEqualTo(
                    "one@1.0.0 two@2.0.0");
            assertThat(config.path("history")).hasSize(image.layers().size());
            assertThat(config.at("/rootfs/diff_ids")).hasSize(image.layers().size());
            for (int i = 0; i < image.layers().size(); i++) {
                assertThat(config.at("/rootfs/diff_ids/" + i).asText()).isEqualTo(tar(r, image
                        .layers()
                        .get(i)).toString());
            }
            return true;
        });
    }

    private static JsonNode config(RemoteRepository repository, ImageManifest image) {
        try {
            return json(new String(read(repository, image.config()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Digest tar(RemoteRepository repository, Descriptor layer) {
        try (InputStream in = new java.util.zip.GZIPInputStream(repository.fetch(layer))) {
            return Digest.ofBytes(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void filesThatWouldTakeOthersAwayAreRefused() throws IOException {
        made.archive("delta", Map.of("bin/delta", "delta", "bin/.wh.one", "x"));
        Files.createDirectories(folder);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> made.publish("embedded",
                "bundles: {both: [delta@1.0.0]}\n"))).hasMessageContaining(
                        "bin/.wh.one has a name by which container engines take a file away");
    }

    @Test
    void theLockIsAttachedAndSaysWhatIsInside() throws IOException {
        TestHouse house = made.publish("embedded", "bundles: {both: [one@1.0.0, two@2.0.0]}\n");
        assertThat(house.publish("--bundle", "all").code()).isZero();

        String lock = house.ask(REPOSITORY, r -> {
            Descriptor index = r.resolve(LATEST);
            Descriptor found = r.referrerLister()
                    .orElseThrow()
                    .referrers(index.digest(), BundleTypes.LOCK)
                    .findFirst()
                    .orElseThrow();
            ImageManifest manifest = (ImageManifest) Manifests.fetch(r, found).manifest();
            assertThat(Manifests.fetch(r, index).manifest().annotations()).containsEntry(
                    BundleTypes.LOCKED, manifest.layers().getFirst().digest().toString());
            return new String(read(r, manifest.layers().getFirst()), StandardCharsets.UTF_8);
        });

        JsonNode tools = json(lock).path("tools");
        assertThat(tools.path(1).path("name").asText()).isEqualTo("two");
        assertThat(tools.path(1).path("version").asText()).isEqualTo("2.0.0");
        assertThat(tools.path(1).path("repository").asText()).isEqualTo("tools/two");
        JsonNode platform = tools.path(1).path("platforms").path("linux-x86_64");
        assertThat(platform.path("manifest").asText()).isEqualTo(Objects.requireNonNull(
                house.tags("test/tools/two").get("v2.0.0-linux-x86_64")).toString());
        assertThat(platform.path("layers").path(0).path("digest").asText()).startsWith("sha256:");
        assertThat(json(lock).path("left_out").path("darwin-arm64").asText()).contains("one");
    }

    @Test
    void thereIsNothingToDoASecondTime() throws IOException {
        TestHouse house = made.publish("embedded", "bundles: {both: [one@1.0.0, two@2.0.0]}\n");

        var before = house.publish("--bundle", "all", "--dry-run", "--detailed-exitcode");
        house.publish("--bundle", "all");
        var tags = house.tags(REPOSITORY);
        var plan = house.publish("--bundle", "all", "--dry-run", "--detailed-exitcode");
        var again = house.publish("--bundle", "all");

        assertThat(before.code()).isEqualTo(2);
        assertThat(before.out()).contains("build", "left out", "not published: one@1.0.0",
                "1 to build, nothing was written");
        assertThat(tags).containsOnlyKeys("latest");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("keep", "nothing to build");
        assertThat(again.out()).contains("up to date");
        assertThat(house.tags(REPOSITORY)).isEqualTo(tags);
    }

    @Test
    void theSameToolsGiveTheSameBundleAnywhere() throws IOException {
        String bundles = "bundles: {both: {tools: [one@1.0.0, two@2.0.0], entrypoint: two}}\n";
        TestHouse house = made.publish("embedded", bundles);
        house.publish("--bundle", "all");
        TestHouse other = new BundleHouse(Files.createDirectories(folder.resolve("other")), site)
                .publish("embedded", bundles);
        other.publish("--bundle", "all");

        assertThat(house.tags(REPOSITORY)).isEqualTo(other.tags(REPOSITORY));
        List<String> entrypoint = house.ask(REPOSITORY, r -> ImageConfig.read(
                dev.chandlery.oci.Bytes.of(read(r, image(r, LATEST, "linux/amd64").config())))
                .entrypoint());
        assertThat(entrypoint).containsExactly("/bin/two");
    }

    @Test
    void toolsWithTheSamePathAreRefused() throws IOException {
        made.archive("alpha", Map.of("bin/alpha", "alpha", "bin/shared", "of alpha"));
        made.archive("beta", Map.of("bin/beta", "beta", "bin/shared", "of beta"));
        made.archive("gamma", Map.of("bin/gamma", "gamma", "bin/shared", "of beta"));
        TestHouse house = made.publish("embedded", """
                bundles:
                  clash: [alpha@1.0.0, beta@1.0.0]
                  same: [beta@1.0.0, gamma@1.0.0]
                  lost: {tools: [alpha@1.0.0], entrypoint: omega}
                """);

        var outcome = house.publish("--bundle", "all");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("cannot build bundle clash for linux-x86_64:"
                + " alpha@1.0.0 and beta@1.0.0 have different files bin/shared",
                "cannot build bundle lost for linux-x86_64: entrypoint bin/omega is not among");
        assertThat(house.tags("test/bundles/clash")).isEmpty();
        assertThat(house.tags("test/bundles/same")).containsOnlyKeys("latest");
    }

    @Test
    void whatIsNotPublishedIsTold() throws IOException {
        TestHouse house = made.publish("embedded", """
                bundles:
                  future: [one@9.0.0]
                  everywhere: {tools: [one@1.0.0, two@2.0.0], platforms: [linux-x86_64, darwin-arm64]}
                """);

        var outcome = house.publish("--bundle", "future,everywhere");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(
                "one@9.0.0 is not published; publish it first with publisher --tool one --version 9.0.0",
                "cannot build bundle everywhere: a wanted platform lacks tools: [darwin-arm64 (not"
                        + " published: one@1.0.0)]");
        assertThat(house.publish("--bundle", "none").err()).contains("no such bundle", "future");
        assertThat(house.publish("--bundle", "future", "--tool", "one").code()).isEqualTo(2);
    }

    @Test
    void aVersionIsNeverMoved() throws IOException {
        String bundles = "bundles: {both: {tools: [one@1.0.0], version: '2026.11'}}\n";
        TestHouse house = made.publish("embedded", bundles);
        house.publish("--bundle", "all");
        var tags = house.tags(REPOSITORY);
        Path file = folder.resolve("registry.yaml");
        Files.writeString(file, Files.readString(file)
                .replace("tools: [one@1.0.0], version",
                        "tools: [one@1.0.0, two@2.0.0], version"));

        var outcome = house.publish("--bundle", "all");

        assertThat(tags).containsOnlyKeys("latest", "v2026.11");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("give the bundle a new version");
        assertThat(house.tags(REPOSITORY)).isEqualTo(tags);
    }

    @Test
    void imagesAndIndexAreSignedWhereAKeyIsSet() throws Exception {
        writeKey();
        String signing = "signing: {key: \"${file:key.pem}\"}\n";
        TestHouse house = made.publish("embedded", signing + "bundles: {both: [one@1.0.0]}\n");

        var outcome = house.publish("--bundle", "both");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        long signatures = house.ask(REPOSITORY, r -> r.referrerLister()
                .orElseThrow()
                .referrers(r.resolve(LATEST).digest())
                .filter(d -> String.valueOf(d.artifactType()).contains("sigstore"))
                .count());
        assertThat(signatures).isEqualTo(1);
    }

    @Test
    void aBundleOfUnsignedToolsIsNotSigned() throws Exception {
        TestHouse house = made.publish("embedded", "bundles: {both: [one@1.0.0]}\n");
        writeKey();
        Path file = folder.resolve("registry.yaml");
        Files.writeString(file, Files.readString(file)
                + "signing: {key: \"${file:key.pem}\"}\n");

        var outcome = house.publish("--bundle", "both");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("expected a signature");
        assertThat(house.tags(REPOSITORY)).isEmpty();
    }
}
