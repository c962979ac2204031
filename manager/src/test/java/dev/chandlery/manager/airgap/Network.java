package dev.chandlery.manager.airgap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A network with a registry of its own, and the program to manage it.
 *
 * @param folder of registry.yaml and the embedded registry
 * @param namespace of the registry
 */
record Network(Path folder, String namespace) {

    record Outcome(int code, String out, String err) {

        JsonNode json() {
            try {
                return new JsonMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Network create(Path folder, String namespace) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("registry.yaml"), """
                    primary_registry: {url: embedded, namespace: %s, storage: registry}
                    cache: {local_cache_dir: cache}
                    publishing:
                      tool_sources:
                        hello:
                          http: {url: "http://127.0.0.1:1/{version}", versions: ["1.0"]}
                          platforms: [linux-x86_64]
                        bye:
                          http: {url: "http://127.0.0.1:1/{version}", versions: ["1.0"]}
                          platforms: [linux-x86_64]
                    """.formatted(namespace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Network(folder, namespace);
    }

    /** With the repository of that path below the namespace. */
    <T> T with(String path, Function<RemoteRepository, T> action) {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("registry"));
                HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            return action.apply(new RemoteRegistry(handle.registry(), transport, CredentialProvider
                    .anonymous(), ClientOptions.DEFAULT.withPlainHttp(true)).repository(
                            new RepositoryName(namespace + "/" + path)));
        }
    }

    void use(String path, Consumer<RemoteRepository> action) {
        with(path, repository -> {
            action.accept(repository);
            return true;
        });
    }

    Outcome manager(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("CHANDLERY_CONFIG",
                        folder.resolve("registry.yaml").toString(), "HOME", folder.toString()));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = new Program(console, ManagerCommand.class).run(texts);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }
}
