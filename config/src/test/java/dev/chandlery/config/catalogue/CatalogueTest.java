package dev.chandlery.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.tool.ToolSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the catalogue with names of files that real releases had. */
class CatalogueTest {
    /** Projects that have files for these machines, while the list takes those of another one. */
    private static final Set<String> NATIVE_AFTER_ALL = Set.of("bojand/ghz darwin/arm64",
            "grpc-ecosystem/grpc-gateway/protoc-gen-grpc-gateway darwin/arm64");

    @TempDir
    Path folder;

    /** One row of the list, with the pattern of release names left to the catalogue. */
    record Row(String repo, String pkg, String tag, String env, String asset, String checksum,
            boolean emulated) {
        String tool() {
            return pkg.substring(pkg.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return pkg + " " + tag + " " + env;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(CatalogueTest.class.getResourceAsStream(
                "/assets_resolved.json"))) {
            JsonNode list = JsonMapper.builder().build().readTree(in);
            return StreamSupport.stream(list.spliterator(), false)
                    .map(row -> new Row(row.path("repo").asText(), row.path("pkg").asText(), row
                            .path("tag")
                            .asText(), row.path("env").asText(), row.path("asset").asText(), row
                                    .path("checksum_asset")
                                    .asText(""), row.path("emulated").asBoolean()))
                    .filter(row -> !NATIVE_AFTER_ALL.contains(row.pkg + " " + row.env));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void knowsTheNamesOfRealFiles(Row row) throws IOException {
        ToolSpec tool = load(row.tool(), row.repo(), PlatformName.parse(row.env()));
        GithubSourceSpec source = (GithubSourceSpec) tool.source();
        String version = tool.releases().pattern().versionOf(row.tag()).orElseThrow();
        TemplateValues values = TemplateValues.of(version, row.tag(), tool.platforms().getFirst());

        String asset = row.asset();

        assertThat(source.assets().names(values)).contains(asset);
        if (!row.checksum().isEmpty()) {
            assertThat(source.checksumAsset().orElseThrow().expand(values.withAsset(asset)))
                    .isEqualTo(row.checksum());
        }
        boolean declared = tool.content().emulated().contains(PlatformName.parse(row.env()));
        assertThat(declared || row.asset().equals("shellcheck-v0.11.0.zip")).isEqualTo(row
                .emulated() || row.asset().equals("shellcheck-v0.11.0.zip"));
    }

    @Test
    void nativeFilesWinOverEmulatedOnes() throws IOException {
        ToolSpec ghz = load("ghz", "bojand/ghz", PlatformName.parse("darwin-arm64"));

        assertThat(((GithubSourceSpec) ghz.source()).assets()
                .expand(TemplateValues.of("0.121.0", "v0.121.0", ghz.platforms().getFirst())))
                .isEqualTo("ghz-darwin-arm64.tar.gz");
        assertThat(ghz.content().emulated()).isEmpty();
    }

    @Test
    void everyEntryReads() {
        assertThat(Catalogue.names()).hasSizeGreaterThan(20)
                .contains("grpc/grpc-web", "regclient/regclient/regctl")
                .allSatisfy(name -> assertThat(Catalogue.find(name, "")).isPresent());
    }

    @Test
    void caseMakesNoDifferenceAsOnGitHub() {
        assertThat(Catalogue.find("burntsushi/RipGrep", "rg")).isPresent();
    }

    @Test
    void aProjectOfSeveralToolsNamesThem() {
        assertThatThrownBy(() -> load("gateway", "grpc-ecosystem/grpc-gateway", PlatformName.parse(
                "linux-x86_64"))).isInstanceOf(ConfigException.class)
                .hasMessageContaining("protoc-gen-grpc-gateway, protoc-gen-openapiv2");
    }

    @ParameterizedTest
    @CsvSource({"protoc-gen-go, plugins/go", "protoc-gen-go-grpc, plugins/go",
            "protoc-gen-grpc-gateway, plugins/go", "protoc-gen-openapiv2, plugins/openapi",
            "protoc-gen-validate, plugins/go", "protoc-gen-doc, plugins/docs",
            "protoc-gen-js, plugins/js", "protoc-gen-grpc-web, plugins/js", "protoc, tools",
            "buf, tools", "oras, tools", "grpcurl, tools", "ghz, tools", "cosign, tools",
            "crane, tools", "regctl, tools", "shellcheck, tools", "ripgrep, tools", "jq, tools",
            "buck2, tools", "bazelisk, tools"})
    void knownToolsNeedTheirNameAlone(String name, String repository) {
        ConfigSpec config = ConfigLoader.load(Path.of("registry.yaml"), """
                primary_registry: {url: embedded}
                repositories: {tools: {}, plugins: {path: plugins, retention_days: 0}}
                publishing: {tool_sources: {%s: {platforms: [linux-x86_64, darwin-arm64]}}}
                """.formatted(name), Map.of());

        ToolSpec tool = Objects.requireNonNull(config.publishing().tools().get(name));
        assertThat(tool.source()).isInstanceOf(GithubSourceSpec.class);
        assertThat(config.repositoryOf(tool).path()).isEqualTo(repository);
    }

    @ParameterizedTest
    @CsvSource({"protoc-gen-connect-go, go install", "protovalidate, library"})
    void whatHasNoFilesIsTold(String name, String why) {
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("registry.yaml"), """
                primary_registry: {url: embedded}
                publishing: {tool_sources: {%s: {platforms: [linux-x86_64]}}}
                """.formatted(name), Map.of())).isInstanceOf(ConfigException.class)
                .hasMessageContaining(name + " has no files to publish")
                .hasMessageContaining(why);
    }

    @Test
    void aGroupMayHaveFolders() {
        ConfigSpec config = ConfigLoader.load(Path.of("registry.yaml"), """
                primary_registry: {url: embedded}
                repositories: {more: {path: all/more}}
                publishing:
                  tool_sources:
                    protoc-gen-go: {repository: more/lang/go, platforms: [linux-x86_64]}
                """, Map.of());

        ToolSpec tool = Objects.requireNonNull(config.publishing().tools().get("protoc-gen-go"));
        assertThat(config.repositoryOf(tool).path()).isEqualTo("all/more/lang/go");
        assertThatThrownBy(() -> ConfigLoader.load(Path.of("registry.yaml"), """
                primary_registry: {url: embedded}
                repositories: {more: {}}
                publishing: {tool_sources: {jq: {repository: less/go, platforms: [linux-x86_64]}}}
                """, Map.of())).hasMessageContaining("no such group in repositories: less");
    }

    @Test
    void keysOfTheFileWin() throws IOException {
        Path file = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded}
                publishing:
                  tool_sources:
                    jq:
                      github_repo: jqlang/jq
                      release_pattern: "v*"
                      platforms: [windows-arm64, linux-x86_64]
                      platform_words: {windows-arm64: windows-arm64}
                      github:
                        assets: {linux-x86_64: "other-{version}"}
                        checksum_asset: sums
                """);
        ToolSpec jq = Objects.requireNonNull(ConfigLoader.load(file, Map.of())
                .publishing()
                .tools()
                .get("jq"));
        GithubSourceSpec source = (GithubSourceSpec) jq.source();

        assertThat(jq.releases().pattern()).hasToString("v*");
        assertThat(jq.content().emulated()).isEmpty();
        assertThat(source.checksumAsset().orElseThrow()).hasToString("sums");
        assertThat(names(source, jq)).containsExactly("jq-windows-arm64.exe", "other-1");
    }

    private static List<String> names(GithubSourceSpec source, ToolSpec tool) {
        return tool.platforms()
                .stream()
                .map(platform -> source.assets().expand(TemplateValues.of("1", "v1", platform)))
                .toList();
    }

    private ToolSpec load(String name, String repository, PlatformName platform)
            throws IOException {
        Path file = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded}
                publishing: {tool_sources: {%s: {github_repo: %s, platforms: [%s]}}}
                """.formatted(name, repository, platform));
        return Objects.requireNonNull(ConfigLoader.load(file, Map.of())
                .publishing()
                .tools()
                .get(name));
    }
}
