package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FakeRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bills of materials that upstream has beside its assets. */
class UpstreamSbomTest {
    private static final String CYCLONEDX =
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1}";
    private static final String SPDX = "{\"spdxVersion\":\"SPDX-2.3\"}";
    private static final String CYCLONEDX_TYPE = "application/vnd.cyclonedx+json";
    private static final String SPDX_TYPE = "application/spdx+json";

    @TempDir
    Path folder;
    private GithubHouse house = new GithubHouse(Path.of("."));

    @BeforeEach
    void furnish() throws IOException {
        house = new GithubHouse(folder);
        house.config("");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theyAreAttachedAsTheyCameAndNamedInOurs() throws IOException {
        FakeRelease release = house.release("v1.0.0", GithubHouse.LINUX, GithubHouse.MAC);
        release.asset("hello-linux-x86_64.sbom.json", SPDX);
        release.asset("hello.cdx.json", CYCLONEDX);
        release.asset("hello-darwin-arm64.spdx.json", "no SBOM at all");

        Outcome outcome = house.run();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        SortedMap<String, Bytes> linux = attached(GithubHouse.LINUX);
        assertThat(linux.get("hello-linux-x86_64.sbom.json")).isEqualTo(Bytes.ofUtf8(SPDX));
        assertThat(linux.get("hello.cdx.json")).isEqualTo(Bytes.ofUtf8(CYCLONEDX));
        assertThat(types(GithubHouse.LINUX)).contains(SPDX_TYPE, CYCLONEDX_TYPE);
        JsonNode own = new JsonMapper().readTree(Objects.requireNonNull(linux.get(
                "sbom.cdx.json")).toArray());
        List<String> boms = Stream.iterate(0, i -> i + 1)
                .limit(own.at("/metadata/component/externalReferences").size())
                .map(i -> own.at("/metadata/component/externalReferences/" + i))
                .filter(each -> each.path("type").asText().equals("bom"))
                .map(each -> each.path("url").asText() + " " + each.at("/hashes/0/content")
                        .asText())
                .toList();
        assertThat(boms).containsExactly("hello-linux-x86_64.sbom.json " + Bytes.ofUtf8(SPDX)
                .digest()
                .encoded(), "hello.cdx.json " + Bytes.ofUtf8(CYCLONEDX).digest().encoded());
        assertThat(attached(GithubHouse.MAC)).containsKey("hello.cdx.json")
                .doesNotContainKeys("hello-linux-x86_64.sbom.json", "hello-darwin-arm64.spdx.json");
    }

    @Test
    void nothingIsDoneTwiceAndNothingLacks() {
        FakeRelease release = house.release("v1.0.0", GithubHouse.LINUX);
        release.asset("hello.cdx.json", CYCLONEDX);
        house.run();
        List<String> before = types(GithubHouse.LINUX);

        assertThat(house.run().out()).startsWith("Nothing to publish");
        assertThat(house.run("--force").code()).isZero();
        assertThat(types(GithubHouse.LINUX)).isEqualTo(before);
    }

    private List<String> types(String platform) {
        return house.registry()
                .ask(GithubHouse.REPOSITORY, repository -> referrers(repository, platform).stream()
                        .map(each -> String.valueOf(each.artifactType()))
                        .sorted()
                        .toList());
    }

    private SortedMap<String, Bytes> attached(String platform) {
        return house.registry().ask(GithubHouse.REPOSITORY, repository -> {
            SortedMap<String, Bytes> files = new TreeMap<>();
            for (Descriptor referrer : referrers(repository, platform)) {
                for (Descriptor file : Manifests.fetch(repository, referrer)
                        .manifest()
                        .successors()) {
                    String title = file.annotations().get("org.opencontainers.image.title");
                    if (title != null) {
                        files.put(title, read(repository, file));
                    }
                }
            }
            return files;
        });
    }

    private static Bytes read(RemoteRepository repository, Descriptor file) {
        try (InputStream in = repository.fetch(file)) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Descriptor> referrers(RemoteRepository repository, String platform) {
        try (Stream<Descriptor> all = repository.referrerLister()
                .orElseThrow()
                .referrers(repository.resolve(new Tag("v1.0.0-" + platform)).digest())) {
            return all.toList();
        }
    }
}
