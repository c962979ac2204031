package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.dist.verify.Shop.Outcome;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of evidence is taken away, replaced by another manifest's, or damaged: it is found, and healed by a run. */
class TamperedReferrersTest {
    private static final Tag VERSION = new Tag("v1.0.0");
    private static final Tag LINUX = new Tag("v1.0.0-linux-x86_64");
    private static final Tag MAC = new Tag("v1.0.0-darwin-arm64");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private Shop shop = new Shop(Path.of("."), site);

    @BeforeEach
    void publish() throws IOException {
        shop = new Shop(folder, site);
        shop.release();
        shop.keys("own");
        shop.config("embedded", """
                signing: {key: "${file:own.pem}"}
                security: {signature_verification: true}
                """);
        heal();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenAwayIsMissed(EvidenceKind kind) {
        shop.ask(repository -> delete(repository, attached(repository, LINUX, kind)));

        refused("linux-x86_64");
        heal();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOfAnotherManifestIsNoEvidence(EvidenceKind kind) {
        shop.ask(repository -> {
            Descriptor other = attached(repository, MAC, kind);
            ImageManifest manifest = read(repository, other);
            delete(repository, attached(repository, LINUX, kind));
            push(repository, new ImageManifest(manifest.mediaType(), manifest.artifactType(),
                    manifest.config(), manifest.layers(), subject(repository, LINUX), manifest
                            .annotations()));
            return true;
        });

        refused("linux-x86_64");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDamagedInStorageIsFound(EvidenceKind kind) throws IOException {
        Digest damaged = shop.ask(repository -> read(repository, attached(repository, LINUX, kind))
                .layers()
                .getLast()
                .digest());
        Path file = shop.stored(damaged);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);

        refused("linux-x86_64");
    }

    @Test
    void anIndexWithoutItsSignatureIsFound() {
        shop.ask(repository -> delete(repository, attached(repository, VERSION,
                EvidenceKind.SIGNATURE)));

        refused("index v1.0.0");
        heal();
    }

    /** An index of ours with one platform less, to which a signature of the whole one is attached. */
    @Test
    void anIndexThatWasChangedIsFound() {
        shop.ask(repository -> {
            Descriptor signature = attached(repository, VERSION, EvidenceKind.SIGNATURE);
            ImageManifest manifest = read(repository, signature);
            new Forger(repository).exchange(VERSION, MAC, repository.resolve(LINUX));
            push(repository, new ImageManifest(manifest.mediaType(), manifest.artifactType(),
                    manifest.config(), manifest.layers(), subject(repository, VERSION), manifest
                            .annotations()));
            return true;
        });

        refused("index v1.0.0");
    }

    /** Upstream is there and would answer: nobody asks it. */
    @Test
    void offlineNothingButTheRegistryIsAsked() {
        String sums = "/hello/1.0.0/SHA256SUMS";
        String asset = "/hello/1.0.0/hello-linux-x86_64";
        int before = site.downloads(sums) + site.downloads(asset);
        assertThat(before).isPositive();

        Outcome outcome = shop.manager("verify", "hello", "--offline");

        assertThat(outcome.code()).as(outcome.all()).isZero();
        assertThat(site.downloads(sums) + site.downloads(asset)).isEqualTo(before);
        assertThat(shop.manager("verify", "hello", "--against-upstream").code()).isZero();
        assertThat(site.downloads(sums) + site.downloads(asset)).isGreaterThan(before);
    }

    private void refused(String artifact) {
        Outcome outcome = shop.manager("verify", "hello", "--offline");
        assertThat(outcome.code()).as(outcome.all()).isIn(1, 3);
        assertThat(outcome.out()).contains(" of " + artifact + ":", "To do: ", "NOT VERIFIED: ");
        assertThat(outcome.all()).doesNotContain("\tat ");
    }

    /** A run attaches what is missing. */
    private void heal() {
        Outcome outcome = shop.publish();
        assertThat(outcome.code()).as(outcome.all()).isZero();
        Outcome verified = shop.manager("verify", "hello", "--offline");
        assertThat(verified.code()).as(verified.all()).isZero();
    }

    private static Descriptor attached(RemoteRepository repository, Tag to, EvidenceKind kind) {
        return Shop.referrers(repository, repository.resolve(to).digest())
                .stream()
                .filter(each -> EvidenceKind.of(each).filter(kind::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static boolean delete(RemoteRepository repository, Descriptor manifest) {
        repository.deleter().orElseThrow().delete(manifest);
        return true;
    }

    private static ImageManifest read(RemoteRepository repository, Descriptor manifest) {
        return (ImageManifest) Objects.requireNonNull(Manifests.fetch(repository, manifest)
                .manifest());
    }

    private static Descriptor subject(RemoteRepository repository, Tag tag) {
        Descriptor manifest = repository.resolve(tag);
        return Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    private static void push(RemoteRepository repository, ImageManifest manifest) {
        ManifestDocument document = ManifestWriter.write(manifest);
        repository.push(document.descriptor(), Content.of(document.raw()));
    }
}
