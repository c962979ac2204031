package dev.chandlery.upstream.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.VerifiedAsset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Real releases through the settings of this machine's user, and tampered copies of them. */
@Tag("network")
class RealUpstreamsTest {
    private static final String PROTOC_VERSION = "31.1";
    private static final String PROTOC_DIGEST =
            "sha256:caaf8517e57c57d34a7d6f0544172d9051abf58556aa35c70d3fb0d824b8cfbb";
    private static final String PROTOC = """
            it:
              maven: {artifact: "com.google.protobuf:protoc"}
              release_pattern: "4.*"
              platforms: [linux-x86_64]
            """;
    private static final String BUF = """
            it:
              npm: {package: "@bufbuild/buf-{platform}"}
              platforms: [linux-x86_64, linux-aarch64, darwin-x86_64, darwin-arm64, windows-x86_64]
              platform_words:
                {linux-x86_64: linux-x64, linux-aarch64: linux-aarch64, darwin-x86_64: darwin-x64,
                 darwin-arm64: darwin-arm64, windows-x86_64: win32-x64}
              binaries: [buf]
              verify:
                - second_source:
                    maven: {artifact: "build.buf:buf"}
                    platform_words:
                      {linux-aarch64: linux-aarch_64, darwin-x86_64: osx-x86_64,
                       darwin-arm64: osx-aarch_64}
                    files: {"package/bin/buf{ext}": "."}
            """;

    @TempDir
    Path folder;
    private final FakeSite mirror = new FakeSite();
    private final HttpTransport transport = new HttpTransport(TransportOptions.of(System
            .getenv()));
    private final Map<String, String> environment = new TreeMap<>(System.getenv());

    @AfterEach
    void close() {
        transport.close();
        mirror.close();
    }

    @Test
    void protocIsProvenByItsSignature() throws IOException {
        VerifiedAsset real = fetch(PROTOC, PROTOC_VERSION).getFirst();
        assertThat(real.digest()).hasToString(PROTOC_DIGEST);
        assertThat(real.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(real.verification().notes()).anyMatch(note -> note.contains(
                "1A55F091AD28C07F831FA44D7905DE25C78AD456"));

        byte[] bytes = Files.readAllBytes(real.file());
        mirror(real, Arrays.copyOf(bytes, bytes.length + 1));
        assertThat(failure(PROTOC, PROTOC_VERSION)).isInstanceOf(UntrustedContentException.class);
        mirror(real, bytes);
        assertThat(fetch(PROTOC, PROTOC_VERSION).getFirst().verification().rung()).isEqualTo(
                Rung.SIGNATURE);
    }

    @Test
    void bufIsTheSameOnTwoChannels() throws IOException {
        List<VerifiedAsset> all = fetch(BUF, "1.61.0");
        assertThat(all).hasSize(5)
                .allSatisfy(asset -> assertThat(asset.verification()
                        .rung()).isEqualTo(Rung.TWO_CHANNELS));
        Files.delete(all.getFirst().file());

        mirrorMaven();
        mirror.put("/m/build/buf/buf/1.61.0/buf-1.61.0-linux-x86_64.exe", Page.of("tampered"));
        String one = BUF.replaceFirst("platforms: .*", "platforms: [linux-x86_64]")
                .replaceFirst(
                        "(?s)platform_words:.*?win32-x64}",
                        "platform_words: {linux-x86_64: linux-x64}");
        assertThat(failure(one, "1.61.0")).isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining("package/bin/buf");
    }

    private Throwable failure(String tool, String version) {
        Throwable failure = catchThrowable(() -> fetch(tool, version));
        if (failure instanceof TestAbortedException aborted) {
            throw aborted;
        }
        return failure;
    }

    /** All platforms, through what the environment says of mirrors. */
    private List<VerifiedAsset> fetch(String tool, String version) throws IOException {
        ConfigSpec config = ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\npublishing:\n  tool_sources:\n" + tool.indent(
                        4)),
                Map.of());
        ToolSpec spec = Objects.requireNonNull(config.publishing().tools().get("it"));
        try (Upstreams upstreams = new Upstreams(new UpstreamContext(config, transport, environment,
                true))) {
            Upstream upstream = upstreams.forTool(spec);
            Path into = Files.createTempDirectory(folder, "fetched");
            Release release = upstream.find(version).orElseThrow();
            return upstream.assets(release)
                    .stream()
                    .map(asset -> upstream.fetch(asset, into, _ -> {}))
                    .toList();
        } catch (TransferException | ResponseException e) {
            // Of what is tested here, nothing ends so: a site is away, busy or behind a wall.
            return Assumptions.abort("no network: " + e.getMessage());
        }
    }

    /** From now on Maven's files come from a copy of ours. */
    private void mirror(VerifiedAsset real, byte[] bytes) throws IOException {
        mirrorMaven();
        mirror.put("/m/com/google/protobuf/protoc/maven-metadata.xml", Page.of(
                "<metadata><versioning><versions><version>4.31.1</version></versions></versioning>"
                        + "</metadata>"));
        String file = "/m/com/google/protobuf/protoc/4.31.1/" + real.asset().fileName();
        mirror.put(file, new Page(200, Map.of(), Bytes.of(bytes)));
        for (EvidenceFile evidence : real.verification().evidence()) {
            if (evidence.name().endsWith(".asc")) {
                mirror.put(file + ".asc", new Page(200, Map.of(), evidence.content()));
            }
        }
    }

    private void mirrorMaven() throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s/m</url></mirror>
                </mirrors></settings>
                """.formatted(mirror.address()));
        environment.put("MAVEN_ARGS", "-s " + settings);
    }
}
