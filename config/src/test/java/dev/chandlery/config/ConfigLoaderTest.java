package dev.chandlery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/user");

    @TempDir
    Path folder;

    @Test
    void theSmallestFileHasAllDefaults() throws IOException {
        ConfigSpec config = load("primary_registry: {url: embedded}");

        assertThat(config.primaryRegistry().embedded()).isTrue();
        assertThat(config.primaryRegistry().storage()).isEqualTo(Path.of(
                "/home/user/.local/share/chandlery/registry"));
        assertThat(config.cache().localCacheDir()).isEqualTo(Path.of(
                "/home/user/.cache/chandlery"));
        assertThat(config.repositories()).containsOnlyKeys("tools");
        assertThat(config.publishing().tools()).isEmpty();
        assertThat(config.security().minimumTrust()).isEqualTo(Rung.FIRST_USE);
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void theFileThatPeopleHaveLoads() throws URISyntaxException {
        Path seed = Path.of(Objects.requireNonNull(ConfigLoaderTest.class.getResource(
                "/seed-registry.yaml")).toURI());

        ConfigSpec config = ConfigLoader.load(seed, HOME);

        assertThat(config.primaryRegistry().registry().orElseThrow()).hasToString(
                "oras.birb.homes");
        assertThat(config.publishing().timeout()).isEqualTo(Duration.ofMinutes(10));
        ToolSpec protoc = Objects.requireNonNull(config.publishing().tools().get("protoc"));
        assertThat(asset(protoc, "31.0-rc1", "linux-aarch64")).isEqualTo(
                "protoc-31.0-rc-1-linux-aarch_64.zip");
        ToolSpec buf = Objects.requireNonNull(config.publishing().tools().get("buf"));
        assertThat(asset(buf, "1.66.0", "windows-x86_64")).isEqualTo("buf-Windows-x86_64.zip");
        assertThat(config.notices()).extracting(Problem::path)
                .doesNotContain("security.verify_signatures")
                .noneMatch(path -> path.startsWith("monitoring."));
    }

    @Test
    void theProjectsOwnFileLoadsWithoutNotices() {
        Path root = Path.of(System.getProperty("chandlery.root"), "registry.yaml");

        ConfigSpec config = ConfigLoader.load(root, HOME);

        assertThat(config.notices()).isEmpty();
        assertThat(config.publishing().tools()).containsKeys("protoc", "buf",
                "protoc-gen-grpc-java", "buf-npm");
    }

    @Test
    void allProblemsComeAtOnceWithTheirPlaces() throws IOException {
        Path file = write("""
                primary_registry:
                  url: embedded
                repositories:
                  tools:
                    retention_dayz: 3
                    auto_publish: yes
                publishing:
                  parallel_uploads: 0
                  tool_sources:
                    protoc:
                      maven: {artifact: nonsense}
                      platforms: [linux-x86_65]
                """);

        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(
                file, HOME));

        String name = file.toString();
        assertThat(e.problems()).extracting(Problem::toString)
                .satisfiesExactly(
                        p -> assertThat(p).isEqualTo(name
                                + ":5:5: repositories.tools.retention_dayz: unknown key, did you mean retention_days?"),
                        p -> assertThat(p).startsWith(name
                                + ":6:19: repositories.tools.auto_publish: expected true or false"),
                        p -> assertThat(p).startsWith(name
                                + ":8:21: publishing.parallel_uploads: expected a whole number from 1 to 64"),
                        p -> assertThat(p).startsWith(name
                                + ":11:25: publishing.tool_sources.protoc.maven.artifact: expected group:artifact"),
                        p -> assertThat(p).startsWith(name
                                + ":12:19: publishing.tool_sources.protoc.platforms[0]:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|is empty", "[|is not YAML", "a: 1|unknown key",
            "primary_registry: embedded|expected a mapping",
            "'primary_registry: {}'|url is missing",
            "cache: {}|primary_registry is missing",
            "'primary_registry: {url: embedded, url: embedded}'|duplicate key",
            "'primary_registry: {url: a b}'|expected a host name",
            "'primary_registry: {url: \"${env:NONE}\"}'|NONE",
            "'primary_registry: {url: embedded, password: secret1}'|expected a reference",
            "'primary_registry: !!java.net.URL [x]'|tag is not allowed"})
    void refuses(String yaml, String expected) throws IOException {
        Path file = write(yaml);

        assertThatThrownBy(() -> ConfigLoader.load(file, HOME)).isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("secret1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry_server: {}", "registry_server:\n  listen: 0.0.0.0:5000"})
    void takesAFileThatSaysOnlyHowToServe(String yaml) throws IOException {
        ConfigSpec config = ConfigLoader.load(write(yaml), HOME);

        assertThat(config.primaryRegistry().embedded()).isTrue();
        assertThat(config.primaryRegistry().storage()).isEqualTo(Path.of(
                "/home/user/.local/share/chandlery/registry"));
        assertThat(config.publishing().tools()).isEmpty();
    }

    @Test
    void findsWhatIsServedWhereTheFileSaysOnlyHowToServe() throws IOException {
        ConfigSpec config = ConfigLoader.load(write("registry_server: {storage: here}"), HOME);

        assertThat(config.primaryRegistry().storage()).isEqualTo(folder.resolve("here"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"platforms: [linux-x86_64]|expected one of github_repo",
            "maven: {artifact: 'a:b'}|platforms is missing",
            "github_repo: some/thing, platforms: [linux-x86_64]|not in the catalogue",
            "maven: {artifact: 'a:b'}, npm: {package: x}, platforms: [linux-x86_64]|found [maven, npm]",
            "maven: {artifact: 'a:b'}, platforms: [linux-x86_64], repository: x|no such group",
            "http: {url: 'https://example.com/{version}'}, platforms: [linux-x86_64]|either versions",
            "maven: {artifact: 'a:b'}, platforms: [linux-x86_64], release_pattern: 'v'|one \"*\""})
    void refusesTools(String tool, String expected) throws IOException {
        Path file = write("primary_registry: {url: embedded}\npublishing: {tool_sources: {it: {"
                + tool
                + "}}}\n");

        assertThatThrownBy(() -> ConfigLoader.load(file, HOME)).isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void relativeFoldersCountFromTheFile() throws IOException {
        ConfigSpec config = load("""
                primary_registry: {url: embedded, storage: .data/registry}
                cache: {local_cache_dir: "${env:HOME}/cache"}
                """);

        assertThat(config.primaryRegistry().storage()).isEqualTo(folder.resolve(".data/registry"));
        assertThat(config.cache().localCacheDir()).isEqualTo(Path.of("/home/user/cache"));
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThatThrownBy(() -> ConfigLoader.load(folder.resolve("none.yaml"), HOME)).isInstanceOf(
                ConfigException.class).hasMessageContaining("no such file");
    }

    private static String asset(ToolSpec tool, String version, String platform) {
        GithubSourceSpec source = (GithubSourceSpec) tool.source();
        ToolPlatform wanted = tool.findPlatform(PlatformName.parse(platform)).orElseThrow();
        return source.assets().expand(TemplateValues.of(version, "v" + version, wanted));
    }

    private ConfigSpec load(String yaml) throws IOException {
        return ConfigLoader.load(write(yaml), HOME);
    }

    private Path write(String yaml) throws IOException {
        return Files.write(folder.resolve("registry.yaml"), List.of(yaml));
    }
}
