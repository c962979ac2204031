package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.publisher.smoke.SmokeTest;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.publication.Publication;
import dev.chandlery.trust.sign.BundleVerifier;
import dev.chandlery.trust.sign.SignedStatement;
import dev.chandlery.trust.statement.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is attached to what is published, and that it is attached once. */
class EvidenceTest {
    private static final Tag LINUX = new Tag("v1.0.0-linux-x86_64");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private TestHouse house = new TestHouse(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        house = new TestHouse(folder, site);
        house.release("hello", "1.0.0", List.of("linux-x86_64", "darwin-arm64"));
        unsigned();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void withoutAKeyThereAreUpstreamsFilesAnSbomAndProvenance() {
        Outcome outcome = house.publish();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(attached(LINUX)).containsOnlyKeys(EvidenceKind.UPSTREAM, EvidenceKind.SBOM,
                EvidenceKind.PROVENANCE);
        assertThat(attached(new Tag("v1.0.0"))).isEmpty();
    }

    @Test
    void theSbomNamesFilesAndIsValid() throws IOException, ParseException {
        house.publish();
        Bytes sbom = content(LINUX, EvidenceKind.SBOM);

        assertThat(new JsonParser().validate(sbom.toArray())).isEmpty();
        JsonNode json = new JsonMapper().readTree(sbom.toArray());
        assertThat(json.at("/metadata/component/version").asText()).isEqualTo("1.0.0");
        assertThat(json.at("/components/0/name").asText()).isEqualTo("bin/hello");
        assertThat(json.at("/components/0/hashes/0/content").asText()).isEqualTo(Digest.ofBytes(
                TestHouse.script("hello", "1.0.0", "linux-x86_64")).encoded());
    }

    @Test
    void provenanceNamesAssetProofRungAndPolicy() {
        house.publish();
        Statement statement = Statement.parse(content(LINUX, EvidenceKind.PROVENANCE), "test");

        Publication publication = Publication.of(statement, "test");
        assertThat(statement.requireSubject(digest(LINUX), "test").has(digest(LINUX))).isTrue();
        assertThat(publication.asset().name()).isEqualTo("hello-linux-x86_64");
        assertThat(publication.asset().uri()).endsWith("/hello/1.0.0/hello-linux-x86_64");
        assertThat(publication.asset().digest()).isEqualTo(Digest.ofBytes(TestHouse.script("hello",
                "1.0.0", "linux-x86_64")));
        assertThat(publication.proofs()).extracting(m -> m.name()).containsExactly("SHA256SUMS");
        assertThat(publication.trust().reached().label()).isEqualTo("checksum-file");
        assertThat(publication.trust().minimum().label()).isEqualTo("first-use");
        assertThat(publication.products().getFirst().digest()).isEqualTo(content(LINUX,
                EvidenceKind.SBOM).digest());
        assertThat(publication.program().version()).isNotEmpty();
        assertThat(publication.statement(digest(LINUX)).toJson()).isEqualTo(statement.toJson());
    }

    @Test
    void indexAndManifestsAreSignedByTheKeyOfTheConfiguration() throws IOException {
        SigningKey key = signed();
        Outcome outcome = house.publish();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(attached(LINUX)).containsOnlyKeys(EvidenceKind.values());
        assertThat(attached(new Tag("v1.0.0"))).containsOnlyKeys(EvidenceKind.SIGNATURE);
        BundleVerifier verifier = new BundleVerifier(List.of(key.publicKey()));
        for (Tag tag : List.of(LINUX, new Tag("v1.0.0"), new Tag("v1.0.0-darwin-arm64"))) {
            assertThat(verifier.verify(content(tag, EvidenceKind.SIGNATURE), digest(tag), "test")
                    .key()).isEqualTo(key.publicKey());
        }
        SignedStatement provenance = verifier.verify(content(LINUX,
                EvidenceKind.SIGNED_PROVENANCE), digest(LINUX), "test");
        assertThat(provenance.statement().toJson()).isEqualTo(content(LINUX,
                EvidenceKind.PROVENANCE));
    }

    @Test
    void nothingIsAttachedTwice() throws IOException {
        signed();
        house.publish();
        SortedMap<String, List<Digest>> before = everything();

        assertThat(house.publish().out()).startsWith("Nothing to publish");
        assertThat(house.publish("--force").code()).isZero();

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aKeyThatComesLaterSignsWhatIsVerifiedAgain() throws IOException {
        house.publish();
        SortedMap<String, Digest> tags = house.tags(TestHouse.REPOSITORY);
        signed();

        Outcome dry = house.publish("--dry-run", "--detailed-exitcode");
        Outcome outcome = house.publish();

        assertThat(dry.code()).isEqualTo(2);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("hello 1.0.0 linux-x86_64 lacks signed provenance,"
                + " signature: it is verified and packed again");
        assertThat(attached(LINUX)).containsOnlyKeys(EvidenceKind.values());
        assertThat(attached(new Tag("v1.0.0"))).containsOnlyKeys(EvidenceKind.SIGNATURE);
        assertThat(house.tags(TestHouse.REPOSITORY)).isEqualTo(tags);
        assertThat(house.publish().out()).startsWith("Nothing to publish");
    }

    @Test
    void whatWasLostIsAttachedAgain() throws IOException {
        signed();
        house.publish();
        SortedMap<String, List<Digest>> before = everything();
        for (EvidenceKind kind : List.of(EvidenceKind.SBOM, EvidenceKind.SIGNATURE)) {
            Descriptor lost = Objects.requireNonNull(attached(LINUX).get(kind));
            house.ask(TestHouse.REPOSITORY, repository -> {
                Deleter deleter = repository.deleter().orElseThrow();
                deleter.delete(lost);
                return true;
            });
        }

        Outcome outcome = house.publish();

        assertThat(outcome.err()).contains("linux-x86_64 lacks sbom, signature");
        assertThat(outcome.out()).contains("Done: 1 published, 1 up to date");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anIndexIsNotSignedOverWhatNobodyVerified() throws IOException {
        house.publish();
        signed();
        Outcome outcome = house.publish("--platform", "linux-x86_64");

        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(3);
        assertThat(outcome.err()).contains("cannot sign an index over " + digest(new Tag(
                "v1.0.0-darwin-arm64")), "--force");
        assertThat(attached(new Tag("v1.0.0"))).isEmpty();
        assertThat(attached(new Tag("v1.0.0-darwin-arm64"))).doesNotContainKey(
                EvidenceKind.SIGNATURE);
    }

    @Test
    void aKeyThatCannotBeReadStopsTheRunBeforeAnythingIsDone() throws IOException {
        Files.writeString(folder.resolve("registry.yaml"),
                "signing: {key: \"${env:NO_SUCH_KEY}\"}\n", StandardOpenOption.APPEND);

        Outcome outcome = house.publish();

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("cannot read signing.key", "NO_SUCH_KEY");
        assertThat(house.tags(TestHouse.REPOSITORY)).isEmpty();
    }

    @Test
    void everyDecisionIsInTheAuditLog() throws IOException {
        Files.writeString(folder.resolve("registry.yaml"),
                "logging: {audit_enabled: true, audit_dir: audit}\n", StandardOpenOption.APPEND);
        site.put(TestHouse.path("hello", "1.0.0", "darwin-arm64"), new byte[]{1});
        house.publish();
        house.release("hello", "1.0.0", List.of("linux-x86_64", "darwin-arm64"));
        house.publish();
        house.publish();

        List<String> events;
        try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
            events = Files.readAllLines(files.findFirst().orElseThrow())
                    .stream()
                    .map(line -> line.replaceAll(".*\"event\":\"([a-z-]+)\".*", "$1"))
                    .toList();
        }
        assertThat(events).containsExactlyInAnyOrder("moved-tag", "published", "refused",
                "moved-tag", "published", "kept", "moved-tag", "kept", "kept");
    }

    @Test
    void aProgramThatTellsAnotherVersionIsNotPublished() {
        assumeTrue(SmokeTest.runsHere(PlatformName.parse("linux-x86_64")),
                "this is no linux-x86_64");
        Outcome good = house.publish("--smoke");
        assertThat(good.code()).as(good.err()).isZero();

        house.release("other", "1.0.0", List.of("linux-x86_64"));
        site.put(TestHouse.path("other", "1.0.0", "linux-x86_64"),
                "#!/bin/sh\necho other 0.9\n".getBytes(StandardCharsets.UTF_8));
        Outcome bad = refuse();

        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).contains("run with --version, expected version 1.0.0, got",
                "other 0.9");
        assertThat(house.tags("test/tools/other")).isEmpty();
        assertThat(house.publish("--smoke", "--dry-run").code()).isEqualTo(2);
    }

    private Outcome refuse() {
        try {
            byte[] script = "#!/bin/sh\necho other 0.9\n".getBytes(
                    StandardCharsets.UTF_8);
            site.put("/other/1.0.0/SHA256SUMS", (Digest.ofBytes(script).encoded()
                    + "  other-linux-x86_64\n").getBytes(StandardCharsets.UTF_8));
            house.config("embedded", List.of("other"), "[\"1.0.0\"]", "[linux-x86_64]");
            return house.publish("--smoke");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unsigned() throws IOException {
        house.config("embedded", List.of("hello"), "[\"1.0.0\"]", "[linux-x86_64, darwin-arm64]");
    }

    private SigningKey signed() throws IOException {
        unsigned();
        String pem = newKey();
        Files.writeString(folder.resolve("key.pem"), pem);
        Files.writeString(folder.resolve("registry.yaml"), "signing: {key: \"${file:key.pem}\"}\n",
                StandardOpenOption.APPEND);
        return SigningKey.read(Bytes.ofUtf8(pem), Password.none(), "test");
    }

    static String newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder()
                    .encodeToString(
                            generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Digest digest(Tag tag) {
        return house.ask(TestHouse.REPOSITORY, repository -> repository.resolve(tag).digest());
    }

    private Map<EvidenceKind, Descriptor> attached(Tag tag) {
        return house.ask(TestHouse.REPOSITORY, repository -> {
            Map<EvidenceKind, Descriptor> map = new TreeMap<>();
            for (Descriptor each : referrers(repository, repository.resolve(tag).digest())) {
                assertThat(map.put(EvidenceKind.of(each).orElseThrow(), each)).isNull();
            }
            return map;
        });
    }

    private SortedMap<String, List<Digest>> everything() {
        return house.ask(TestHouse.REPOSITORY, repository -> {
            SortedMap<String, List<Digest>> all = new TreeMap<>();
            TestHouse.digests(repository)
                    .forEach((tag, digest) -> all.put(tag, referrers(
                            repository, digest).stream()
                            .map(Descriptor::digest)
                            .sorted(Comparator.comparing(Digest::toString))
                            .toList()));
            return all;
        });
    }

    private static List<Descriptor> referrers(RemoteRepository repository, Digest subject) {
        try (Stream<Descriptor> all = repository.referrerLister()
                .orElseThrow()
                .referrers(subject)) {
            return all.toList();
        }
    }

    private Bytes content(Tag tag, EvidenceKind kind) {
        Descriptor referrer = Objects.requireNonNull(attached(tag).get(kind));
        return house.ask(TestHouse.REPOSITORY, repository -> {
            Descriptor layer = Manifests.fetch(repository, referrer)
                    .manifest()
                    .successors()
                    .getLast();
            try (InputStream in = repository.fetch(layer)) {
                return Bytes.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
