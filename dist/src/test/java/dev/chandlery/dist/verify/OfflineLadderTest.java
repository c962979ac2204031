package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.dist.verify.Forger.Forgery;
import dev.chandlery.dist.verify.Shop.Outcome;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.Tag;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.sigstore.SampleSigner;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of proof is published, and proven once more from the registry alone when upstream is gone. */
class OfflineLadderTest {
    private static final Instant FROM = Instant.parse("2026-01-02T02:59:30Z");
    private static final Instant SIGNED = FROM.plusSeconds(60);
    private static final Bytes CONTENT = Bytes.ofUtf8("#!/bin/sh\necho the tool\n");
    private static final Tag LINUX = new Tag("v1.0-linux-x86_64");
    /** Rungs by the tool that stands on it. */
    private static final Map<String, String> RUNGS = Map.of("digest", "api-digest", "sums",
            "checksum-file", "channels", "two-channels", "slsa", "provenance", "attested",
            "provenance", "bykey", "signature", "bundle", "signature", "pair", "signature", "npm",
            "signature", "npm-slsa", "provenance");
    private static final String IDENTITY = "identity_pattern: 'https://github\\.com/o/.*'";

    @TempDir
    Path folder;
    private final FakeGithub github = new FakeGithub();
    private final FakeSite site = new FakeSite();
    private final FakeSigstore sigstore = new FakeSigstore("good");
    private final SampleSigner signer = sigstore.signer(SampleIdentity.workflow("o/r",
            "release.yml", "refs/tags/v1.0"), FROM);
    private final FlawedSite unused = new FlawedSite();
    private Shop shop = new Shop(Path.of("."), unused);

    @BeforeEach
    void furnish() throws IOException {
        shop = new Shop(folder, unused);
        shop.keys("own");
        shop.keys("other");
        Files.writeString(folder.resolve("root.json"), sigstore.trustedRoot().utf8());
        Files.writeString(folder.resolve("npm.json"), npmKeys());
        shop.environment("npm_config_registry", site.address() + "/npm/");
        for (String tool : RUNGS.keySet()) {
            release(tool);
        }
        shop.write(config("own.pub", IDENTITY));
        Outcome outcome = shop.publish();
        assertThat(outcome.code()).as(outcome.all()).isZero();
        github.close();
        site.close();
    }

    @AfterEach
    void close() {
        github.close();
        site.close();
        unused.close();
    }

    @Test
    void everyProofHoldsOfflineAndByNobodyElse() throws IOException {
        RUNGS.forEach((tool, rung) -> {
            Outcome outcome = shop.manager("verify", tool, "--offline");
            assertThat(outcome.code()).as(tool + outcome.all()).isZero();
            assertThat(outcome.out()).as(tool).contains(rung + ", asked for");
        });

        shop.write(config("other.pub", "identity_pattern: 'https://github\\.com/p/.*'"));
        Files.writeString(folder.resolve("npm.json"), npmKeys().replace(encoded("own"), encoded(
                "other")));
        for (String tool : List.of("slsa", "attested", "bykey", "bundle", "pair", "npm",
                "npm-slsa")) {
            refused(tool, "Problem in upstream");
        }
    }

    /** Evidence and provenance agree that there was no proof, and the rung is claimed all the same. */
    @Test
    void aRungWithoutItsProofIsNotBelieved() {
        for (String tool : List.of("sums", "channels", "slsa", "attested", "bykey", "bundle",
                "pair", "npm", "npm-slsa")) {
            shop.ask(tool, repository -> {
                Forger forger = new Forger(repository);
                forger.rob(LINUX, name -> !name.equals("tool") && !name.equals(tool + ".tgz"));
                forger.robProvenance(LINUX);
                return true;
            });
            refused(tool, "Problem in upstream");
        }
    }

    /** When cosign's older pairs of files were signed is what was recorded then, not what is true today. */
    @Test
    void aSignatureThatWasUploadedLaterProvesNothing() throws IOException {
        shop.ask("pair", repository -> {
            new Forger(repository).exchangeText(LINUX, "tool.sig.uploaded.txt", SIGNED.plusSeconds(
                    86_400) + "\n");
            return true;
        });
        refused("pair", "Problem in upstream");
    }

