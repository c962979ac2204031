package dev.chandlery.upstream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.release.ReleaseRules.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"cmd/protoc-gen-go-grpc/v*, cmd/protoc-gen-go-grpc/v1.6.1, 1.6.1",
            "jq-*, jq-1.8.1, 1.8.1", "v*, v31.0-rc1, 31.0-rc1", "*, 2025-12-01, 2025-12-01",
            "*, 15.1.0, 15.1.0", "bun-v*, bun-v1.2.3, 1.2.3", "4.*, 4.31.1, 31.1"})
    void oddTagsGiveTheirVersions(String pattern, String tag, String version) throws IOException {
        assertThat(rules("release_pattern: \"" + pattern + "\", prereleases: true").select(listed(
                tag)).map(r -> r.version().text())).containsExactly(version);
    }

    @Test
    void tagsOfOtherToolsAndMovingOnesAreLeftOut() throws IOException {
        assertThat(names(rules("release_pattern: \"*\""), "latest", "15.1.0", "stable", "canary",
                "15.2.0", "Nightly", "tip")).containsExactly("15.2.0", "15.1.0");
        assertThat(names(rules("release_pattern: \"cmd/x/v*\""), "v1.80.0", "cmd/x/v1.6.1",
                "cmd/y/v1.7.0")).containsExactly("cmd/x/v1.6.1");
        assertThat(names(rules("release_pattern: \"*\", version_scheme: opaque"), "latest",
                "0a1b2c3")).containsExactly("0a1b2c3");
    }

    @Test
    void aPrereleaseIsOneWhenTheFlagOrTheTextSaysSo() throws IOException {
        List<Listed> listed = List.of(named("v1.0", false), named("v1.1", true), named("v1.2-rc1",
                false), named("v1.3-rc1", true));

        assertThat(rules("prereleases: false").select(listed.stream())).extracting(Release::name)
                .containsExactly("v1.0");
        assertThat(rules("prereleases: true").select(listed.stream())).extracting(
                Release::prerelease).containsExactly(true, true, true, false);
    }

    @Test
    void theOrderOfTheListIsNotTrusted() throws IOException {
        assertThat(names(rules("versions: 1"), "v25.9", "v33.2", "v9.1", "v33.10", "v31.0"))
                .containsExactly("v33.10", "v33.2", "v31.0", "v25.9", "v9.1");
    }

    @Test
    void aStatedSchemeLeavesOutWhatIsNoVersionOfIt() throws IOException {
        assertThat(names(rules("version_scheme: semver"), "v2024-01-01", "v1.2.3", "v1.3"))
                .containsExactly("v1.2.3");
        assertThat(names(rules("version_scheme: calver"), "v2024-01-01", "v1.2.3"))
                .containsExactly("v2024-01-01");
    }

    @Test
    void youngReleasesSayWhenTheyAreDue() throws IOException {
        ReleaseRules rules = rules("minimum_release_age: 72h");
        List<Release> releases = rules.select(Stream.of(at("v1.0", "2026-11-18T12:00:00Z"), at(
                "v1.1", "2026-11-18T12:00:01Z"))).toList();

        assertThat(releases).extracting(Release::due)
                .containsExactly(Optional.of(Instant.parse("2026-11-21T12:00:01Z")), Optional
                        .empty());
        assertThat(releases).extracting(Release::isWaiting).containsExactly(true, false);
        assertThatThrownBy(() -> rules.select(listed("v1.2")).toList()).isInstanceOf(
                UnsupportedFeatureException.class)
                .hasMessageContaining("minimum_release_age: 0s");
    }

    @Test
    void theAgeOfAllToolsIsThatOfThoseThatDoNotSayTheirOwn() throws IOException {
        assertThat(config("publishing: {minimum_release_age: 7d, tool_sources: {it: {%s}}}", "")
                .publishing()
                .minimumReleaseAge()).hasDays(7);
        Stream<Listed> young = Stream.of(at("v1.0", "2026-11-20T12:00:00Z"));
        assertThat(rules("minimum_release_age: 0s").select(young)).noneMatch(Release::isWaiting);
    }

    private static List<String> names(ReleaseRules rules, String... names) {
        return rules.select(listed(names)).map(Release::name).toList();
    }

    private static Stream<Listed> listed(String... names) {
        return Stream.of(names).map(Listed::named);
    }

    private static Listed named(String name, boolean prerelease) {
        return new Listed(name, Optional.empty(), prerelease, Optional.empty());
    }

    private static Listed at(String name, String published) {
        return new Listed(name, Optional.of(Instant.parse(published)), false, Optional.empty());
    }

    private ReleaseRules rules(String keys) throws IOException {
        ConfigSpec config = config(
                "publishing: {minimum_release_age: 0s, tool_sources: {it: {%s}}}",
                keys);
        ToolSpec tool = Objects.requireNonNull(config.publishing().tools().get("it"));
        return new ReleaseRules(tool, config.minimumReleaseAge(tool), () -> NOW);
    }

    private ConfigSpec config(String publishing, String keys) throws IOException {
        String tool = "github_repo: o/r, github: {asset: it}, platforms: [linux-x86_64]" + (keys
                .isEmpty() ? "" : ", " + keys);
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\n" + publishing.formatted(tool)), Map.of());
    }
}
