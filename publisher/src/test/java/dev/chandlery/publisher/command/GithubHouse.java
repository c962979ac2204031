package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with a registry.yaml for one tool of a GitHub on loopback, and the publisher to run on it. */
final class GithubHouse implements AutoCloseable {
    static final String REPOSITORY = "test/tools/hello";
    static final String LINUX = "linux-x86_64";
    static final String MAC = "darwin-arm64";

    private final Path folder;
    private final FakeGithub github = new FakeGithub();
    private final TestHouse registry;

    GithubHouse(Path folder) {
        this.folder = folder;
        this.registry = new TestHouse(folder, new FlawedSite());
    }

    FakeGithub github() {
        return github;
    }

    /** Writes registry.yaml, for the embedded registry. */
    void config(String keys) throws IOException {
        config("embedded", keys);
    }

    /** Writes registry.yaml. */
    void config(String url, String keys) throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: "%s", namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                security: {allowed_origins: ["%s"]}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    hello:
                      github_repo: o/hello
                      github: {asset: "hello-{platform}", api: "%s"}
                      platforms: [linux-x86_64, darwin-arm64]
                %s""".formatted(url, github.storageOrigin(), github.api(), keys.indent(6)));
    }

    /** A release of last month with files for these platforms. */
    FakeRelease release(String tag, String... platforms) {
        FakeRelease release = github.release("o/hello", tag)
                .published(Instant.now().minus(Duration.ofDays(30)));
        for (String platform : platforms) {
            release.asset("hello-" + platform, script(tag, platform));
        }
        return release;
    }

    static String script(String tag, String platform) {
        return "#!/bin/sh\necho hello " + tag + " for " + platform + "\n";
    }

    Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** With these variables in its environment. */
    Outcome run(Map<String, String> environment, String... arguments) {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("HOME", folder.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), variables);
        List<String> all = Stream.concat(Stream.of("--config", folder.resolve("registry.yaml")
                .toString()), Stream.of(arguments)).toList();
        int code = new Program(console, PublishCommand.class).run(all.toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }

    SortedMap<String, Digest> tags() {
        return registry.tags(REPOSITORY);
    }

    TestHouse registry() {
        return registry;
    }

    @Override
    public void close() {
        github.close();
    }
}
