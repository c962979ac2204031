package dev.chandlery.oci.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerCredentialProviderTest {
    private static final Registry REGISTRY = Registry.parse("registry.example:5000");

    @TempDir
    Path folder;

    @Test
    void readsWhatDockerLoginLeft() throws IOException {
        write("{\"auths\":{\"registry.example:5000\":{\"auth\":\"" + Base64.getEncoder()
                .encodeToString("user:secret".getBytes(
                        java.nio.charset.StandardCharsets.UTF_8)) + "\"}}}");

        assertThat(provider().credentials(REGISTRY)).isEqualTo(new Credentials.Password("user",
                "secret"));
        assertThat(provider().credentials(Registry.parse("other.example"))).isEqualTo(Credentials
                .anonymous());
    }

    @Test
    void withoutAFileThereAreNone() {
        assertThat(provider().credentials(REGISTRY)).isEqualTo(Credentials.anonymous());
    }

    @Test
    void aBrokenFileIsToldWithoutItsContent() throws IOException {
        write("{\"auths\": secret");

        assertThatThrownBy(() -> provider().credentials(REGISTRY)).isInstanceOf(
                UnauthorizedException.class)
                .hasMessageContaining("config.json")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bm9jb2xvbg==", "%%%", "", "OnNlY3JldA==", "gICA"})
    void aBrokenEntryIsToldWithoutItsContentOrPassedOver(String auth) throws IOException {
        write("{\"auths\":{\"registry.example:5000\":{\"auth\":\"" + auth + "\"}}}");

        try {
            assertThat(provider().credentials(REGISTRY)).isNotInstanceOf(
                    Credentials.IdentityToken.class);
        } catch (UnauthorizedException e) {
            assertThat(e).hasMessageContaining("config.json").hasMessageNotContaining("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "null", "", "{\"auths\":null}", "{\"auths\":[]}",
            "{\"auths\":{\"registry.example:5000\":null}}",
            "{\"auths\":{\"registry.example:5000\":{\"auth\":null}}}",
            "{\"auths\":{\"registry.example:5000\":7}}",
            "{\"credHelpers\":{\"registry.example:5000\":null}}",
            "{\"credHelpers\":{\"registry.example:5000\":\"no-such-helper\"}}",
            "{\"credsStore\":\"no-such-helper\"}"})
    void whatHoldsNoCredentialsGivesNoneOrIsTold(String json) throws IOException {
        write(json);

        try {
            assertThat(provider().credentials(REGISTRY)).isEqualTo(Credentials.anonymous());
        } catch (UnauthorizedException e) {
            assertThat(e).hasMessageContaining("config.json");
        }
    }

    @Test
    void tokensOfAnyUserAndRegistry() throws IOException {
        write("{\"auths\":{\"https://registry.example:5000/v2/\":{\"auth\":\"dXNlcjo=\","
                + "\"identitytoken\":\"secret\"},\"other.example\":{\"registrytoken\":\"t\"}}}");

        assertThat(provider().credentials(REGISTRY)).isEqualTo(new Credentials.IdentityToken(
                "secret"));
        assertThat(provider().credentials(Registry.parse("other.example"))).isEqualTo(
                new Credentials.RegistryToken("t"));
    }

    /** As Azure's registries want it; Jib reads the token of no other user. */
    @Test
    void identityTokens() throws IOException {
        write("{\"auths\":{\"registry.example:5000\":{\"auth\":\"" + Base64.getEncoder()
                .encodeToString("00000000-0000-0000-0000-000000000000:".getBytes(
                        java.nio.charset.StandardCharsets.UTF_8))
                + "\",\"identitytoken\":\"secret\"}}}");

        assertThat(provider().credentials(REGISTRY)).isEqualTo(new Credentials.IdentityToken(
                "secret"));
    }

    @Test
    void dockerHubIsKnownByItsOldName() throws IOException {
        write("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"dXNlcjpzZWNyZXQ=\"}}}");

        for (String name : List.of("docker.io", "index.docker.io", "registry-1.docker.io")) {
            assertThat(provider().credentials(Registry.parse(name))).isEqualTo(
                    new Credentials.Password("user", "secret"));
        }
    }

    @Test
    void podmansFilesAreReadBehindDockers() throws IOException {
        Path session = Files.createDirectories(folder.resolve("run/containers"));
        Path lasting = Files.createDirectories(folder.resolve(".config/containers"));
        Map<String, String> environment = Map.of("HOME", folder.toString(), "XDG_RUNTIME_DIR",
                folder.resolve("run").toString());
        String json = "{\"auths\":{\"registry.example:5000\":{\"registrytoken\":\"%s\"}}}";

        Files.writeString(lasting.resolve("auth.json"), json.formatted("lasting"));
        assertThat(DockerCredentialProvider.of(environment).credentials(REGISTRY)).isEqualTo(
                new Credentials.RegistryToken("lasting"));
        Files.writeString(session.resolve("auth.json"), json.formatted("session"));
        assertThat(DockerCredentialProvider.of(environment).credentials(REGISTRY)).isEqualTo(
                new Credentials.RegistryToken("session"));
        Files.createDirectories(folder.resolve(".docker"));
        Files.writeString(folder.resolve(".docker/config.json"), json.formatted("docker"));
        assertThat(DockerCredentialProvider.of(environment).credentials(REGISTRY)).isEqualTo(
                new Credentials.RegistryToken("docker"));
    }

    private DockerCredentialProvider provider() {
        return DockerCredentialProvider.of(Map.of("DOCKER_CONFIG", folder.toString(), "HOME", folder
                .toString()));
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }
}
