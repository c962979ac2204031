package dev.chandlery.publisher.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.testkit.upstream.FlawedSite;
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

/** A folder with a registry.yaml for tools of a {@link FlawedSite}, and the publisher to run on it. */
final class TestHouse {
    static final String REPOSITORY = "test/tools/hello";

    private final Path folder;
    private final FlawedSite site;

    TestHouse(Path folder, FlawedSite site) {
        this.folder = folder;
        this.site = site;
    }

    /** What a run printed, and how it ended. */
    record Outcome(int code, String out, String err) {}

    Path folder() {
        return folder;
    }

    Path storage() {
        return folder.resolve("registry");
    }

    /** Puts a version of a tool, which is a shell script, on the site; tampering is the test's. */
    void release(String tool, String version, List<String> platforms) {
        StringBuilder sums = new StringBuilder();
        for (String platform : platforms) {
            byte[] script = script(tool, version, platform);
            site.put(path(tool, version, platform), script);
            sums.append(Digest.ofBytes(script).encoded())
                    .append("  ")
                    .append(tool)
                    .append('-')
                    .append(platform)
                    .append('\n');
        }
        site.put("/" + tool + "/" + version + "/SHA256SUMS", sums.toString()
                .getBytes(
                        StandardCharsets.UTF_8));
    }

    static byte[] script(String tool, String version, String platform) {
        return ("#!/bin/sh\necho " + tool + " " + version + " for " + platform + "\n").getBytes(
                StandardCharsets.UTF_8);
    }

    static String path(String tool, String version, String platform) {
        return "/" + tool + "/" + version + "/" + tool + "-" + platform;
    }

    /** Writes registry.yaml with these tools, all with the same versions and platforms. */
    Path config(String registry, List<String> tools, String versions, String platforms)
            throws IOException {
        StringBuilder yaml = new StringBuilder("primary_registry: {url: \"" + registry
                + "\", namespace: test, storage: registry}\n"
                + "cache: {local_cache_dir: cache}\n"
                + "publishing:\n  retry_attempts: " + retries(registry)
                + "\n  tool_sources:\n");
        for (String tool : tools) {
            yaml.append("""
                        %1$s:
                          versions: 5
                          platforms: %3$s
                          http:
                            url: "%4$s/%1$s/{version}/%1$s-{platform}"
                            versions: %2$s
                            checksum_url: "%4$s/%1$s/{version}/SHA256SUMS"
                    """.formatted(tool, versions, platforms, site.address()));
        }
        return Files.writeString(folder.resolve("registry.yaml"), yaml);
    }

    /** Registries of others answer with 500 for a moment when much is written at once; what tests break, fails at once. */
    static int retries(String registry) {
        return registry.equals("embedded") ? 0 : 3;
    }

    Outcome publish(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        List<String> all = Stream.concat(Stream.of("--config", folder.resolve("registry.yaml")
                .toString()), Stream.of(arguments)).toList();
        int code = new Program(console, PublishCommand.class).run(all.toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    /** Digests that the tags of a repository name. */
    SortedMap<String, Digest> tags(String repository) {
        return ask(repository, TestHouse::digests);
    }

    static SortedMap<String, Digest> digests(RemoteRepository remote) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        for (Tag tag : remote.tags().toList()) {
            digests.put(tag.value(), remote.resolve(tag).digest());
        }
        return digests;
    }

    <T> T ask(String repository, Function<RemoteRepository, T> question) {
        try (var handle = EmbeddedRegistry.load().open(storage())) {
            return ask(handle.registry(), repository, question);
        }
    }

    static <T> T ask(Registry registry, String repository, Function<RemoteRepository, T> question) {
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            return question.apply(new RemoteRegistry(registry, transport, CredentialProvider
                    .anonymous(), ClientOptions.DEFAULT.withPlainHttp(true)).repository(
                            new RepositoryName(repository)));
        }
    }

    /** Path, size, time and content of every file below a folder. */
    static SortedMap<String, String> snapshot(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                files.put(folder.relativize(path).toString(), Files.getLastModifiedTime(path)
                        + (Files.isRegularFile(path)
                                ? " " + Digest.ofBytes(Files.readAllBytes(
                                        path))
                                : ""));
            }
        }
        return files;
    }
}
