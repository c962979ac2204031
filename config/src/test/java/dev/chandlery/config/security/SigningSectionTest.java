package dev.chandlery.config.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.value.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningSectionTest {
    private static final String REGISTRY = "primary_registry: {url: embedded}\n";

    @TempDir
    Path folder;

    @Test
    void keysAreReferencesAndFilesBesideTheConfiguration() throws IOException {
        SigningSpec signing = load("""
                signing:
                  key: ${env:COSIGN_KEY}
                  password: ${file:password.txt}
                  public_keys: [old.pub]
                """).signing();

        assertThat(signing.key()).contains(new SecretReference(SecretReference.Kind.ENV,
                "COSIGN_KEY"));
        assertThat(signing.password()).isPresent();
        assertThat(signing.publicKeys()).containsExactly(folder.resolve("old.pub"));
        assertThat(signing.canVerify()).isTrue();
    }

    @Test
    void nothingIsSignedUnlessAsked() throws IOException {
        assertThat(load("").signing()).isEqualTo(SigningSpec.NONE);
        assertThat(load("").logging().auditFolder()).isEqualTo(Path.of(
                "/home/user/.local/state/chandlery/audit"));
        assertThat(load("logging: {audit_dir: audit}").logging().auditFolder()).isEqualTo(folder
                .resolve("audit"));
    }

    @Test
    void secretsInTheFileAreRefused() {
        assertThatThrownBy(() -> load("signing: {key: hunter2}")).isInstanceOf(
                ConfigException.class)
                .hasMessageContaining("not the secret itself")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> load("signing: {password: \"${env:P}\"}")).isInstanceOf(
                ConfigException.class).hasMessageContaining("needs key beside it");
        assertThatThrownBy(() -> load("security: {signature_verification: true}")).isInstanceOf(
                ConfigException.class).hasMessageContaining("signing.public_keys");
    }

    private ConfigSpec load(String yaml) throws IOException {
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), REGISTRY
                + yaml), Map.of("HOME", "/home/user"));
    }
}
