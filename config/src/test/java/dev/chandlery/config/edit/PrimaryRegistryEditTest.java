package dev.chandlery.config.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.oci.RepositoryName;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimaryRegistryEditTest {
    private static final Optional<RepositoryName> ACME = Optional.of(new RepositoryName("acme"));

    @TempDir
    Path folder;

    @Test
    void twoLinesOfTheFileThatPeopleHaveChange() throws IOException, URISyntaxException {
        String seed = Files.readString(Path.of(Objects.requireNonNull(getClass().getResource(
                "/seed-registry.yaml")).toURI()));
        Path file = write(seed);

        PrimaryRegistryEdit edit = PrimaryRegistryEdit.plan(file, "ghcr.io", ACME);
        edit.write();

        assertThat(edit.lines()).containsExactly(new PrimaryRegistryEdit.Line(6, Optional.of(
                "  url: \"oras.birb.homes\""), "  url: \"ghcr.io\""), new PrimaryRegistryEdit.Line(
                        7, Optional.of("  namespace: \"buck2-protobuf\""),
                        "  namespace: \"acme\""));
        assertThat(Files.readString(file)).isEqualTo(seed.replaceFirst("oras.birb.homes", "ghcr.io")
                .replaceFirst("\"buck2-protobuf\"", "\"acme\""));
        ConfigSpec config = ConfigLoader.load(file, Map.of("HOME", "/home/user"));
        assertThat(config.primaryRegistry().label()).isEqualTo("ghcr.io/acme");
    }

    @Test
    void crlfAndCharactersOfAllSizesStay() throws IOException {
        Path file = write("""
                # \uD83E\uDE90 tools
                primary_registry:
                  url:   'a.example' # \u00fcber
                  auth_required: true
                """.replace("\n", "\r\n"));

        PrimaryRegistryEdit.plan(file, "http://b.example:5000", ACME).write();

        assertThat(Files.readString(file)).isEqualTo("""
                # \uD83E\uDE90 tools
                primary_registry:
                  url:   'http://b.example:5000' # \u00fcber
                  namespace: 'acme'
                  auth_required: true
                """.replace("\n", "\r\n"));
    }

    @Test
    void aLineBehindTheLastOneEndsAsTheOthersDo() throws IOException {
        Path file = write("cache: {}\r\nprimary_registry:\r\n  url: a.example");

        PrimaryRegistryEdit.plan(file, "b.example", ACME).write();

        assertThat(Files.readString(file)).isEqualTo(
                "cache: {}\r\nprimary_registry:\r\n  url: b.example\r\n  namespace: acme");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "primary_registry: {url: a.example, namespace: b} # c"
                    + "|primary_registry: {url: ghcr.io, namespace: acme} # c",
            "primary_registry: {url: \"a.example\"}|primary_registry: {url: \"ghcr.io\", namespace: acme}",
            "{\"primary_registry\": {\"url\": \"a\"}}"
                    + "|{\"primary_registry\": {\"url\": \"ghcr.io\", \"namespace\": \"acme\"}}",
            "primary_registry: {namespace: b, url: a}|primary_registry: {namespace: acme, url: ghcr.io}",
            "primary_registry: {url: &u 'a', namespace: b}|primary_registry: {url: &u 'ghcr.io', namespace: acme}",
            "primary_registry: {url: !!str a, namespace: b}|primary_registry: {url: !!str ghcr.io, namespace: acme}",
            "primary_registry: {url: ghcr.io, namespace: acme}|primary_registry: {url: ghcr.io, namespace: acme}"})
    void otherStyles(String before, String after) throws IOException {
        Path file = write(before);

        PrimaryRegistryEdit edit = PrimaryRegistryEdit.plan(file, "ghcr.io", ACME);
        edit.write();

        assertThat(file).hasContent(after);
        assertThat(edit.lines().isEmpty()).isEqualTo(before.equals(after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"registry.example:5000", "http://127.0.0.1:5000",
            "https://registry.example", "[::1]:5000", "localhost:5000", "embedded",
            "registry.example"})
    void everyAddressReadsBack(String url) throws IOException {
        for (String form : new String[]{"primary_registry: {url: a, namespace: b}",
                "primary_registry:\n  url: a\n  namespace: b", "primary_registry:\n    url: 'a'",
                "primary_registry:\n    namespace: b\n    url: \"a\"",
                "primary_registry:\n  url: a\n  namespace:\ncache:\n"}) {
            for (Optional<RepositoryName> namespace : List.of(ACME, Optional
                    .<RepositoryName>empty(), Optional.of(new RepositoryName("null")))) {
                Path file = write(form);

                PrimaryRegistryEdit.plan(file, url, namespace).write();

                EndpointSpec primary = ConfigLoader.load(file, Map.of("HOME", "/home/user"))
                        .primaryRegistry();
                assertThat(primary.url()).as(form).isEqualTo(url);
                assertThat(primary.namespace()).as(form).isEqualTo(namespace);
            }
        }
    }

    @Test
    void aNewLineIsShownAsSuch() throws IOException {
        Path file = write("primary_registry:\n  url: a\n  auth_required: true");

        PrimaryRegistryEdit edit = PrimaryRegistryEdit.plan(file, "ghcr.io", ACME);

        assertThat(edit.lines()).containsExactly(new PrimaryRegistryEdit.Line(2, Optional.of(
                "  url: a"), "  url: ghcr.io"), new PrimaryRegistryEdit.Line(3, Optional.empty(),
                        "  namespace: acme"));
        assertThat(file).hasContent("primary_registry:\n  url: a\n  auth_required: true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', value = {
            "x: &u a;primary_registry: {url: *u}^refers to a value elsewhere",
            "x: &p {url: a};primary_registry: *p^not written out as a mapping",
            "primary_registry: &p {url: a};x: *p^is referred to elsewhere in the file, by *p",
            "primary_registry: {url: &u a};x: *u^is referred to elsewhere",
            "primary_registry: {url: '${env:HOST}'}^is ${env:HOST}; make it ghcr.io by hand",
            "primary_registry:;  url: |;    a^over several lines",
            "primary_registry:;  url: 'a;    b'^over several lines",
            "primary_registry: {url: [a]}^is no text",
            "primary_registry: {namespace: a}^has no url",
            "primary_registry: ghcr.io^not written out as a mapping",
            "cache: {}^has no primary_registry", "[a]^is no mapping", "{^is not YAML"})
    void refusesWhatItCannotChange(String yaml, String expected) throws IOException {
        Path file = write(yaml.replace(';', '\n'));

        assertThatThrownBy(() -> PrimaryRegistryEdit.plan(file, "ghcr.io", ACME)).isInstanceOf(
                ConfigEditException.class)
                .hasMessageStartingWith("cannot change " + file + ": ")
                .hasMessageContaining(expected);
    }

    @Test
    void modeAndLinksStay() throws IOException {
        Path file = write("primary_registry: {url: a}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

        PrimaryRegistryEdit.plan(link, "ghcr.io", Optional.empty()).write();

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("primary_registry: {url: ghcr.io}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(
                "rw-r-----");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, link);
        }
    }

    @Test
    void aFileThatChangedMeanwhileIsLeftAlone() throws IOException {
        Path file = write("primary_registry: {url: a}");
        PrimaryRegistryEdit edit = PrimaryRegistryEdit.plan(file, "ghcr.io", Optional.empty());
        write("primary_registry: {url: c}");

        assertThatThrownBy(edit::write).isInstanceOf(ConfigEditException.class)
                .hasMessageContaining("changed meanwhile");
        assertThat(file).hasContent("primary_registry: {url: c}");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("registry.yaml"), yaml);
    }
}
