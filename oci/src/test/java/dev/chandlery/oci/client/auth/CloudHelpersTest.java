package dev.chandlery.oci.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Registry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Helpers as clouds ship them, run by a process of its own whose path they are in: Google's gives an access
 * token as a password, Azure's a refresh token of the user {@code <token>}, Amazon's a password of twelve
 * hours. What they print is by the protocol of docker-credential-helpers.
 */
final class CloudHelpersTest {

    @TempDir
    Path folder;

    @Test
    void eachCloudByItsHelper() throws Exception {
        helper("gcloud", "_dcgcloud_token", "ya29.access");
        helper("acr-env", "<token>", "refresh");
        helper("ecr-login", "AWS", "twelve hours");
        Files.writeString(folder.resolve("config.json"), """
                {"credHelpers": {"europe-docker.pkg.dev": "gcloud",
                                 "tools.azurecr.io": "acr-env",
                                 "123456789012.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login"}}
                """);
        assertThat(ask("europe-docker.pkg.dev", "tools.azurecr.io",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "other.example")).containsExactly(
                        "password of _dcgcloud_token: ya29.access", "identity token: refresh",
                        "password of AWS: twelve hours", "none");
    }

    /** The store of all registries that have no helper of their own. */
    @Test
    void oneStoreForTheRest() throws Exception {
        helper("gcloud", "_dcgcloud_token", "ya29.access");
        helper("desktop", "user", "kept by the system");
        Files.writeString(folder.resolve("config.json"), """
                {"credHelpers": {"europe-docker.pkg.dev": "gcloud"}, "credsStore": "desktop"}
                """);
        assertThat(ask("europe-docker.pkg.dev", "other.example")).containsExactly(
                "password of _dcgcloud_token: ya29.access",
                "password of user: kept by the system");
    }

    private void helper(String name, String user, String secret) throws IOException {
        Path program = folder.resolve("docker-credential-" + name);
        Files.writeString(program, """
                #!/bin/sh
                read -r server
                [ "$1" = get ] || exit 1
                printf '{"ServerURL":"%%s","Username":"%s","Secret":"%s"}' "$server"
                """.formatted(user, secret));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> ask(String... registries) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin",
                "java").toString(), "-cp", System.getProperty("java.class.path"), Asking.class
                        .getName());
        builder.command().addAll(List.of(registries));
        builder.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
        builder.environment().put("DOCKER_CONFIG", folder.toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.lines().toList();
    }

    /** Prints the credentials of each registry that is named. */
    static final class Asking {

        private Asking() {}

        public static void main(String... registries) {
            CredentialProvider provider = DockerCredentialProvider.of(System.getenv());
            for (String registry : registries) {
                System.out.println(switch (provider.credentials(Registry.parse(registry))) {
                    case Credentials.Password(String user, String secret) -> "password of " + user
                            + ": " + secret;
                    case Credentials.IdentityToken(String secret) -> "identity token: " + secret;
                    case Credentials.RegistryToken(String secret) -> "registry token: " + secret;
                    case Credentials.Anonymous _ -> "none";
                });
            }
        }
    }
}
