package dev.chandlery.oci.client.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Credentials as {@code docker login} and {@code podman login} leave them: in {@code config.json}, in the
 * helper that it names for the registry, or in its store. Jib reads the files and runs the helpers.
 *
 * <p>Files are looked at in this order, and read anew each time: {@code $REGISTRY_AUTH_FILE},
 * {@code $DOCKER_CONFIG/config.json} or {@code ~/.docker/config.json},
 * {@code $XDG_RUNTIME_DIR/containers/auth.json}, and {@code ~/.config/containers/auth.json}, where Podman keeps
 * logins that last longer than a session.
 *
 * @param files that are asked, those that do not exist included
 */
public record DockerCredentialProvider(List<Path> files) implements CredentialProvider {
    private static final System.Logger LOG = System.getLogger(
            DockerCredentialProvider.class.getName());

    private static final String PODMAN = "containers/auth.json";
    private static final long MAX_BYTES = 4L << 20;

    public DockerCredentialProvider {
        files = List.copyOf(files);
    }

    /** The files that Docker's and Podman's clients use in an environment. */
    public static DockerCredentialProvider of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path docker = find(environment, "DOCKER_CONFIG").orElse(Path.of(home, ".docker"));
        Path settings = find(environment, "XDG_CONFIG_HOME").orElse(Path.of(home, ".config"));
        return new DockerCredentialProvider(Stream.of(find(environment, "REGISTRY_AUTH_FILE"),
                Optional.of(docker.resolve("config.json")),
                find(environment, "XDG_RUNTIME_DIR").map(p -> p.resolve(PODMAN)), Optional.of(
                        settings.resolve(PODMAN)))
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Path> find(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    @Override
    public Credentials credentials(Registry registry) {
        for (Path file : files) {
            Optional<Credentials> found = Files.isRegularFile(file)
                    ? token(registry, file).or(() -> read(registry, file).map(
                            DockerCredentialProvider::convert))
                    : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return Credentials.anonymous();
    }

    /** Jib reads the tokens of one user only; what is broken is left to it to tell. */
    private static Optional<Credentials> token(Registry registry, Path file) {
        JsonNode root;
        try {
            root = Files.size(file) > MAX_BYTES
                    ? MissingNode.getInstance()
                    : new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            return Optional.empty();
        }
        return DockerConfigFile.aliases(registry)
                .stream()
                .map(root.path("auths")::path)
                .flatMap(entry -> Stream.of(text(entry, "registrytoken").map(
                        Credentials.RegistryToken::new), text(entry, "identitytoken").map(
                                Credentials.IdentityToken::new)))
                .flatMap(Optional::stream)
                .map(Credentials.class::cast)
                .findFirst();
    }

    private static Optional<String> text(JsonNode entry, String field) {
        return Optional.of(entry.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    private static Optional<Credential> read(Registry registry, Path file) {
        try {
            return DockerConfigCredentialRetriever.create(registry.toString(), file)
                    .retrieve(event -> LOG.log(System.Logger.Level.DEBUG, event.getMessage()));
        } catch (IOException | RuntimeException e) {
            // Jib stumbles over entries of another shape, such as an auth without a colon.
            throw new UnauthorizedException("cannot read the credentials of " + registry + " in "
                    + file + ": the file, or the helper that it names, is broken");
        }
    }

    private static Credentials convert(Credential credential) {
        return credential.isOAuth2RefreshToken()
                ? new Credentials.IdentityToken(credential.getPassword())
                : new Credentials.Password(credential.getUsername(), credential.getPassword());
    }
}
