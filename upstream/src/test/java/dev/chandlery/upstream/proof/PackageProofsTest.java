package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.keys.PgpKey;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.sources.Upstreams;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs of packages: Maven's sidecars and signatures, npm's signatures, and both as two channels. */
class PackageProofsTest {
    private static final Bytes TOOL = Bytes.ofUtf8("\u007fELF the tool");
    private static final String FILE = "/m/g/a/1.0/a-1.0-linux-x86_64.exe";
    private static final String MAVEN = "maven: {artifact: 'g:a'}";
    private static final String NPM = "npm: {package: '@s/a-{platform}'}";

    @TempDir
    Path folder;
    private final FakeSite site = new FakeSite();
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE));
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void furnish() throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s/m</url></mirror>
                </mirrors></settings>
                """.formatted(site.address()));
        environment.put("MAVEN_ARGS", "-s " + settings);
        environment.put("npm_config_registry", site.address() + "/npm/");
        site.put("/m/g/a/maven-metadata.xml", Page.of(
                "<metadata><versioning><versions><version>1.0</version></versions></versioning>"
                        + "</metadata>"));
        put(FILE, TOOL);
    }

    @AfterEach
    void close() {
        transport.close();
        site.close();
    }

    @Test
    void mavensSignatureProvesAndIsKeptInAnyCase() throws IOException {
        PgpKey key = new PgpKey();
        String verify = pgp(key);
        site.put(FILE + ".sha1", Page.of("0".repeat(40)));
        assertThatThrownBy(() -> fetch(MAVEN, "[]")).isInstanceOf(ContentMismatchException.class);
        site.put(FILE + ".sha1", new Page(404, Map.of(), Bytes.ofUtf8("")));
        assertThat(fetch(MAVEN, "[]").verification().rung()).isEqualTo(Rung.FIRST_USE);
        assertThatThrownBy(() -> fetch(MAVEN, verify)).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining(".exe.asc, which upstream does not have");

        site.put(FILE + ".asc", Page.of(key.sign(TOOL, Instant.parse("2026-01-01T00:00:00Z"))));
        VerifiedAsset proven = fetch(MAVEN, verify);
        assertThat(proven.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(fetch(MAVEN, "[]").verification().evidence()).extracting(EvidenceFile::name)
                .containsExactly(
                        "a-1.0-linux-x86_64.exe.asc");
        assertThatThrownBy(() -> fetch(MAVEN, pgp(new PgpKey()))).isInstanceOf(
                UntrustedContentException.class);
        put(FILE, Bytes.ofUtf8("\u007fELF the t00l"));
        assertThatThrownBy(() -> fetch(MAVEN, verify)).isInstanceOf(
                UntrustedContentException.class);
    }

    @Test
    void npmsSignatureProvesAndItsAbsenceIsToldApart() throws IOException {
        EcKey key = new EcKey();
        Bytes archive = archive(Map.of("package/bin/a", TOOL));
        String verify = "[{npm: {key_files: [npm.json]}}]";
        Files.writeString(folder.resolve("npm.json"), keys("SHA256:one", key));

        npm(archive, "");
        assertThat(fetch(NPM, "[]").verification().rung()).isEqualTo(Rung.CHECKSUM_FILE);
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("the registry shows no signature of @s/a-linux-x86_64@1.0")
                .hasMessageContaining("mirrors and proxies");

        String signed = key.sign(Bytes.ofUtf8("@s/a-linux-x86_64@1.0:" + integrity(archive)));
        npm(archive, ",\"signatures\":[{\"keyid\":\"SHA256:one\",\"sig\":\"" + signed + "\"}]");
        assertThat(fetch(NPM, verify).verification().rung()).isEqualTo(Rung.SIGNATURE);
        Files.writeString(folder.resolve("npm.json"), keys("SHA256:one", new EcKey()));
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(UntrustedContentException.class)
                .hasMessageNotContaining("mirrors");
        Files.writeString(folder.resolve("npm.json"), keys("SHA256:two", key));
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void npmsProvenanceProvesWhereItWasBuilt() throws IOException {
        Bytes archive = archive(Map.of("package/bin/a", TOOL));
        npm(archive, "");
        FakeSigstore sigstore = new FakeSigstore("good");
        Files.writeString(folder.resolve("root.json"), sigstore.trustedRoot().utf8());
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        String verify = "[{slsa: {provenance: '" + site.address()
                + "/npm/attestations/{version}', source: github.com/o/r, trusted_root: root.json,"
                + " identity_pattern: 'https://github\\.com/o/r/.*'}}]";
        for (String owner : List.of("evil", "o")) {
            Bytes bundle = sigstore.signer(SampleIdentity.workflow(owner + "/r", "r.yml",
                    "refs/tags/v1"), from).attestation(provenance(archive), from.plusSeconds(9));
            site.put("/npm/attestations/1.0", Page.of("{\"attestations\":[{\"predicateType\":\"x\","
                    + "\"bundle\":" + bundle.utf8() + "}]}"));
            if (owner.equals("o")) {
                assertThat(fetch(NPM, verify).verification().rung()).isEqualTo(Rung.PROVENANCE);
            } else {
                assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(
                        UntrustedContentException.class);
            }
        }
        npm(archive(Map.of("package/bin/a", Bytes.ofUtf8("other"))), "");
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(UntrustedContentException.class);
    }

    private static Bytes provenance(Bytes archive) {
        String build = """
                {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
                "ref":"refs/tags/v1","repository":"https://github.com/o/r",
                "path":".github/workflows/r.yml"}}},"runDetails":{"builder":{"id":"b"}}}
                """;
        return new Statement(List.of(Subject.of("pkg:npm/a@1.0", archive.digest(
                Algorithm.SHA512))), "https://slsa.dev/provenance/v1", Bytes.ofUtf8(build))
                .toJson();
    }

    @Test
    void twoChannelsAgreeOnAllThatIsPublished() throws IOException {
        String verify = "[{second_source: {maven: {artifact: 'g:a'}, files: "
                + "{'package/bin/a{ext}': .}}}]";
        npm(archive(Map.of("package/bin/a", TOOL, "package/README", Bytes.ofUtf8("read"))), "");
        VerifiedAsset fetched = fetch(NPM, verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.TWO_CHANNELS);
        assertThat(fetched.verification().evidence()).extracting(EvidenceFile::name)
                .containsExactly(
                        "a.tgz.second-source.json");
        assertThat(fetched.file().getParent()).isDirectoryNotContaining("glob:**second");

        npm(archive(Map.of("package/bin/a", TOOL, "package/bin/b", Bytes.ofUtf8(
                "\u007fELF other"))), "");
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("the executable package/bin/b is not among the files");
        assertThat(fetch(NPM + "\n  binaries: [a]", verify).verification().rung()).isEqualTo(
                Rung.TWO_CHANNELS);

        npm(archive(Map.of("package/bin/a", TOOL, "package/a-1.0", Bytes.ofUtf8("#!/bin/sh"))), "");
        assertThatThrownBy(() -> fetch(NPM + "\n  binaries: [a]", verify)).hasMessageContaining(
                "the executable package/a-1.0 is not");

        npm(archive(Map.of("package/bin/a", TOOL, "package/lib/helper", Bytes.ofUtf8(
                "\u007fELF help"))), "");
        assertThat(fetch(NPM + "\n  binaries: [a]", verify).verification().rung()).isEqualTo(
                Rung.TWO_CHANNELS);
        assertThat(fetch(NPM + "\n  binaries: [a]\n  include: ['**.md']", verify).verification()
                .rung()).isEqualTo(Rung.TWO_CHANNELS);
        assertThatThrownBy(() -> fetch(NPM + "\n  binaries: [a]\n  include: ['lib/**']", verify))
                .hasMessageContaining("the executable package/lib/helper is not");

        npm(archive(Map.of("package/bin/a", Bytes.ofUtf8("\u007fELF evil"))), "");
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining("package/bin/a of a.tgz");
        npm(archive(Map.of("package/bin/a", TOOL)), "");
        put(FILE, Bytes.ofUtf8("\u007fELF evil"));
        assertThatThrownBy(() -> fetch(NPM, verify)).isInstanceOf(ContentMismatchException.class);
        put(FILE, TOOL);
        npm(archive(Map.of("package/a", TOOL)), "");
        assertThatThrownBy(() -> fetch(NPM, verify)).hasMessageContaining(
                "there is no package/bin/a in a.tgz");
    }

    private String pgp(PgpKey key) throws IOException {
        Files.writeString(folder.resolve("key.asc"), key.armoured());
        return "[{openpgp: {fingerprints: [" + key.fingerprint() + "], key_files: [key.asc]}}]";
    }

    private static String keys(String id, EcKey key) {
        return "{\"keys\":[{\"expires\":null,\"keyid\":\"%s\",\"keytype\":\"ecdsa-sha2-nistp256\","
                .formatted(id) + "\"scheme\":\"ecdsa-sha2-nistp256\",\"key\":\"" + Base64
                        .getEncoder()
                        .encodeToString(key.key().publicKey().encoded().toArray()) + "\"}]}";
    }

    private void npm(Bytes archive, String more) {
        site.put("/npm/@s%2fa-linux-x86_64", Page.of("{\"versions\":{\"1.0\":{\"dist\":{"
                + "\"tarball\":\"" + site.address() + "/npm/a.tgz\",\"integrity\":\"" + integrity(
                        archive) + "\"" + more
                + "}}},\"time\":{\"1.0\":\"2026-01-01T00:00:00Z\"}}"));
        put("/npm/a.tgz", archive);
    }

    private void put(String path, Bytes content) {
        site.put(path, new Page(200, Map.of(), content));
    }

    private static String integrity(Bytes content) {
        return "sha512-" + Base64.getEncoder()
                .encodeToString(HexFormat.of()
                        .parseHex(content
                                .digest(Algorithm.SHA512)
                                .encoded()));
    }

    private static Bytes archive(Map<String, Bytes> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out),
                StandardCharsets.UTF_8.name())) {
            for (Map.Entry<String, Bytes> file : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().size());
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().toArray());
                tar.closeArchiveEntry();
            }
        }
        return Bytes.of(out.toByteArray());
    }

    private VerifiedAsset fetch(String source, String verify) throws IOException {
        String tool = "it:\n  " + source + "\n  platforms: [linux-x86_64]\n  verify: " + verify
                + "\n";
        ConfigSpec config = ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\npublishing:\n  tool_sources:\n" + tool.indent(
                        4)),
                Map.of());
        try (Upstreams upstreams = new Upstreams(new UpstreamContext(config, transport, environment,
                true))) {
            Upstream upstream = upstreams.forTool(Objects.requireNonNull(config.publishing()
                    .tools()
                    .get("it")));
            Asset asset = upstream.assets(upstream.releases().findFirst().orElseThrow())
                    .getFirst();
            return upstream.fetch(asset, Files.createTempDirectory(folder, "fetched"), _ -> {});
        }
    }
}
