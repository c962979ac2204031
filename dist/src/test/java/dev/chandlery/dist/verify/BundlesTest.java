package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.dist.verify.Shop.Outcome;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles through all commands that know tools. */
class BundlesTest {
    private static final Tag LATEST = new Tag("latest");
    private static final String BUNDLE = "bundles: {set: {tools: [hello@1.0.0], version: '7'}}\n";

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private Shop shop = new Shop(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        shop = new Shop(folder, site);
        shop.release();
        shop.keys("own");
        shop.config("embedded", BUNDLE);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void publish() {
        Outcome outcome = shop.publish();
        assertThat(outcome.code()).as(outcome.all()).isZero();
    }

    private <T> T ask(Function<RemoteRepository, T> question) {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("registry"));
                HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            return question.apply(new RemoteRegistry(handle.registry(), transport,
                    CredentialProvider.anonymous(), ClientOptions.DEFAULT.withPlainHttp(true))
                    .repository(new RepositoryName("test/bundles/set")));
        }
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return JsonMapper.builder().build().readTree(outcome.out());
    }

    @Test
    void aBundleIsPulledAsOneTree() throws IOException {
        publish();
        Path out = folder.resolve("out");

        Outcome pulled = shop.manager("pull", "set", "--platform", "linux-x86_64", "-o", out
                .toString());
        Outcome version = shop.manager("pull", "set@7", "--platform", "darwin-arm64", "-o", out
                .toString(), "--format", "json");
        Outcome absent = shop.manager("pull", "set@8");
        Outcome platform = shop.manager("pull", "set", "--platform", "windows-x86_64");

        assertThat(pulled.code()).as(pulled.all()).isZero();
        assertThat(pulled.out()).startsWith("set latest for linux-x86_64 in ");
        assertThat(version.code()).as(version.all()).isZero();
        assertThat(json(version).path("bundle").asText()).isEqualTo("set");
        assertThat(json(version).path("version").asText()).isEqualTo("7");
        assertThat(out.resolve("bin/hello")).hasBinaryContent(Shop.script("darwin-arm64"))
                .isExecutable();
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("cannot find bundle set 8: not published",
                "published are latest, v7");
        assertThat(platform.err()).contains("cannot pull bundle set latest for windows-x86_64",
                "published are [darwin-arm64, linux-x86_64]");
    }

    @Test
    void namesThatAreNeitherToolsNorBundlesAreTold() {
        assertThat(shop.manager("pull", "sett").err()).contains("it has hello and the bundles set");
        assertThat(shop.manager("verify", "sett").err()).contains("no such tool or bundle",
                "it has hello and the bundles set");
        assertThat(shop.manager("pull", "set").err()).contains("run publisher --bundle set");
    }

    @Test
    void aBundleIsVerifiedWithItsLockAndItsTools() throws IOException {
        shop.config("embedded", BUNDLE + "signing: {key: \"${file:own.pem}\"}\n"
                + "security: {signature_verification: true, minimum_trust: checksum-file}\n");
        publish();

        Outcome named = shop.manager("verify", "set");
        Outcome reference = shop.manager("verify", "bundles/set:v7", "-o", "json");
        Outcome scheduled = shop.scheduler("once", "verify");

        assertThat(named.code()).as(named.all()).isZero();
        assertThat(named.out()).contains("Verified: 3 manifests, no problem", "hello@1.0.0",
                "1 layer as locked", "hello@1.0.0 (checksum-file)", "1 file, ");
        assertThat(reference.code()).as(reference.all()).isZero();
        assertThat(json(reference).path("manifests")).hasSize(3);
        assertThat(scheduled.code()).as(scheduled.all()).isZero();
        assertThat(scheduled.all()).contains("3 versions verified");
    }

    @Test
    void aBundleOfOtherLayersIsFound() {
        publish();
        ask(repository -> {
            ImageIndex index = (ImageIndex) Manifests.find(repository, LATEST)
                    .orElseThrow()
                    .manifest();
            List<Descriptor> images = new ArrayList<>(index.manifests());
            Descriptor first = images.getFirst();
            ImageManifest image = (ImageManifest) Manifests.fetch(repository, first).manifest();
            ManifestDocument other = ManifestWriter.write(new ImageManifest(image.mediaType(), image
                    .artifactType(), image.config(), List.of(), null, image.annotations()));
            repository.push(other.descriptor(), Content.of(other.raw()));
            images.set(0, Descriptor.of(other.descriptor().mediaType(), other.descriptor().digest(),
                    other.descriptor().size()).withPlatform(first.platform()));
            ManifestDocument forged = ManifestWriter.write(new ImageIndex(index.mediaType(), index
                    .artifactType(), images, null, index.annotations()));
            repository.push(forged, LATEST);
            return true;
        });

        Outcome outcome = shop.manager("verify", "set");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out()).contains("cannot find the lock of", "its config's list of layers",
                "cannot find the sbom of");
    }

    @Test
    void aToolThatIsPublishedAnewIsToldAndTheBundleFollows() throws IOException {
        publish();
        Digest before = ask(repository -> repository.resolve(LATEST).digest());
        shop.config("embedded", BUNDLE.replace("version: '7'", "version: '8'"));
        Files.writeString(folder.resolve("registry.yaml"), Files.readString(folder.resolve(
                "registry.yaml")).replace("    hello:\n", "    hello:\n      compression: zstd\n"));

        Outcome outcome = shop.publish("--tool", "hello", "--force");

        assertThat(outcome.code()).as(outcome.all()).isZero();
        Digest after = ask(repository -> repository.resolve(LATEST).digest());
        Digest kept = ask(repository -> repository.resolve(new Tag("v7")).digest());
        assertThat(after).isNotEqualTo(before);
        assertThat(kept).isEqualTo(before);
        assertThat(shop.manager("verify", "set").code()).isZero();
        assertThat(shop.manager("verify", "set@7").code()).isZero();
    }

    @Test
    void buildsAreListedAndReported() throws IOException {
        publish();

        Outcome text = shop.manager("versions", "set");
        Outcome listed = shop.manager("versions", "set", "-o", "json");
        Outcome report = shop.manager("report", "-o", "json");
        Outcome page = shop.manager("report", "-o", "markdown");
        Outcome inspected = shop.manager("inspect", "set");

        assertThat(text.out()).contains("VERSION", "latest", "7", "hello@1.0.0",
                "darwin-arm64 linux-x86_64");
        assertThat(json(listed).path("versions").path(0).path("version").asText()).isEqualTo(
                "latest");
        assertThat(json(listed).path("versions").path(1).path("as_configured").asBoolean())
                .isTrue();
        assertThat(json(report).path("bundles").path(0).path("tools").asText()).isEqualTo(
                "hello@1.0.0");
        assertThat(page.out()).contains("## Bundles", "| set |");
        assertThat(inspected.code()).as(inspected.all()).isZero();
        assertThat(inspected.out()).contains("bin/hello", "sbom", "provenance",
                "dev.chandlery.bundle.tools = hello@1.0.0");
    }
}
