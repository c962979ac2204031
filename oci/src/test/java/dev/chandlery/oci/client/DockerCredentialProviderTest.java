package dev.chandlery.oci.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private DockerCredentialProvider provider() {
        return DockerCredentialProvider.of(Map.of("DOCKER_CONFIG", folder.toString(), "HOME", folder
                .toString()));
    }

    private void write(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }
}
