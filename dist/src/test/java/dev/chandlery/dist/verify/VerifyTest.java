package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.dist.verify.Shop.Outcome;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was published is verified from the registry alone, and everything that is changed there is found. */
class VerifyTest {
    private static final Tag LINUX = new Tag("v1.0.0-linux-x86_64");
    private static final String SIGNED = "signing: {key: \"${file:own.pem}\"}\n";
    private static final String REQUIRED = "security: {signature_verification: true}\n";

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private Shop shop = new Shop(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        shop = new Shop(folder, site);
        shop.release();
        shop.keys("own");
        shop.keys("foreign");
        shop.config("embedded", SIGNED + REQUIRED);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void whatWasPublishedIsVerifiedThoughUpstreamIsGone() throws IOException {
        publish();
        site.close();

        Outcome text = shop.manager("verify", "hello", "--offline");
        Outcome json = shop.manager("verify", "hello@1.0.0", "-o", "json");

        assertThat(text.code()).as(text.all()).isZero();
        assertThat(text.out()).contains("Verified: 3 manifests, no problem", "by SHA256SUMS",
                "the same layer from upstream's file", "checksum-file, asked for first-use");
        JsonNode document = new JsonMapper().readTree(json.out());
        assertThat(document.path("status").asText()).isEqualTo("verified");
        assertThat(document.path("manifests")).hasSize(3);
    }

    @Test
    void referencesAreVerifiedAsToolsAre() {
        publish();
        String digest = shop.ask(repository -> repository.resolve(LINUX).digest().toString());

        assertThat(shop.manager("verify", "tools/hello:v1.0.0").out()).contains(
                "Verified: 3 manifests");
        assertThat(shop.manager("verify", "tools/hello@" + digest).out()).contains(
                "Verified: 1 manifest,");
        assertThat(shop.manager("verify", "hello", "--platform", "linux/amd64").out()).contains(
                "Verified: 2 manifests");
        assertThat(shop.manager("verify", "tools/hello:nothing").code()).isEqualTo(1);
        assertThat(shop.manager("verify", "hello@9.9").code()).isEqualTo(1);
        assertThat(shop.manager("verify", "nothing").code()).isEqualTo(2);
        assertThat(shop.manager("verify", "hello", "--offline", "--against-upstream").code())
                .isEqualTo(2);
    }

    @Test
    void aLayerThatWasChangedIsFound() throws IOException {
        publish();
        Path layer = shop.stored(layer().digest());
        byte[] bytes = Files.readAllBytes(layer);
        bytes[bytes.length / 2] ^= 1;
        Files.write(layer, bytes);

        refused("bytes", "linux-x86_64");
    }

    @Test
    void theSchedulerFindsWhatIsWrongAndSeesWhenItIsMended() throws IOException {
        publish();
        Path layer = shop.stored(layer().digest());
        byte[] bytes = Files.readAllBytes(layer);

        Files.write(layer, Bytes.ofUtf8("other").toArray());
        assertThat(shop.scheduler("once", "verify").all()).contains(
                "1 version verified, 1 problem");
        assertThat(shop.scheduler("incidents").out()).contains("verification", "hello@1.0.0");

        Files.write(layer, bytes);
        assertThat(shop.scheduler("once", "verify").all()).contains("1 version verified");
        assertThat(shop.scheduler("incidents").out()).doesNotContain("hello@1.0.0");
    }

    @Test
    void anAssetThatIsGoneIsFound() throws IOException {
        publish();
        Files.delete(shop.stored(Digest.ofBytes(Shop.script("linux-x86_64"))));

        refused("upstream", "linux-x86_64");
    }

    @Test
    void aChecksumFileThatWasSwappedIsFound() {
        publish();
        Bytes other = Bytes.ofUtf8("0".repeat(64) + "  hello-linux-x86_64\n");
        replace(EvidenceKind.UPSTREAM, "SHA256SUMS", _ -> other);

        String out = refused("upstream", "linux-x86_64");
        assertThat(out).contains("expected sha256:" + "0".repeat(64))
                .contains("Problem in provenance of linux-x86_64");
    }

    @Test
    void anSbomThatWasCutShortIsFound() {
        publish();
        replace(EvidenceKind.SBOM, "sbom.cdx.json", whole -> Bytes.ofUtf8(whole.utf8()
                .substring(0, whole.size() / 2)));

        refused("sbom", "linux-x86_64");
    }

    @Test
    void provenanceOfAnotherAssetIsFound() {
        publish();
        replace(EvidenceKind.PROVENANCE, "provenance.intoto.json", whole -> Bytes.ofUtf8(whole
                .utf8()
                .replace(Digest.ofBytes(Shop.script("linux-x86_64")).encoded(), "1".repeat(64))));

        assertThat(refused("provenance", "linux-x86_64")).contains("what was signed");
    }

    @Test
    void aForeignSignatureIsNoneOfOurs() throws IOException {
        shop.config("embedded", "signing: {key: \"${file:foreign.pem}\"}\n");
        publish();
        shop.config("embedded", "signing: {public_keys: [own.pub]}\n" + REQUIRED);

        assertThat(refused("signature", "linux-x86_64")).contains("no signature in it is good by");

        shop.config("embedded", "signing: {public_keys: [own.pub]}\n");
        Outcome lenient = shop.manager("verify", "hello");
        assertThat(lenient.code()).as(lenient.all()).isZero();
        assertThat(lenient.out()).contains("1 by keys that are not in");

        shop.config("embedded", "signing: {public_keys: [own.pub, foreign.pub]}\n" + REQUIRED);
        assertThat(shop.manager("verify", "hello").code()).isZero();
    }

    @Test
    void aSignatureOfAnotherManifestIsFound() {
        publish();
        Digest darwin = shop.ask(repository -> repository.resolve(new Tag("v1.0.0-darwin-arm64"))
                .digest());
        Bytes others = shop.ask(repository -> content(repository, attached(repository, darwin,
                EvidenceKind.SIGNATURE)));
        replace(EvidenceKind.SIGNATURE, "signature.sigstore.json", _ -> others);

        refused("signature", "linux-x86_64");
    }

    @Test
    void aMissingSignatureIsFoundWhereOneIsAskedFor() throws IOException {
        publish();
        remove(EvidenceKind.SIGNATURE);

        assertThat(refused("signature", "linux-x86_64")).contains("got none");

        shop.config("embedded", SIGNED);
        assertThat(shop.manager("verify", "hello").out()).contains("not signed");
    }

    @Test
    void evidenceThatIsMissingIsFoundAndAttachedByTheNextRun() {
        publish();
        for (EvidenceKind kind : EvidenceKind.values()) {
            remove(kind);
        }
        String out = refused("upstream", "linux-x86_64");
        assertThat(out).contains("Problem in sbom", "Problem in provenance",
                "To do: run publisher");

        publish();
        assertThat(shop.manager("verify", "hello").code()).isZero();
    }

    @Test
    void policyIsThatOfTheConfiguration() throws IOException {
        publish();
        shop.config("embedded", SIGNED + "security: {minimum_trust: signature}\n");

        assertThat(refused("policy", "linux-x86_64")).contains(
                "cannot accept trust of checksum-file: expected signature or better");
    }

    @Test
    void driftIsTold() {
        publish();
        Outcome same = shop.manager("verify", "hello", "--against-upstream");
        assertThat(same.code()).as(same.all()).isZero();
        assertThat(same.out()).contains("is the same upstream today");

        byte[] changed = "#!/bin/sh\necho other\n".getBytes(StandardCharsets.UTF_8);
        site.put("/hello/1.0.0/hello-linux-x86_64", changed);
        site.put("/hello/1.0.0/SHA256SUMS", (Digest.ofBytes(changed).encoded()
                + "  hello-linux-x86_64\n").getBytes(StandardCharsets.UTF_8));

        Outcome drift = shop.manager("verify", "hello", "--against-upstream", "--platform",
                "linux-x86_64");
        assertThat(drift.code()).isEqualTo(3);
        assertThat(drift.out().replaceAll("\\s+", " ")).contains(
                "Problem in drift of linux-x86_64", "expected " + Digest.ofBytes(Shop.script(
                        "linux-x86_64")), "got " + Digest.ofBytes(changed));
    }

    @Test
    void unsignedContentIsNotPulledWhereSignaturesAreAskedFor() throws IOException {
        publish();
        assertThat(shop.manager("pull", "hello", "--platform", "linux-x86_64", "-o", folder
                .resolve("good")
                .toString()).code()).isZero();
        remove(EvidenceKind.SIGNATURE);

        Outcome outcome = shop.manager("pull", "hello", "--platform", "linux-x86_64", "-o", folder
                .resolve("bad")
                .toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("expected a signature by sha256:");
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    @Test
    void unsignedContentIsNotMigratedWhereSignaturesAreAskedFor() {
        publish();
        remove(EvidenceKind.SIGNATURE);

        Outcome outcome = shop.manager("migrate", "--to", "embedded:" + folder.resolve("other"));

        assertThat(outcome.code()).as(outcome.all()).isNotZero();
        assertThat(outcome.err()).contains("v1.0.0-linux-x86_64",
                "expected a signature by sha256:");
        publish();
        assertThat(shop.manager("migrate", "--to", "embedded:" + folder.resolve("other")).code())
                .isZero();
    }

    @Test
    void inspectShowsPlatformsFilesTrustAndTheTree() throws IOException {
        publish();

        Outcome text = shop.manager("inspect", "hello");
        JsonNode json = new JsonMapper().readTree(shop.manager("inspect", "tools/hello:v1.0.0",
                "-o", "json").out());

        assertThat(text.code()).as(text.all()).isZero();
        assertThat(text.out()).contains("index of 2", "linux-x86_64", "checksum-file", "bin/hello",
                "<- signed provenance", "SHA256SUMS", "org.opencontainers.image.version = 1.0.0");
        assertThat(text.out().lines().mapToInt(String::length).max().orElse(0))
                .isLessThanOrEqualTo(90);
        assertThat(json.at("/roots/0/manifests/0/files/0").asText()).isEqualTo("bin/hello");
        assertThat(json.at("/roots/0/manifests/0/referrers")).hasSize(5);
    }

    private void publish() {
        Outcome outcome = shop.publish();
        assertThat(outcome.code()).as(outcome.all()).isZero();
    }

    /** The check fails of that manifest; others are fine, so that it is told which. */
    private String refused(String check, String artifact) {
        Outcome outcome = shop.manager("verify", "hello");
        assertThat(outcome.code()).as(outcome.all()).isIn(1, 3);
        assertThat(outcome.out()).contains("Problem in " + check + " of " + artifact + ":",
                "To do: ", "NOT VERIFIED: ");
        assertThat(outcome.all()).doesNotContain("\tat ");
        return outcome.out().replaceAll("\\s+", " ");
    }

    /** The layer of the manifest. */
    private Descriptor layer() {
        return shop.ask(repository -> Manifests.fetch(repository, repository.resolve(LINUX))
                .manifest()
                .successors()
                .getLast());
    }

    private static Descriptor attached(RemoteRepository repository, Digest subject,
            EvidenceKind kind) {
        return Shop.referrers(repository, subject)
                .stream()
                .filter(each -> EvidenceKind.of(each).filter(kind::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Bytes content(RemoteRepository repository, Descriptor referrer) {
        return blobOf(repository, Manifests.fetch(repository, referrer)
                .manifest()
                .successors()
                .getLast());
    }

    private static Bytes blobOf(RemoteRepository repository, Descriptor blob) {
        try (var in = repository.fetch(blob)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(EvidenceKind kind) {
        shop.ask(repository -> {
            repository.deleter()
                    .orElseThrow()
                    .delete(attached(repository, repository.resolve(
                            LINUX).digest(), kind));
            return true;
        });
    }

    /** Takes the evidence away and attaches it again with another content of one file. */
    private void replace(EvidenceKind kind, String file, UnaryOperator<Bytes> change) {
        shop.ask(repository -> {
            Descriptor old = attached(repository, repository.resolve(LINUX).digest(), kind);
            ImageManifest manifest = (ImageManifest) Manifests.fetch(repository, old).manifest();
            List<Descriptor> layers = new ArrayList<>();
            for (Descriptor layer : manifest.layers()) {
                boolean wanted = file.equals(layer.annotations().get(Annotations.TITLE));
                layers.add(wanted
                        ? push(repository, layer, change.apply(blobOf(repository, layer)))
                        : layer);
            }
            repository.deleter().orElseThrow().delete(old);
            ManifestDocument document = ManifestWriter.write(new ImageManifest(manifest.mediaType(),
                    manifest.artifactType(), manifest.config(), layers, manifest.subject(),
                    manifest.annotations()));
            repository.push(document.descriptor(), Content.of(document.raw()));
            return true;
        });
    }

    private static Descriptor push(RemoteRepository repository, Descriptor like, Bytes content) {
        Descriptor changed = Descriptor.of(like.mediaType(), content)
                .withAnnotations(like
                        .annotations());
        repository.push(changed, Content.of(content));
        return changed;
    }
}