    /** A package that somebody else has on npm is signed by the registry as well. */
    @Test
    void whatTheRegistrySignedOfAnotherPackageIsNoProof() throws IOException {
        String integrity = "sha512-" + base64(Bytes.of(HexFormat.of()
                .parseHex(archive().digest(Algorithm.SHA512).encoded())));
        for (String other : List.of("evil@1.0", "npm@0.9")) {
            String signed = base64(key().sign(Bytes.ofUtf8(other + ":" + integrity)));
            shop.ask("npm", repository -> {
                new Forger(repository).exchangeText(LINUX, "npm.tgz.npm.json", """
                        {"package":"%s","integrity":"%s","signatures":{"SHA256:one":"%s"}}"""
                        .formatted(other, integrity, signed));
                return true;
            });
            Outcome outcome = shop.manager("verify", "npm", "--offline");
            assertThat(outcome.code()).as(outcome.all()).isIn(1, 3);
            assertThat(outcome.out().replaceAll("\\s+", " ")).contains(
                    "expected what the registry signed of npm@1.0, got what it signed of " + other);
        }
    }

    /** The tag that provenance must name follows from the version, not from what the manifest says. */
    @Test
    void aManifestThatNamesTheReleaseOfAnotherVersionIsNotProven() {
        shop.ask("slsa", repository -> {
            new Forger(repository).forge(new Tag("v1.0"), LINUX, Forgery.of(image -> {
                SortedMap<String, String> annotations = new TreeMap<>(image.annotations());
                annotations.put(Annotations.UPSTREAM_RELEASE, "v0.9");
                return new ImageManifest(image.mediaType(), image.artifactType(), image.config(),
                        image.layers(), null, annotations);
            }));
            return true;
        });

        Outcome outcome = shop.manager("verify", "slsa", "--offline");
        assertThat(outcome.code()).as(outcome.all()).isIn(1, 3);
        assertThat(outcome.out().replaceAll("\\s+", " ")).contains(
                "expected a release that is version 1.0 by release_pattern \"v*\", got v0.9");
    }

    private void refused(String tool, String problem) {
        Outcome outcome = shop.manager("verify", tool, "--offline");
        assertThat(outcome.code()).as(tool + outcome.all()).isIn(1, 3);
        assertThat(outcome.out()).as(tool).contains(problem, "NOT VERIFIED");
    }

    private void release(String tool) throws IOException {
        if (tool.startsWith("npm")) {
            npm(tool);
            return;
        }
        FakeRelease release = github.release("o/" + tool, "v1.0");
        release.asset("tool", CONTENT);
        switch (tool) {
            case "sums" -> release.asset("SUMS", CONTENT.digest().encoded() + "  tool\n");
            case "channels" -> site.put("/1.0/channels", new Page(200, Map.of(), CONTENT));
            case "slsa" -> release.asset("multiple.intoto.jsonl", signer.envelope(statement(CONTENT
                    .digest())));
            case "attested" -> github.attest("o/attested", CONTENT.digest(), signer.attestation(
                    statement(CONTENT.digest()), SIGNED).utf8());
            case "bykey" -> release.asset("tool.sig", base64(key().sign(CONTENT)));
            case "bundle" -> release.asset("tool.sigstore.json", signer.bundle(CONTENT, SIGNED));
            case "pair" -> {
                release.asset("tool.sig", signer.signature(CONTENT));
                release.asset("tool.pem", signer.certificate());
            }
            default -> assertThat(tool).isEqualTo("digest");
        }
    }

