package dev.chandlery.upstream.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.testkit.upstream.FakeSite.Seen;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.VerifiedAsset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of upstream, as registry.yaml makes them, against sites on loopback. */
class SourcesTest {
    private static final String TOOL = "the tool";
    private static final String HASH = Bytes.ofUtf8(TOOL).digest().encoded();

    @TempDir
    Path folder;
    private final FakeSite site = new FakeSite();
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE));
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable ToolSpec tool;

    @AfterEach
    void close() {
        transport.close();
        site.close();
    }

    // --- GitHub

    @Test
    void githubReleasesComeByPagesNewestFirst() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + release("v1.2", false) + ","
                + release("v1.10-rc1", false) + "," + release("v1.11", true) + "]")
                .with("Link", "<"
                        + site.uri("/api/next") + ">; rel=\"next\""));
        site.put("/api/next", Page.of("[" + release("v1.10", false) + "," + release("other", false)
                + ",{\"tag_name\":\"v3\",\"draft\":true}]"));

        try (Upstreams upstreams = open(github(""))) {
            assertThat(names(upstreams)).containsExactly("v1.10", "v1.2");
        }
    }

    @Test
    void githubAssetsAreProvenByChecksumFileAndApiDigest() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + releaseWithAsset("sha256:"
                + HASH) + "]"));
        site.put("/dl/tool", Page.of(TOOL));
        site.put("/dl/SUMS", Page.of(HASH + "  tool-linux-amd64\n"));

        try (Upstreams upstreams = open(github("checksum_asset: SUMS"))) {
            VerifiedAsset asset = fetch(upstreams);
            assertThat(asset.verification().rung()).isEqualTo(Rung.CHECKSUM_FILE);
            assertThat(asset.verification().evidence()).hasSize(1);
        }
        try (Upstreams upstreams = open(github(""))) {
            assertThat(fetch(upstreams).verification().rung()).isEqualTo(Rung.API_DIGEST);
        }
        site.put("/dl/SUMS", Page.of("0".repeat(64) + "  tool-linux-amd64\n"));
        try (Upstreams upstreams = open(github("checksum_asset: SUMS"))) {
            assertRefused(upstreams, ContentMismatchException.class, "expected sha256:" + "0"
                    .repeat(64) + ", got sha256:" + HASH);
        }
    }

    @Test
    void githubsApiDigestIsComparedWhateverElseIsThere() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + releaseWithAsset("sha256:"
                + "1".repeat(64)) + "]"));
        site.put("/dl/tool", Page.of(TOOL));
        site.put("/dl/SUMS", Page.of(HASH + "  tool-linux-amd64\n"));

        try (Upstreams upstreams = open(github("checksum_asset: SUMS"))) {
            assertRefused(upstreams, ContentMismatchException.class, "1".repeat(64));
        }
    }

    @Test
    void githubsSizeIsCompared() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + releaseWithAsset("").replace(
                "\"size\":8", "\"size\":9") + "]"));
        site.put("/dl/tool", Page.of(TOOL));

        try (Upstreams upstreams = open(github(""))) {
            assertRefused(upstreams, ContentMismatchException.class, "expected 9 bytes, got 8");
        }
    }

    @Test
    void anAnswerThatDidNotChangeIsTakenFromTheStore() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + release("v1.0", false)
                + "]").with("ETag", "\"one\""));
        ConfigSpec config = github("");
        for (int i = 0; i < 2; i++) {
            try (Upstreams upstreams = open(config)) {
                assertThat(names(upstreams)).containsExactly("v1.0");
            }
        }
        assertThat(folder.resolve("cache/github")).isDirectory();
    }

    @Test
    void lookingWritesNothing() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + release("v1.0", false)
                + "]").with("ETag", "\"one\""));
        try (Upstreams upstreams = open(github(""), true)) {
            assertThat(names(upstreams)).containsExactly("v1.0");
        }
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aUsedUpLimitSaysUntilWhenAndWhatHelps() throws IOException {
        site.put("/api/repos/o/r/releases?per_page=100", new Page(403, Map.of(
                "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1900000000"), Bytes.ofUtf8(
                        "")));

        try (Upstreams upstreams = open(github(""))) {
            assertThatThrownBy(() -> names(upstreams)).isInstanceOf(TransferException.class)
                    .hasMessageContaining("2030-03-17T17:46:40Z")
                    .hasMessageContaining(
                            "GITHUB_TOKEN");
        }
    }

    @Test
    void theTokenGoesToTheApiOnly() throws IOException {
        environment.put("GITHUB_TOKEN", "secret-token");
        try (FakeSite elsewhere = new FakeSite()) {
            elsewhere.put("/tool", Page.of(TOOL));
            site.put("/api/repos/o/r/releases?per_page=100", Page.of("[" + releaseWithAsset("")
                    .replace(site.address() + "/dl/tool", elsewhere.address() + "/tool") + "]"));
            try (Upstreams upstreams = open(github(""))) {
                fetch(upstreams);
            }
            assertThat(site.seen()).extracting(Seen::authorization)
                    .contains(Optional.of(
                            "Bearer secret-token"));
            assertThat(elsewhere.seen()).isNotEmpty()
                    .extracting(Seen::authorization)
                    .containsOnly(
                            Optional.empty());
        }
    }

    // --- npm

    @Test
    void npmPackagesAreProvenByTheirIntegrity() throws IOException {
        environment.put("npm_config_registry", site.address() + "/npm");
        Files.writeString(folder.resolve(".npmrc"), "//127.0.0.1:" + site.uri("/").getPort()
                + "/npm/:_authToken=${NPM_TOKEN}\n");
        environment.put("NPM_TOKEN", "t0ken");
        site.put("/npm/@s%2ftool-linux-x64", Page.of(npmPackage(integrity(TOOL))));
        site.put("/npm/tool.tgz", Page.of(TOOL));

        try (Upstreams upstreams = open(npm())) {
            assertThat(names(upstreams)).containsExactly("2.0.0", "1.0.0");
            assertThat(fetch(upstreams).verification().rung()).isEqualTo(Rung.CHECKSUM_FILE);
        }
        assertThat(site.seen()).extracting(Seen::authorization)
                .containsOnly(Optional.of(
                        "Bearer t0ken"));
        site.put("/npm/tool.tgz", Page.of("the t00l"));
        try (Upstreams upstreams = open(npm())) {
            assertRefused(upstreams, ContentMismatchException.class, "sha512:");
        }
    }

    @Test
    void anNpmPackageThatIsNotThereIsTold() throws IOException {
        environment.put("npm_config_registry", site.address() + "/npm/");
        try (Upstreams upstreams = open(npm())) {
            assertThatThrownBy(() -> names(upstreams)).isInstanceOf(ContentNotFoundException.class)
                    .hasMessageContaining("@s/tool-{platform}");
        }
    }

    // --- Maven

    @Test
    void mavenFilesComeThroughTheMirrorOfTheSettings() throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                  <mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s/maven</url></mirror></mirrors>
                  <servers><server><id>m</id><username>u</username><password>p</password></server></servers>
                </settings>
                """.formatted(site.address()));
        environment.put("MAVEN_ARGS", "-B -s " + settings);
        site.put("/maven/g/h/a/maven-metadata.xml", Page.of("<metadata><versioning><versions>"
                + "<version>4.9.0</version><version>4.10.0</version><version>3.1</version>"
                + "<version>4.11.0-rc1</version></versions></versioning></metadata>"));
        String file = "/maven/g/h/a/4.10.0/a-4.10.0-linux-x64.exe";
        site.put(file, Page.of(TOOL));
        site.put(file + ".sha1", Page.of(sha1(TOOL)));
        ConfigSpec config = config("""
                it:
                  maven: {artifact: "g.h:a"}
                  release_pattern: "4.*"
                  versions: 2
                """);

        try (Upstreams upstreams = open(config)) {
            assertThat(names(upstreams)).containsExactly("4.10.0", "4.9.0");
            VerifiedAsset asset = fetch(upstreams);
            assertThat(asset.verification().rung()).isEqualTo(Rung.FIRST_USE);
            assertThat(asset.verification().notes()).hasSize(1);
        }
        site.put(file + ".sha256", Page.of(HASH));
        try (Upstreams upstreams = open(config)) {
            assertThat(fetch(upstreams).verification().rung()).isEqualTo(Rung.CHECKSUM_FILE);
        }
        site.put(file, Page.of("the t00l"));
        try (Upstreams upstreams = open(config)) {
            assertRefused(upstreams, ContentMismatchException.class, "expected sha");
        }
    }

    // --- web sites

    @Test
    void sitesListVersionsAndAreHeldToAllowedSources() throws IOException {
        site.put("/versions", Page.of("# newest last\n1.0\n1.2\n"));
        site.put("/1.2/tool-linux-x64", Page.of(TOOL));
        String tool = """
                it:
                  http:
                    url: "%1$s/{version}/tool-{platform}"
                    versions_url: "%1$s/versions"
                """.formatted(site.address());

        try (Upstreams upstreams = open(config(tool))) {
            assertThat(names(upstreams)).containsExactly("1.2", "1.0");
            assertThat(fetch(upstreams).verification().rung()).isEqualTo(Rung.FIRST_USE);
        }
        Path file = folder.resolve("registry.yaml");
        Files.writeString(file, Files.readString(file)
                + "security: {allowed_sources: [example.com]}\n");
        try (Upstreams upstreams = open(ConfigLoader.load(file, Map.of()))) {
            assertThatThrownBy(() -> names(upstreams)).isInstanceOf(OciException.class)
                    .isNotInstanceOf(ContentNotFoundException.class);
        }
    }

    // --- the scaffold

    private ConfigSpec github(String more) throws IOException {
        return config("""
                it:
                  github_repo: o/r
                  github: {asset: "tool-{os}-{arch}", api: "%s/api"%s}
                """.formatted(site.address(), more.isEmpty() ? "" : ", " + more));
    }

    private ConfigSpec npm() throws IOException {
        return config("it:\n  npm: {package: \"@s/tool-{platform}\"}\n");
    }

    private ConfigSpec config(String tool) throws IOException {
        String yaml = "primary_registry: {url: embedded}\ncache: {local_cache_dir: cache}\n"
                + "publishing:\n  tool_sources:\n" + (tool + "  platforms: [linux-x86_64]\n"
                        + "  platform_words: {linux-x86_64: linux-x64}\n").indent(4);
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), yaml), Map
                .of());
    }

    private Upstreams open(ConfigSpec config) {
        return open(config, false);
    }

    private Upstreams open(ConfigSpec config, boolean readOnly) {
        tool = Objects.requireNonNull(config.publishing().tools().get("it"));
        return new Upstreams(new UpstreamContext(config, transport, environment, readOnly));
    }

    private Upstream upstream(Upstreams upstreams) {
        return upstreams.forTool(Objects.requireNonNull(tool));
    }

    private List<String> names(Upstreams upstreams) {
        try (Stream<Release> releases = upstream(upstreams).releases()) {
            return releases.map(Release::name).toList();
        }
    }

    private VerifiedAsset fetch(Upstreams upstreams) throws IOException {
        Upstream upstream = upstream(upstreams);
        try (Stream<Release> releases = upstream.releases()) {
            Asset asset = upstream.assets(releases.findFirst().orElseThrow()).getFirst();
            VerifiedAsset fetched = upstream.fetch(asset, Files.createTempDirectory(folder,
                    "fetched"), _ -> {});
            assertThat(fetched.file()).hasContent(TOOL);
            assertThat(fetched.digest()).isEqualTo(new Digest(Algorithm.SHA256, HASH));
            return fetched;
        }
    }

    private void assertRefused(Upstreams upstreams, Class<? extends OciException> type,
            String expected) throws IOException {
        Upstream upstream = upstream(upstreams);
        Path into = Files.createTempDirectory(folder, "refused");
        try (Stream<Release> releases = upstream.releases()) {
            Asset asset = upstream.assets(releases.findFirst().orElseThrow()).getFirst();
            assertThatThrownBy(() -> upstream.fetch(asset, into, _ -> {})).isInstanceOf(type)
                    .hasMessageContaining(expected);
        }
        assertThat(into).isEmptyDirectory();
    }

    private static String release(String tag, boolean prerelease) {
        return "{\"tag_name\":\"%s\",\"prerelease\":%s,\"published_at\":\"2026-01-02T03:04:05Z\",\"assets\":[]}"
                .formatted(tag, prerelease);
    }

    private String releaseWithAsset(String digest) {
        return """
                {"tag_name":"v1.0","assets":[
                  {"name":"tool-linux-amd64","state":"uploaded","size":8,"digest":"%1$s","browser_download_url":"%2$s/dl/tool"},
                  {"name":"SUMS","state":"uploaded","size":8,"browser_download_url":"%2$s/dl/SUMS"}]}"""
                .formatted(digest, site.address());
    }

    private String npmPackage(String integrity) {
        String dist = "{\"dist\":{\"tarball\":\"" + site.address()
                + "/npm/tool.tgz\",\"integrity\":\""
                + integrity + "\"}}";
        return "{\"versions\":{\"1.0.0\":" + dist + ",\"2.0.0\":" + dist + ",\"3.0.0-beta.1\":"
                + dist
                + "}}";
    }

    private static String integrity(String content) {
        byte[] hash = HexFormat.of()
                .parseHex(Bytes.ofUtf8(content)
                        .digest(Algorithm.SHA512)
                        .encoded());
        return "sha512-" + Base64.getEncoder().encodeToString(hash);
    }

    private static String sha1(String content) {
        FileHashes hashes = new FileHashes();
        hashes.update(ByteBuffer.wrap(Bytes.ofUtf8(content).toArray()));
        return hashes.finish().sha1();
    }
}
