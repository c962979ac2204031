package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.sources.Upstreams;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** One tool of a GitHub on loopback, fetched as registry.yaml says. */
final class GithubScaffold implements AutoCloseable {
    static final Bytes CONTENT = Bytes.ofUtf8("the tool");
    static final Bytes OTHER = Bytes.ofUtf8("the t00l");
    static final String ASSET = "tool-linux-amd64";

    final FakeGithub github = new FakeGithub();
    final FakeRelease release = github.release("o/r", "v1.0");
    final FakeAsset asset = release.asset(ASSET, CONTENT).withoutDigest();
    final Path folder;
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE)
            .withAllowedOrigins(Set.of(Origin.of(URI.create("http://" + github
                    .storageOrigin())))));
    private String checksums = "";
    private String security = "{}";

    /** @param folder for registry.yaml and downloads */
    GithubScaffold(Path folder) {
        this.folder = folder;
    }

    /** A checksum file that names the tool, and its name in registry.yaml. */
    GithubScaffold withChecksums(String content) {
        release.asset("SUMS", content);
        checksums = ", checksum_asset: SUMS";
        return this;
    }

    /** In YAML's flow form. */
    GithubScaffold withSecurity(String yaml) {
        security = yaml;
        return this;
    }

    /** Fetches the tool, which {@code verify} must prove; YAML in flow form. */
    VerifiedAsset fetch(String verify) throws IOException {
        return fetchAll(verify).getFirst();
    }

    /** Fetches all that there is of two platforms. */
    List<VerifiedAsset> fetchAll(String verify) throws IOException {
        try (Upstreams upstreams = new Upstreams(new UpstreamContext(config(verify), transport, Map
                .of(), true))) {
            Upstream upstream = upstreams.forTool(tool(verify));
            Path into = Files.createTempDirectory(folder, "fetched");
            List<Asset> offered = upstream.assets(upstream.releases().findFirst().orElseThrow());
            return offered.stream().map(asset -> upstream.fetch(asset, into, _ -> {})).toList();
        }
    }

    /** Requires that fetching fails, and leaves nothing. */
    OciException refused(String verify) throws IOException {
        long before = downloads();
        OciException failure = catchThrowableOfType(OciException.class, () -> fetch(verify));
        assertThat(failure).as("refused").isNotNull();
        assertThat(downloads()).as("files left").isEqualTo(before);
        return failure;
    }

    private long downloads() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(ASSET)).count();
        }
    }

    /** Proves it once more from its evidence alone. */
    Verification again(VerifiedAsset fetched, String verify) throws IOException {
        Map<String, Bytes> kept = fetched.verification()
                .evidence()
                .stream()
                .collect(Collectors
                        .toMap(EvidenceFile::name, EvidenceFile::content));
        FileHashes hashes = new FileHashes();
        hashes.update(ByteBuffer.wrap(Files.readAllBytes(fetched.file())));
        ConfigSpec config = config(verify);
        return new AssetVerifier(tool(verify), config.security(), InstantSource.system()).verify(
                new Candidate(fetched.asset(), fetched.file(), hashes.finish()), new KeptEvidence(
                        kept));
    }

    /** A file beside registry.yaml. */
    String file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
        return name;
    }

    private ToolSpec tool(String verify) throws IOException {
        return Objects.requireNonNull(config(verify).publishing().tools().get("it"));
    }

    private ConfigSpec config(String verify) throws IOException {
        String yaml = """
                primary_registry: {url: embedded}
                security: %s
                publishing:
                  tool_sources:
                    it:
                      github_repo: o/r
                      github: {asset: "tool-{os}-{arch}", api: "%s"%s}
                      platforms: [linux-x86_64, darwin-arm64]
                      verify: %s
                """.formatted(security, github.api(), checksums, verify);
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), yaml), Map
                .of());
    }

    @Override
    public void close() {
        transport.close();
        github.close();
    }
}
