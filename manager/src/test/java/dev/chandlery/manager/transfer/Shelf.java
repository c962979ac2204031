package dev.chandlery.manager.transfer;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder with registry.yaml and registries of every kind, and the manager to run on it. */
public record Shelf(Path folder) {

    /** What a run printed, and how it ended. */
    public record Outcome(int code, String out, String err) {}

    /** Writes registry.yaml with the tools {@code hello} and {@code other}. */
    public Path configure(String registries) throws IOException {
        String tool = "{http: {url: 'http://127.0.0.1:1/{version}-{platform}', versions: ['1.0']},"
                + " platforms: [linux-x86_64, darwin-arm64]}";
        return Files.writeString(folder.resolve("registry.yaml"), """
                %s
                cache: {local_cache_dir: cache}
                publishing:
                  retry_attempts: 2
                  tool_sources:
                    hello: %s
                    other: %s
                """.formatted(registries.strip(), tool, tool));
    }

    public Outcome manager(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("CHANDLERY_CONFIG",
                        folder.resolve("registry.yaml").toString(), "HOME", folder.toString()));
        int code = new Program(console, ManagerCommand.class).run(arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    /** Asks a repository of the embedded registry in a folder below this one. */
    public <T> T ask(String storage, String repository, Function<RemoteRepository, T> question) {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve(storage))) {
            return ask(handle.registry(), repository, question);
        }
    }

    public static <T> T ask(Registry registry, String repository,
            Function<RemoteRepository, T> question) {
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            return question.apply(new RemoteRegistry(registry, transport, CredentialProvider
                    .anonymous(), ClientOptions.DEFAULT.withPlainHttp(true)).repository(
                            new RepositoryName(repository)));
        }
    }

    /** A version as the publisher makes it: two platforms, an index over them, and evidence on one. */
    public static Digest version(RemoteRepository repository, String version) {
        Descriptor linux = platform(repository, version, "linux", "amd64", "linux-x86_64");
        Descriptor darwin = platform(repository, version, "darwin", "arm64", "darwin-arm64");
        Samples.push(repository, Samples.attached(Samples.plain(linux), Samples.ARTIFACT, Map.of(
                "of",
                version)));
        return tag(repository, Samples.index(linux, darwin), "v" + version);
    }

    /** Pushes the manifest under a tag. */
    public static Digest tag(RemoteRepository repository, ManifestDocument document, String tag) {
        Descriptor pushed = Samples.push(repository, document);
        repository.tag(pushed, new Tag(tag));
        return pushed.digest();
    }

    private static Descriptor platform(RemoteRepository repository, String version, String os,
            String architecture, String name) {
        Platform platform = Platform.of(os, architecture);
        Bytes layer = Bytes.ofUtf8(name + " " + version);
        Bytes config = new ImageConfig(platform, null, List.of(), List.of(), List.of(layer
                .digest())).write();
        Descriptor configBlob = Descriptor.of(MediaType.IMAGE_CONFIG, config);
        repository.push(configBlob, Content.of(config));
        Samples.pushEmpty(repository);
        Descriptor image = Samples.push(repository, Samples.image(configBlob, Samples.pushBlob(
                repository, layer)));
        repository.tag(image, new Tag("v" + version + "-" + name));
        return image.withPlatform(platform);
    }

    /** Digests that tags name, without fallback tags. */
    public static SortedMap<String, Digest> tags(RemoteRepository repository) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        try (Stream<Tag> tags = repository.tags()) {
            tags.filter(tag -> !tag.value().startsWith("sha256-"))
                    .forEach(tag -> digests.put(tag.value(), repository.resolve(tag).digest()));
        }
        return digests;
    }

    /** Number of manifests that are attached to what a tag names. */
    public static long referrers(RemoteRepository repository, String tag) {
        Digest subject = repository.resolve(new Tag(tag)).digest();
        try (var found = repository.referrerLister().orElseThrow().referrers(subject)) {
            return found.count();
        }
    }
}
