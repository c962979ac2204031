package dev.chandlery.oci.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins come and go, and all else stays. */
@DisabledOnOs(OS.WINDOWS)
class DockerConfigFileTest {
    private static final Registry REGISTRY = Registry.parse("registry.example:5000");
    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;

    @Test
    void loginIsFoundByWhoeverReadsTheFile() throws IOException {
        config().store(REGISTRY, "user", SECRET);

        assertThat(DockerCredentialProvider.of(environment()).credentials(REGISTRY)).isEqualTo(
                new Credentials.Password("user", SECRET));
        assertThat(Files.getPosixFilePermissions(config().file())).isEqualTo(PosixFilePermissions
                .fromString("rw-------"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(config().file());
        }
    }

    @Test
    void allElseIsKept() throws IOException {
        write("{\"psFormat\":\"table\",\"HttpHeaders\":{\"X\":\"1\"},\"auths\":{\"other.example\":"
                + "{\"auth\":\"YTpi\",\"email\":\"x\"},\"https://registry.example:5000/v1/\":{}}}");
        config().store(REGISTRY, "user", SECRET);
        assertThat(config().erase(REGISTRY)).isTrue();
        assertThat(config().erase(REGISTRY)).isFalse();

        assertThat(read()).isEqualTo(new ObjectMapper().readTree(
                "{\"psFormat\":\"table\",\"HttpHeaders\":{\"X\":\"1\"},\"auths\":"
                        + "{\"other.example\":{\"auth\":\"YTpi\",\"email\":\"x\"}}}"));
    }

    @Test
    void dockerHubHasAKeyOfItsOwn() throws IOException {
        config().store(Registry.parse("docker.io"), "user", SECRET);
        assertThat(read().path("auths").has("https://index.docker.io/v1/")).isTrue();
        assertThat(DockerCredentialProvider.of(environment())
                .credentials(Registry.parse(
                        "docker.io"))).isEqualTo(new Credentials.Password("user", SECRET));
    }

    @Test
    void linkedFileStaysLinked() throws IOException {
        Path real = Files.writeString(folder.resolve("real.json"), "{\"a\":1}");
        Files.createSymbolicLink(config().file(), real);
        config().store(REGISTRY, "user", SECRET);
        assertThat(config().file()).isSymbolicLink();
        assertThat(Files.readString(real)).contains("\"a\"").contains("auths");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"auths\": s3cret", "[]", "7"})
    void brokenFileIsToldAndKept(String text) throws IOException {
        write(text);
        assertThatThrownBy(() -> config().store(REGISTRY, "user", SECRET)).isInstanceOf(
                StorageException.class)
                .hasMessageContaining("config.json")
                .hasMessageNotContaining(SECRET);
        assertThat(Files.readString(config().file())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"credsStore\":\"test\"}",
            "{\"credHelpers\":{\"registry.example:5000\":\"test\"},\"credsStore\":\"no-such\"}"})
    void helperKeepsTheSecret(String json) throws IOException {
        write(json);
        helper("cat > " + folder.resolve("kept") + "; echo $1 >> " + folder.resolve("verbs"));

        assertThat(config().store(REGISTRY, "user", SECRET)).isEqualTo("docker-credential-test");
        assertThat(Files.readString(config().file())).doesNotContain(SECRET)
                .contains("registry.example:5000");
        assertThat(Files.readString(folder.resolve("kept"))).isEqualTo(
                "{\"Secret\":\"s3cret\",\"ServerURL\":\"registry.example:5000\","
                        + "\"Username\":\"user\"}");
        assertThat(config().erase(REGISTRY)).isTrue();
        assertThat(Files.readString(folder.resolve("kept"))).isEqualTo("registry.example:5000");
        assertThat(Files.readAllLines(folder.resolve("verbs"))).isEqualTo(List.of("store",
                "erase"));
    }

    @Test
    void helperThatFailsIsTold() throws IOException {
        write("{\"credsStore\":\"test\"}");
        helper("echo " + SECRET + "; exit 3");
        assertThatThrownBy(() -> config().store(REGISTRY, "user", SECRET)).isInstanceOf(
                StorageException.class)
                .hasMessageContaining("docker-credential-test")
                .hasMessageContaining("code 3")
                .hasMessageNotContaining(SECRET);
        assertThat(Files.readString(config().file())).isEqualTo("{\"credsStore\":\"test\"}");
    }

    private void helper(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("docker-credential-test"), "#!/bin/sh\n"
                + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private DockerConfigFile config() {
        return DockerConfigFile.of(environment());
    }

    private Map<String, String> environment() {
        return new TreeMap<>(Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder + ":"
                + System.getenv("PATH")));
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(config().file().toFile());
    }
}
