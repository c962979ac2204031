package dev.chandlery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chandlery.config.tool.ToolSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are wrong on purpose end quickly, with problems that can be printed. */
@Timeout(240)
class HostileFileTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/user", "SECRET",
            "Do not: print@me");
    private static final String HEAD = "primary_registry: {url: embedded}\n";

    @TempDir
    Path folder;

    @Test
    void aliasesDoNotMultiply() throws IOException {
        String laughs = IntStream.range(1, 12)
                .mapToObj(i -> "  a%1$d: &a%1$d [%2$s]\n".formatted(i, String.join(", ", List.of(
                        "*a" + (i - 1), "*a" + (i - 1), "*a" + (i - 1), "*a" + (i - 1), "*a" + (i
                                - 1), "*a" + (i - 1)))))
                .collect(Collectors.joining());

        assertThat(problems(HEAD + "repositories:\n  a0: &a0 [x]\n" + laughs)).first()
                .asString()
                .contains("aliases");
    }

    @Test
    void aNodeMayNotHoldItself() throws IOException {
        assertThat(problems(HEAD + "backup_registries: &r [*r]\n")).isNotEmpty();
        assertThat(problems("primary_registry: &r {url: embedded, x: *r}\n")).isNotEmpty();
    }

    @Test
    void depthIsLimited() throws IOException {
        assertThat(problems("a: " + "[".repeat(5_000))).first().asString().contains("max 32");
        assertThat(problems("a: " + "{a: ".repeat(5_000))).first().asString().contains("max 32");
    }

    @Test
    void sizeIsLimited() throws IOException {
        assertThat(problems("#\n".repeat(4_500_000))).first().asString().contains("8388608 bytes");
    }

    @Test
    void longTextsAreCut() throws IOException {
        List<String> problems = problems("primary_registry: {url: embedded, namespace: A"
                + "a".repeat(400_000) + "}");

        assertThat(problems).hasSize(1).first().asString().hasSizeLessThan(600);
    }

    @Test
    void problemsAreCounted() throws IOException {
        String keys = IntStream.range(0, 40_000)
                .mapToObj(i -> "k" + i + ": 1\n")
                .collect(Collectors.joining());

        assertThat(problems(HEAD + keys)).hasSize(1_000);
    }

    @Test
    void bytesThatAreNotTextAreRefused() throws IOException {
        byte[] bytes = "primary_registry: {url: \u00e9}".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("registry.yaml"), bytes);

        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(
                file, ENVIRONMENT));

        assertThat(e).hasMessageContaining("not UTF-8: wrong byte at offset 24");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "primary_registry: {url: embedded, namespace: \"${SECRET}\"}|found \"${SECRET}\"",
            "primary_registry: {url: \"${env:SECRET}\"}|without credentials",
            "primary_registry: {url: \"https://me:Do not: print@me\"}|found \"https://***@me\"",
            "primary_registry: {url: embedded, password: \"Do not: print@me\"}|expected a reference",
            "primary_registry: {url: embedded, password: [\"Do not: print@me\"]}|found a list",
            "primary_registry: {url: embedded, storage: \"${SECRET}${NONE}\"}|NONE is not set"})
    void secretsAreNotPrinted(String yaml, String expected) throws IOException {
        assertThat(problems(yaml)).singleElement()
                .asString()
                .contains(expected)
                .doesNotContain("print");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"a\\u001b[31m\\nb\": 1|a?[31m?b: unknown key",
            "security: {allowed_sources: [\"\\u001b]0;x\\u0007\"]}|found \"?]0;x?\"",
            "repositories: {\"A B\": {}}|repositories.A B: invalid repository",
            "backup_registries: [{url: ghcr.io/acme}]|belongs in namespace",
            "backup_registries: [{url: ghcr.io:99999}]|port from 1 to 65535",
            "backup_registries: [{url: embedded, storage: \"a\\0b\"}]|expected a folder",
            "publishing: {schedule: 99 * * * *}|expected a minute from 0 to 59",
            "publishing: {parallel_uploads: 99999999999999999999}|from 1 to 64",
            "publishing: {parallel_uploads: 0x10}|from 1 to 64",
            "publishing: {tool_sources: {a: {}, a: {}}}|is there twice",
            "{[a, b]: 1}: 1|expected a name as key",
            "cache: {[a, b]: 1}|expected a name as key",
            "repositories: {[a, b]: {}}|expected a name as key",
            "cache: {<<: {cleanup_on_startup: true}}|merge is not supported",
            "--- x|single document", "cache: {max_cache_size_gb: .inf}|expected a number"})
    void isTold(String yaml, String expected) throws IOException {
        assertThat(String.join("\n", problems(HEAD + yaml))).contains(expected)
                .doesNotContain("\u001b", "\u0007");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a|platforms: [linux-x86_64, linux/amd64]|platforms[1]: is in the list twice",
            "a|platforms: []|expected 1 to 1000 items",
            "a/b|platforms: [linux-x86_64]|a tool's name without /",
            "A|platforms: [linux-x86_64]|the tool's name becomes part",
            "a|platforms: [linux-x86_64], include: [../x]|include[0]: expected a path inside",
            "a|platforms: [linux-x86_64], include: [/etc/*]|include[0]: expected a path inside",
            "a|platforms: [linux-x86_64], binaries: [../sh]|binaries[0]: expected a file name",
            "a|platforms: [linux-x86_64], release_pattern: '*.*'|one \"*\"",
            "a|platforms: [linux-x86_64], minimum_release_age: 3 days|a time such as",
            "a|platforms: [linux-x86_64], minimum_trust: sha256|expected one of first-use",
            "a|platforms: [linux-x86_64], platform_words: {linux-arm64: x}|expected one of"})
    void toolsAreChecked(String name, String keys, String expected) throws IOException {
        assertThat(problems(HEAD
                + "publishing: {tool_sources: {%s: {maven: {artifact: 'a:b'}, %s}}}"
                        .formatted(name, keys))).singleElement().asString().contains(expected);
    }

    @Test
    void aNameMayHaveDots() throws IOException {
        ConfigSpec config = ConfigLoader.load(write(HEAD
                + "publishing: {tool_sources: {a.b: {maven: {artifact: 'a:b'}, platforms: [linux-x86_64], "
                + "minimum_release_age: 72h}}}"), ENVIRONMENT);

        ToolSpec tool = config.publishing().tools().get("a.b");
        assertThat(tool).isNotNull().extracting(ToolSpec::name).isEqualTo("a.b");
        assertThat(tool).extracting(t -> config.minimumReleaseAge(t))
                .isEqualTo(Duration.ofDays(3));
    }

    @Test
    void otherEditorsFilesLoad() throws IOException {
        ConfigLoader.load(write("\uFEFFprimary_registry:\r\n  url: embedded\r\n"), ENVIRONMENT);
    }

    private List<String> problems(String yaml) throws IOException {
        Path file = write(yaml);
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(
                file, ENVIRONMENT));
        return e.problems().stream().map(Problem::toString).toList();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("registry.yaml"), yaml);
    }
}
