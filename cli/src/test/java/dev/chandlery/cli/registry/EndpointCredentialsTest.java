package dev.chandlery.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointCredentialsTest {
    private static final Registry REGISTRY = Registry.parse("registry.example");

    @TempDir
    Path folder;

    @Test
    void everyMethodIsWhatItSays() throws IOException {
        Files.writeString(folder.resolve("secret"), "from-file\n");

        assertThat(ask("auth_method: anonymous", Map.of())).isEqualTo(Credentials.anonymous());
        assertThat(ask("auth_method: github_token", Map.of("GITHUB_TOKEN", "t"))).isEqualTo(
                new Credentials.Password("token", "t"));
        assertThat(ask("auth_method: github_token", Map.of("GITHUB_TOKEN_FILE", "secret")))
                .isEqualTo(new Credentials.Password("token", "from-file"));
        assertThat(ask("auth_method: gitlab_token", Map.of("CI_JOB_TOKEN", "j", "GITLAB_TOKEN",
                "t"))).isEqualTo(new Credentials.Password("gitlab-ci-token", "j"));
        assertThat(ask("auth_method: gitlab_token", Map.of("GITLAB_TOKEN", "t"))).isEqualTo(
                new Credentials.Password("oauth2", "t"));
        assertThat(ask("auth_method: gitlab_token", Map.of("GITLAB_TOKEN_FILE", "secret")))
                .isEqualTo(new Credentials.Password("oauth2", "from-file"));
        assertThat(ask("auth_method: token, password: \"${file:secret}\"", Map.of())).isEqualTo(
                new Credentials.Password("token", "from-file"));
        assertThat(ask("auth_method: token, username: u, password: \"${file:secret}\"", Map.of()))
                .isEqualTo(new Credentials.Password("u", "from-file"));
        assertThat(ask("auth_method: ecr", Map.of())).isEqualTo(new Credentials.Password("AWS",
                "e"));
        assertThat(ask("auth_method: basic, username: u, password: \"${env:P}\"", Map.of("P",
                "p"))).isEqualTo(new Credentials.Password("u", "p"));
        assertThat(ask("auth_method: basic, username: u, password: \"${file:secret}\"", Map.of()))
                .isEqualTo(new Credentials.Password("u", "from-file"));
        assertThat(ask("auth_required: false", Map.of())).isEqualTo(Credentials.anonymous());
    }

    @Test
    void whatIsMissingIsToldBeforeTheFirstRequest() {
        assertThatThrownBy(() -> ask("auth_required: true", Map.of())).isInstanceOf(
                UnauthorizedException.class).hasMessageContaining("no credentials were found");
        assertThatThrownBy(() -> ask("auth_method: github_token", Map.of())).hasMessageContaining(
                "GITHUB_TOKEN is not set");
        assertThatThrownBy(() -> ask("auth_method: gitlab_token", Map.of())).hasMessageContaining(
                "GITLAB_TOKEN is not set");
        assertThatThrownBy(() -> ask("auth_method: token", Map.of())).hasMessageContaining(
                "password is missing");
        assertThatThrownBy(() -> ask("auth_method: basic, username: u", Map.of()))
                .hasMessageContaining("password is missing");
    }

    private Credentials ask(String auth, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: registry.example, " + auth + "}\n");
        EndpointSpec spec = ConfigLoader.load(file, Map.of("P", "p")).primaryRegistry();
        Map<String, String> all = new java.util.TreeMap<>(environment);
        all.put("HOME", folder.toString());
        return new EndpointCredentials(spec, folder, all, _ -> new Credentials.Password(
                "AWS", "e")).credentials(REGISTRY);
    }
}
