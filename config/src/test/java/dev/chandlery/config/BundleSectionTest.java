package dev.chandlery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleSectionTest {
    private static final String TOOLS = """
            primary_registry: {url: embedded}
            publishing:
              tool_sources:
                buf: {github_repo: bufbuild/buf, platforms: [linux-x86_64]}
                jq: {github_repo: jqlang/jq, platforms: [linux-x86_64, darwin-arm64]}
                file: {github_repo: jqlang/jq, package: upstream, platforms: [linux-x86_64]}
            """;

    private static ConfigSpec load(String more) {
        return ConfigLoader.load(Path.of("registry.yaml"), TOOLS + more, Map.of());
    }

    private static BundleSpec bundle(ConfigSpec config, String name) {
        return Objects.requireNonNull(config.bundles().get(name));
    }

    @Test
    void aListOfToolsIsABundle() {
        ConfigSpec config = load("bundles: {both: [buf@1.66.0, jq@v1.8.1]}\n");

        BundleSpec both = bundle(config, "both");
        assertThat(both.tools()).extracting(BundleSpec.Member::toString)
                .containsExactly("buf@1.66.0", "jq@1.8.1");
        assertThat(both.platforms()).isEmpty();
        assertThat(both.version()).isEmpty();
        assertThat(both.image()).isEqualTo(new BundleSpec.Image(java.util.Optional.empty(),
                java.util.Optional.empty()));
        assertThat(config.repositoryOf(both).path()).isEqualTo("bundles");
        assertThat(config.repositoryOf(both).autoPublish()).isTrue();
    }

    @Test
    void allKeysSet() {
        ConfigSpec config = load("""
                repositories:
                  tools: {}
                  sets: {path: all/sets}
                bundles:
                  both:
                    tools: [buf@1.66.0, jq@1.8.1]
                    repository: sets
                    platforms: [linux-x86_64]
                    version: 2026.11
                    base: alpine:3.22
                    entrypoint: buf
                    description: for protocol buffers
                    homepage: https://example.com/
                """);

        BundleSpec both = bundle(config, "both");
        assertThat(config.repositoryOf(both).path()).isEqualTo("all/sets");
        assertThat(both.version()).contains("2026.11");
        assertThat(both.image().base()).contains("alpine:3.22");
        assertThat(both.image().entrypoint()).contains("buf");
        assertThat(both.description().text()).isEqualTo("for protocol buffers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{a: [bufs@1.0]}                                   | no such tool: bufs",
            "{a: [buf]}                                        | expected a tool with its version",
            "{a: [buf@1.0, buf@2.0]}                           | buf is there twice",
            "{a: []}                                           | expected 1 to 1000 items",
            "{a: {}}                                           | tools is missing",
            "{a: 3}                                            | expected a mapping",
            "{a/b: [buf@1.0]}                                  | without /",
            "{A: [buf@1.0]}                                    | bundles",
            "{a: [file@1.0]}                                   | as upstream's file",
            "{a: {tools: [buf@1.0], repository: none}}         | no such group",
            "{a: {tools: [buf@1.0], repository: tools}, buf: {tools: [jq@1.0], repository: tools}}"
                    + "| a tool of the same group has that name",
            "{a: {tools: [buf@1.0], platforms: [darwin-arm64]}}| buf is not wanted for darwin-arm64",
            "{a: {tools: [buf@1.0], tool: 1}}                  | did you mean tools?",
            "{a: {tools: [buf@1.0], base: 'a b'}}              | expected an image's reference",
            "{a: {tools: [buf@1.0], entrypoint: bin/buf}}      | expected a file name"})
    void whatIsWrongIsTold(String bundles, String message) {
        assertThatThrownBy(() -> load("bundles: " + bundles + "\n")).isInstanceOf(
                ConfigException.class).hasMessageContaining(message);
    }
}
