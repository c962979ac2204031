package dev.chandlery.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.cli.CommandException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositorySelectionTest {
    private static final Place LISTED = new Listed(List.of("tools/protoc", "tools/other",
            "nested/buf/v1.9-linux-x86_64", "nested/buf/v1.10-linux-x86_64",
            "nested/buf/v1.10-darwin-arm64", "nested/buf/readme", "nested/buffalo", "x/y/z"));

    @TempDir
    Path folder;

    private ConfigSpec config;

    /** A place that knows its names, or none. */
    private record Listed(List<String> names) implements Place {
        @Override
        public String label() {
            return "registry.example";
        }

        @Override
        public Target repository(String path) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public Stream<String> paths() {
            if (names.isEmpty()) {
                throw new UnsupportedFeatureException("cannot list repositories");
            }
            return names.stream();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @BeforeEach
    void configure() throws IOException {
        config = load("tags");
    }

    @Test
    void toolsNeedNoList() {
        assertThat(paths(config, spec(List.of(), List.of()), new Listed(List.of())))
                .containsExactly("tools/buf", "tools/protoc");
        assertThat(paths(config, spec(List.of(), List.of("**/buf")), new Listed(List.of())))
                .containsExactly("tools/protoc");
    }

    @Test
    void namesNeedNoListEither() {
        assertThat(paths(config, spec(List.of("a/b", "c"), List.of()), new Listed(List.of())))
                .containsExactly("a/b", "c");
    }

    @Test
    void patternsChooseFromTheList() {
        assertThat(paths(config, spec(List.of("tools/*", "x/**"), List.of()), LISTED))
                .containsExactly("tools/buf", "tools/other", "tools/protoc", "x/y/z");
        assertThat(paths(config, spec(List.of("**"), List.of("nested/**")), LISTED))
                .containsExactly("tools/buf", "tools/other", "tools/protoc", "x/y/z");
    }

    @Test
    void withoutAListPatternsAreRefusedWithAWayOut() {
        assertThatThrownBy(() -> paths(config, spec(List.of("tools/*"), List.of()), new Listed(List
                .of()))).isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.hint()
                        .orElse("")).contains("name repositories without"));
    }

    @Test
    void nestedVersionsAreChosenAsTagsAre() throws IOException {
        ConfigSpec nested = load("nested");

        assertThat(paths(nested, spec(List.of(), List.of()), LISTED)).containsExactly(
                "nested/buf/readme", "nested/buf/v1.10-darwin-arm64",
                "nested/buf/v1.10-linux-x86_64", "nested/buf/v1.9-linux-x86_64");
        SelectionSpec latest = new SelectionSpec(List.of(), List.of(), List.of(), Optional.of(1),
                List.of(), true);
        Map<String, SelectionSpec> selected = RepositorySelection.of(nested, latest, LISTED);
        assertThat(selected.keySet()).containsExactly("nested/buf/v1.10-darwin-arm64",
                "nested/buf/v1.10-linux-x86_64");
        assertThat(selected.values()).allMatch(each -> each.latest().isEmpty());
        assertThat(paths(nested, spec(List.of("nested/buf"), List.of("**/readme")), LISTED))
                .hasSize(3);
    }

    private static Set<String> paths(ConfigSpec config, SelectionSpec what, Place place) {
        return RepositorySelection.of(config, what, place).keySet();
    }

    private static SelectionSpec spec(List<String> include, List<String> exclude) {
        return new SelectionSpec(patterns(include), patterns(exclude), List.of(), Optional.empty(),
                List.of(), true);
    }

    private static List<NamePattern> patterns(List<String> globs) {
        return globs.stream().map(NamePattern::new).toList();
    }

    private ConfigSpec load(String layout) throws IOException {
        boolean nested = layout.equals("nested");
        String tool = "{http: {url: 'https://example.com/{version}', versions: ['1']}, platforms:"
                + " [linux-x86_64]";
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), String.join(
                "\n", Arrays.asList("primary_registry: {url: embedded}",
                        "repositories: {tools: {path: " + (nested ? "nested" : "tools")
                                + ", layout: " + layout + "}}", "publishing:", "  tool_sources:",
                        "    buf: " + tool + "}", nested ? "" : "    protoc: " + tool + "}"))),
                Map.of("HOME", folder.toString()));
    }
}
