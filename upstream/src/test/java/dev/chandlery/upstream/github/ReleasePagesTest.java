package dev.chandlery.upstream.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.testkit.upstream.FakeSite.Seen;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Standing;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.sources.Upstreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long lists of releases, of which as little is read as will do. */
class ReleasePagesTest {
    private static final String LIST = "/api/repos/o/r/releases";

    @TempDir
    Path folder;
    private final FakeSite site = new FakeSite();
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE));
    private @Nullable ConfigSpec config;

    @BeforeEach
    void configure() throws IOException {
        config = ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded}
                cache: {local_cache_dir: cache}
                publishing:
                  tool_sources:
                    it: {github_repo: o/r, platforms: [linux-x86_64], github: {asset: a, api: "%1$s/api"}}
                    other: {github_repo: O/R, release_pattern: "other/v*", platforms: [linux-x86_64],
                      github: {asset: a, api: "%1$s/api"}}
                """.formatted(site.address())), Map.of());
    }

    @AfterEach
    void close() {
        transport.close();
        site.close();
    }

    @Test
    void readingEndsWhenAPageChangedNothingOfTheNewest() {
        pages(List.of("v25.9"), List.of("v33.0", "v24.1"), List.of("v32.0"), List.of("v31.0"));
        try (Upstreams upstreams = open()) {
            assertThat(upstream(upstreams, "it").releases(1)).first()
                    .extracting(Release::name)
                    .isEqualTo("v33.0");
            assertThat(requests()).hasSize(3);
            assertThat(upstream(upstreams, "it").releases()).hasSize(5);
            assertThat(requests()).hasSize(4);
        }
    }

    @Test
    void toolsOfOneRepositoryShareOneListing() {
        pages(List.of("v1.0", "other/v7.0"), List.of("v0.9"));
        try (Upstreams upstreams = open()) {
            assertThat(upstream(upstreams, "it").releases()).hasSize(2);
            assertThat(upstream(upstreams, "other").releases()).extracting(Release::name)
                    .containsExactly("other/v7.0");
            assertThat(requests()).hasSize(2);
        }
    }

    @Test
    void aNamedVersionIsAskedForByItsTag() {
        pages(List.of("v33.0"), List.of("v32.0"), List.of("v2.0"));
        site.put(LIST + "/tags/v2.0", Page.of(release("v2.0")));
        site.put(LIST + "/tags/other%2Fv7.0", Page.of(release("other/v7.0")));
        try (Upstreams upstreams = open()) {
            assertThat(upstream(upstreams, "it").find("2.0")).map(Release::name).contains("v2.0");
            assertThat(upstream(upstreams, "it").find("v33.0")).isPresent();
            assertThat(upstream(upstreams, "it").find("9.9")).isEmpty();
            assertThat(upstream(upstreams, "other").find("7.0")).isPresent();
            assertThat(requests()).doesNotContain(LIST + "?page=2");
        }
    }

    @Test
    void aReleaseThatIsGoneIsWithdrawnAndSoIsOneWithoutAFile() {
        pages(List.of("v33.0"), List.of("v2.0"));
        site.put(LIST + "/tags/v2.0", Page.of(release("v2.0")));
        site.put(LIST + "/tags/v1.0", Page.of(release("v1.0").replace("\"draft\":false",
                "\"draft\":true")));
        try (Upstreams upstreams = open()) {
            Upstream it = upstream(upstreams, "it");
            assertThat(it.standing("v2.0", Set.of("a"))).isEqualTo(new Standing.Offered());
            assertThat(it.standing("v2.0", Set.of("a", "b"))).isEqualTo(new Standing.Withdrawn(
                    "b is gone"));
            assertThat(it.standing("v1.0", Set.of("a"))).isEqualTo(new Standing.Withdrawn(
                    "the release is gone"));
            assertThat(it.standing("v0.1", Set.of("a"))).isEqualTo(new Standing.Withdrawn(
                    "the release is gone"));
        }
    }

    @Test
    void anEmptyListTakesNothingBack() {
        pages(List.of());
        try (Upstreams upstreams = open()) {
            assertThat(upstream(upstreams, "it").standing("v2.0", Set.of("a"))).isEqualTo(
                    new Standing.Unknown());
        }
    }

    @SafeVarargs
    private void pages(List<String>... pages) {
        for (int i = 0; i < pages.length; i++) {
            Page page = Page.of(pages[i].stream()
                    .map(ReleasePagesTest::release)
                    .collect(Collectors.joining(",", "[", "]")));
            String target = i == 0 ? LIST + "?per_page=100" : LIST + "?page=" + (i + 1);
            site.put(target, i + 1 == pages.length
                    ? page
                    : page.with("Link", "<" + site.uri(
                            LIST + "?page=" + (i + 2)) + ">; rel=\"next\""));
        }
    }

    private static String release(String tag) {
        return "{\"tag_name\":\"%s\",\"draft\":false,\"assets\":[{\"name\":\"a\",\"browser_download_url\":\"https://example.com/a\"}]}"
                .formatted(tag);
    }

    private List<String> requests() {
        return site.seen().stream().map(Seen::path).toList();
    }

    private ConfigSpec config() {
        return Objects.requireNonNull(config);
    }

    private Upstreams open() {
        return new Upstreams(new UpstreamContext(config(), transport, Map.of(), true));
    }

    private Upstream upstream(Upstreams upstreams, String tool) {
        return upstreams.forTool(Objects.requireNonNull(config().publishing().tools().get(tool)));
    }
}
