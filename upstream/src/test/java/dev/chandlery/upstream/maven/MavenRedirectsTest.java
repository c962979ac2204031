package dev.chandlery.upstream.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.testkit.upstream.FakeSite.Seen;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.sources.Upstreams;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that keeps its files elsewhere, as many do: each hop must be allowed. */
class MavenRedirectsTest {
    private static final Bytes TOOL = Bytes.ofUtf8("\u007fELF the tool");
    private static final String FILE = "/m/g/a/1.0/a-1.0-linux-x86_64.exe";
    private static final List<String> SUFFIXES = List.of("", ".sha256", ".sha1");

    @TempDir
    Path folder;
    private final FakeSite site = new FakeSite();
    private final FakeSite storage = new FakeSite();
    private final String there = storage.address().replace("127.0.0.1", "localhost");
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE).withAllowedOrigins(Set.of(Origin.of(URI.create(there)))));

    @BeforeEach
    void furnish() throws IOException {
        Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                  <mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s/m</url></mirror></mirrors>
                  <servers><server><id>m</id><username>u</username><password>p</password></server></servers>
                </settings>
                """.formatted(site.address()));
        redirect("/m/g/a/maven-metadata.xml");
        SUFFIXES.forEach(suffix -> redirect(FILE + suffix));
        storage.put("/m/g/a/maven-metadata.xml", Page.of(
                "<metadata><versioning><versions><version>1.0</version></versions></versioning>"
                        + "</metadata>"));
        storage.put(FILE, new Page(200, Map.of(), TOOL));
        storage.put(FILE + ".sha256", Page.of(TOOL.digest().encoded()));
    }

    @AfterEach
    void close() {
        transport.close();
        site.close();
        storage.close();
    }

    @Test
    void aHopThatIsAllowedIsFollowedWithoutCredentials() throws IOException {
        VerifiedAsset fetched = fetch("[127.0.0.1, localhost]");

        assertThat(fetched.verification().rung()).isEqualTo(Rung.CHECKSUM_FILE);
        assertThat(fetched.file()).hasBinaryContent(TOOL.toArray());
        assertThat(storage.seen()).extracting(Seen::authorization).containsOnly(Optional.empty());
        assertThat(site.seen()).extracting(Seen::authorization)
                .contains(Optional.of("Basic dTpw"));
    }

    @Test
    void aHopThatIsNotAllowedIsNotFollowed() {
        assertThatThrownBy(() -> fetch("[127.0.0.1]")).isInstanceOf(OciException.class)
                .hasMessageContaining("localhost is not in security.allowed_sources");
        assertThat(storage.seen()).isEmpty();
    }

    @Test
    void whatIsBehindAHopIsComparedAsEverythingElse() {
        storage.put(FILE, Page.of("\u007fELF the t00l"));
        assertThatThrownBy(() -> fetch("[]")).isInstanceOf(ContentMismatchException.class);
    }

    private void redirect(String path) {
        site.put(path, new Page(302, Map.of("Location", there + path), Bytes.ofUtf8("")));
    }

    private VerifiedAsset fetch(String allowed) throws IOException {
        ConfigSpec config = ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"),
                """
                        primary_registry: {url: embedded}
                        security: {allowed_sources: %s}
                        publishing:
                          tool_sources:
                            it: {maven: {artifact: 'g:a'}, platforms: [linux-x86_64]}
                        """.formatted(allowed)), Map.of());
        try (Upstreams upstreams = new Upstreams(new UpstreamContext(config, transport, Map.of(
                "MAVEN_ARGS", "-s " + folder.resolve("settings.xml")), true))) {
            Upstream upstream = upstreams.forTool(Objects.requireNonNull(config.publishing()
                    .tools()
                    .get("it")));
            Asset asset = upstream.assets(upstream.releases().findFirst().orElseThrow())
                    .getFirst();
            return upstream.fetch(asset, Files.createTempDirectory(folder, "fetched"),
                    _ -> {});
        }
    }
}
