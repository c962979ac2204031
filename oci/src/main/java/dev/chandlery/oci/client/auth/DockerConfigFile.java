package dev.chandlery.oci.client.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Docker's {@code config.json}, to which logins are added and from which they are taken. Where it names a
 * helper for the registry, or a store for all, the secret goes there and never into the file. Everything else
 * in the file is kept; it is replaced at once, and only its owner may read it.
 *
 * @param file need not be there
 * @param environment that helpers run in
 */
public record DockerConfigFile(Path file, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(
            SerializationFeature.INDENT_OUTPUT);
    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final String AUTHS = "auths";
    private static final long MAX_BYTES = 4L << 20;

    /** The one that Docker's own client uses in an environment. */
    public static DockerConfigFile of(Map<String, String> environment) {
        String named = environment.getOrDefault("DOCKER_CONFIG", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path folder = named.isEmpty() ? Path.of(home, ".docker") : Path.of(named);
        return new DockerConfigFile(folder.resolve("config.json"), environment);
    }

    /**
     * Keeps a login, in the place of one that there was.
     *
     * @return where the secret is now, for people
     * @throws StorageException when the file or the helper fails
     */
    public String store(Registry registry, String user, String secret) {
        ObjectNode root = read();
        Optional<CredentialHelper> helper = helper(root, registry);
        ObjectNode auths = root.withObjectProperty(AUTHS);
        aliases(registry).forEach(auths::remove);
        if (helper.isPresent()) {
            helper.get().store(key(registry), user, secret);
            auths.putObject(key(registry));
        } else {
            byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
            auths.putObject(key(registry)).put("auth", Base64.getEncoder().encodeToString(pair));
        }
        write(root);
        return helper.map(CredentialHelper::toString).orElse(file.toString());
    }

    /**
     * Forgets a login.
     *
     * @return whether there was one
     */
    public boolean erase(Registry registry) {
        ObjectNode root = read();
        Optional<CredentialHelper> helper = helper(root, registry);
        boolean erased = helper.map(h -> h.erase(key(registry))).orElse(false);
        boolean changed = false;
        if (root.get(AUTHS) instanceof ObjectNode auths) {
            for (String alias : aliases(registry)) {
                changed |= auths.remove(alias) != null;
            }
        }
        if (changed) {
            write(root);
        }
        return erased || changed;
    }

    private Optional<CredentialHelper> helper(ObjectNode root, Registry registry) {
        JsonNode own = root.path("credHelpers").path(key(registry));
        String name = own.isTextual() ? own.textValue() : root.path("credsStore").asText("");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialHelper(name, environment));
    }

    private static String key(Registry registry) {
        return DockerHub.is(registry) ? HUB_KEY : registry.toString();
    }

    /** All spellings under which clients keep the login of one registry. */
    static List<String> aliases(Registry registry) {
        String host = registry.toString();
        List<String> own = List.of(host, "https://" + host, "https://" + host + "/",
                "https://" + host + "/v1/", "https://" + host + "/v2/");
        return DockerHub.is(registry)
                ? List.of(HUB_KEY, "docker.io", "index.docker.io", "https://index.docker.io/v2/")
                : own;
    }

    private ObjectNode read() {
        try {
            if (!Files.exists(file)) {
                return JSON.createObjectNode();
            }
            if (Files.size(file) > MAX_BYTES) {
                throw failure("read", "it is larger than " + MAX_BYTES + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            JsonNode root = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw failure("read", "it holds no JSON object");
        } catch (JsonProcessingException e) {
            // Its message may show what is in the file.
            throw failure("read", "it is no JSON");
        } catch (IOException e) {
            throw failure("read", String.valueOf(e.getMessage()));
        }
    }

    private void write(ObjectNode root) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "config", ".json.tmp", ownerOnly());
            try {
                try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(root));
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                    out.force(true);
                }
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw failure("write", String.valueOf(e.getMessage()));
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private StorageException failure(String verb, String why) {
        return new StorageException("cannot " + verb + " " + file + ": " + why);
    }
}
