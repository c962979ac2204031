package dev.chandlery.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/user", "TOKEN",
            "hunter2");

    @TempDir
    Path folder;

    @Test
    void readsBackAsTheSameConfiguration() throws IOException, URISyntaxException {
        assertReadsBack(seed());
        assertReadsBack(Path.of(System.getProperty("chandlery.root"), "registry.yaml"));
    }

    @Test
    void unusualValuesReadBackToo() throws IOException {
        assertReadsBack(write("""
                primary_registry:
                  url: https://ghcr.io
                  auth_required: true
                  auth_method: basic
                  username: "no"
                  password: ${env:TOKEN}
                cache: {max_cache_size_gb: 0.3}
                monitoring: {performance_targets: {availability_target_pct: 99.95}}
                publishing:
                  minimum_release_age: 12h
                  tool_sources:
                    it:
                      version_scheme: calver
                      incomplete: wait
                      require: [linux/amd64]
                      floating_tags: [minor, LATEST]
                      http:
                        url: https://example.com/{version}/it-{platform}{ext}
                        versions: ["1.10", "1.9"]
                      platforms: [linux/amd64]
                      minimum_release_age: 90m
                      description: "on: off # not a comment"
                    own:
                      github_repo: acme/own
                      github:
                        asset: "own-{version}.zip"
                        assets: {windows-x86_64: "own-{version}.exe"}
                        version_words: {"-rc": "rc"}
                        api: https://github.example.com/api/v3
                      platforms: [linux-x86_64, windows-x86_64]
                """));
    }

    @Test
    void sizesOfAFewBytesReadBack() throws IOException {
        assertReadsBack(write("""
                primary_registry: {url: embedded}
                cache: {max_cache_size_gb: 0.00000001}
                """));
    }

    @Test
    void secretsStayReferences() throws IOException {
        ConfigSpec config = ConfigLoader.load(write("""
                primary_registry:
                  url: ghcr.io
                  auth_method: basic
                  username: robot
                  password: ${env:TOKEN}
                """), ENVIRONMENT);

        assertThat(EffectiveConfig.yaml(config)).contains("password: ${env:TOKEN}")
                .doesNotContain("hunter2");
        assertThat(EffectiveConfig.json(config)).contains("\"password\": \"${env:TOKEN}\"")
                .doesNotContain("hunter2");
    }

    @Test
    void jsonAndYamlSayTheSame() throws IOException, URISyntaxException {
        ConfigSpec config = ConfigLoader.load(seed(), ENVIRONMENT);
        Path asJson = write(EffectiveConfig.json(config));

        assertThat(new ObjectMapper().readTree(EffectiveConfig.json(config))
                .at(
                        "/cache/max_cache_size_gb")
                .intValue()).isEqualTo(10);
        assertThat(EffectiveConfig.yaml(ConfigLoader.load(asJson, ENVIRONMENT))).isEqualTo(
                EffectiveConfig.yaml(config));
    }

    private void assertReadsBack(Path file) throws IOException {
        ConfigSpec config = ConfigLoader.load(file, ENVIRONMENT);

        ConfigSpec again = ConfigLoader.load(write(EffectiveConfig.yaml(config)), ENVIRONMENT);

        assertThat(again.primaryRegistry()).isEqualTo(config.primaryRegistry());
        assertThat(again.backupRegistries()).isEqualTo(config.backupRegistries());
        assertThat(again.repositories()).isEqualTo(config.repositories());
        assertThat(new TreeMap<>(again.publishing().tools())).isEqualTo(config.publishing()
                .tools());
        assertThat(again.publishing()).isEqualTo(config.publishing());
        assertThat(again.security()).isEqualTo(config.security());
        assertThat(again.operations()).isEqualTo(config.operations());
    }

    private static Path seed() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(EffectiveConfigTest.class.getResource(
                "/seed-registry.yaml")).toURI());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("effective.yaml"), yaml);
    }
}
