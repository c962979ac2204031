package dev.chandlery.config.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EffectiveConfig;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.SelectionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorSectionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/user", "TOKEN",
            "hunter2");
    private static final String REGISTRIES = """
            primary_registry: {url: embedded}
            backup_registries:
              - {url: "https://ghcr.io", namespace: acme}
              - {url: "backup.example:5000", namespace: one}
              - {url: "backup.example:5000", namespace: two}
            """;
    private static final String ALL_KEYS = REGISTRIES + """
            mirrors:
              closed-network:
                source: ghcr.io
                target:
                  url: registry.example
                  namespace: tools
                  auth_required: true
                  auth_method: basic
                  username: robot
                  password: ${env:TOKEN}
                what:
                  include: [tools/*, "plugins/**"]
                  exclude: [tools/internal]
                  tags: [v*]
                  latest: 3
                  platforms: [linux/amd64, linux-aarch64]
                  referrers: false
                when: "0 3 * * *"
            """;

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        ConfigSpec config = load(REGISTRIES + "mirrors: {spare: {target: ghcr.io}}\n");

        assertThat(mirror(config, "spare")).isEqualTo(new MirrorSpec("spare", new MirrorSpec.Named(
                "primary"), new MirrorSpec.Named("ghcr.io"), SelectionSpec.ALL, Optional.empty()));
        assertThat(config.notices()).isEmpty();
        assertThat(load("primary_registry: {url: embedded}\n").mirrors()).isEmpty();
    }

    @Test
    void allKeysSet() throws IOException {
        ConfigSpec config = load(ALL_KEYS);

        MirrorSpec mirror = mirror(config, "closed-network");
        assertThat(mirror.what()).isEqualTo(new SelectionSpec(List.of(new NamePattern("tools/*"),
                new NamePattern("plugins/**")), List.of(new NamePattern("tools/internal")), List.of(
                        new NamePattern("v*")), Optional.of(3), List.of(PlatformName.parse(
                                "linux-x86_64"), PlatformName.parse("linux-aarch64")), false));
        assertThat(mirror.when()).contains("0 3 * * *");
        assertThat(config.registries().endpoint(mirror.source()).label()).isEqualTo("ghcr.io/acme");
        EndpointSpec target = config.registries().endpoint(mirror.target());
        assertThat(target.label()).isEqualTo("registry.example/tools");
        assertThat(target.authMethod()).isEqualTo(AuthMethod.BASIC);
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void whatTakesEffectReadsBack() throws IOException {
        ConfigSpec config = load(ALL_KEYS + "  spare: {target: ghcr.io, when: after publish}\n");

        String shown = EffectiveConfig.yaml(config);

        assertThat(load(shown).registries()).isEqualTo(config.registries());
        assertThat(shown).contains("source: primary", "password: ${env:TOKEN}")
                .doesNotContain("hunter2");
    }

    @Test
    void backupsAreSupported() throws IOException {
        assertThat(load(REGISTRIES).notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"primary, embedded", "ghcr.io, ghcr.io/acme", "https://ghcr.io, ghcr.io/acme",
            "ghcr.io/acme, ghcr.io/acme", "https://ghcr.io/acme, ghcr.io/acme",
            "backup.example:5000/two, backup.example:5000/two"})
    void registriesHaveNames(String name, String label) throws IOException {
        assertThat(load(REGISTRIES).registries().find(name).map(EndpointSpec::label)).contains(
                label);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a: {}|target is missing",
            "a: {target: nobody.example}|mirror a: no registry is called nobody.example, expected one of"
                    + " primary, ghcr.io/acme, backup.example:5000/one",
            "a: {target: 'backup.example:5000'}|may be any of backup.example:5000/one",
            "a: {target: primary}|source and target are the same",
            "a: {target: ghcr.io, when: sometimes}|expected five cron fields",
            "a: {target: ghcr.io, what: {latest: 0}}|from 1 to",
            "a: {target: ghcr.io, what: {tag: [v*]}}|did you mean tags?",
            "a: {target: ghcr.io, what: {include: ['a b']}}|expected a name, or a pattern",
            "a: {target: ghcr.io, what: {platforms: [amiga]}}|expected one of darwin",
            "a: {target: {namespace: a}}|url is missing",
            "a: {target: {url: a, pasword: b}}|did you mean password?",
            "a: {target: [b]}|expected a text, found a list",
            "'a b': {target: ghcr.io}|expected a name"})
    void refuses(String mirrors, String expected) throws IOException {
        assertThatThrownBy(() -> load(REGISTRIES + "mirrors: {" + mirrors + "}\n")).isInstanceOf(
                ConfigException.class).hasMessageContaining(expected);
    }

    private static MirrorSpec mirror(ConfigSpec config, String name) {
        return Objects.requireNonNull(config.mirrors().get(name));
    }

    private ConfigSpec load(String yaml) throws IOException {
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), yaml),
                ENVIRONMENT);
    }
}