    private void npm(String tool) throws IOException {
        Bytes archive = archive();
        String integrity = "sha512-" + base64(Bytes.of(HexFormat.of()
                .parseHex(archive.digest(Algorithm.SHA512).encoded())));
        String signed = base64(key().sign(Bytes.ofUtf8(tool + "@1.0:" + integrity)));
        site.put("/npm/" + tool, Page.of("{\"versions\":{\"1.0\":{\"dist\":{\"tarball\":\"" + site
                .address() + "/npm/" + tool + ".tgz\",\"integrity\":\"" + integrity
                + "\",\"signatures\":[{\"keyid\":\"SHA256:one\",\"sig\":\"" + signed
                + "\"}]}}},\"time\":{\"1.0\":\"2026-01-01T00:00:00Z\"}}"));
        site.put("/npm/" + tool + ".tgz", new Page(200, Map.of(), archive));
        site.put("/npm/attestations/1.0", Page.of("{\"attestations\":[{\"bundle\":" + signer
                .attestation(statement(archive.digest(Algorithm.SHA512)), SIGNED)
                .utf8() + "}]}"));
    }

    private String config(String pub, String identity) {
        StringBuilder yaml = new StringBuilder("""
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                security: {allowed_origins: ["%s"], trusted_root: root.json}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                """.formatted(github.storageOrigin()));
        Map<String, String> verify = Map.of("channels", "second_source: {http: {url: '" + site
                .address() + "/{version}/channels', versions: ['1.0']}}", "slsa",
                "slsa: {source: github.com/o/r, " + identity + "}", "attested",
                "attestation: {repository: o/attested, source: github.com/o/r, " + identity + "}",
                "bykey", "sigstore: {key_files: [" + pub + "], signature: '{asset}.sig'}", "bundle",
                "sigstore: {" + identity + "}", "pair", "sigstore: {" + identity
                        + ", signature: '{asset}.sig', certificate: '{asset}.pem'}",
                "npm", "npm: {key_files: [npm.json]}", "npm-slsa", "slsa: {provenance: '" + site
                        .address() + "/npm/attestations/{version}', source: github.com/o/r, "
                        + identity + "}");
        for (String tool : RUNGS.keySet()) {
            String source = tool.startsWith("npm")
                    ? "npm: {package: " + tool + "}"
                    : "github_repo: o/" + tool + "\n      github: {asset: tool, api: '" + github
                            .api() + "'" + (tool.equals("sums") ? ", checksum_asset: SUMS" : "")
                            + "}";
            yaml.append("    ")
                    .append(tool)
                    .append(":\n      ")
                    .append(source)
                    .append("\n      platforms: [linux-x86_64]\n      verify: [")
                    .append(verify.containsKey(tool) ? "{" + verify.get(tool) + "}" : "")
                    .append("]\n");
        }
        return yaml.toString();
    }

    private static Bytes statement(Digest subject) {
        String build = """
                {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
                "ref":"refs/tags/v1.0","repository":"https://github.com/o/r",
                "path":".github/workflows/release.yml"}}},
                "runDetails":{"builder":{"id":"https://github.com/actions/runner/github-hosted"}}}
                """;
        return new Statement(List.of(Subject.of("tool", subject)),
                "https://slsa.dev/provenance/v1", Bytes.ofUtf8(build)).toJson();
    }

    private SigningKey key() throws IOException {
        return SigningKey.read(Bytes.of(Files.readAllBytes(folder.resolve("own.pem"))), Password
                .none(), "own");
    }

    private String npmKeys() throws IOException {
        return "{\"keys\":[{\"expires\":null,\"keyid\":\"SHA256:one\",\"scheme\":"
                + "\"ecdsa-sha2-nistp256\",\"key\":\"" + encoded("own") + "\"}]}";
    }

    private String encoded(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".pub"))
                .replaceAll("-----[A-Z ]+-----|\\s",
                        "");
    }

    private static Bytes archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out),
                StandardCharsets.UTF_8.name())) {
            TarArchiveEntry entry = new TarArchiveEntry("package/bin/tool");
            entry.setMode(0100755);
            entry.setSize(CONTENT.size());
            tar.putArchiveEntry(entry);
            tar.write(CONTENT.toArray());
            tar.closeArchiveEntry();
        }
        return Bytes.of(out.toByteArray());
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
