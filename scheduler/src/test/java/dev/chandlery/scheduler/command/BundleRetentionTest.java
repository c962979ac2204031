package dev.chandlery.scheduler.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.testkit.upstream.FakeGithub;
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
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRetentionTest {
    @TempDir
    Path folder;
    private final FakeGithub github = new FakeGithub();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        github.close();
    }

    @Test
    void versionsThatAreNoLongerNamedGoWithAllThatIsTheirs() throws IOException {
        List.of(1, 2, 3).forEach(this::release);
        publish("1.0", "1");
        List<Digest> first = ask(repository -> manifests(repository, "v1"));
        publish("2.0", "2");
        publish("3.0", "3");

        assertThat(run("retention")).as(text()).isZero();

        assertThat(text()).contains("1 version removed: bundle all 1");
        List<String> tags = ask(BundleRetentionTest::tags);
        assertThat(tags).containsExactlyInAnyOrder("v2", "v3", "latest");
        List<Digest> left = ask(repository -> first.stream()
                .filter(digest -> repository.findManifest(digest).isPresent())
                .toList());
        assertThat(left).isEmpty();
        List<Digest> kept = ask(repository -> manifests(repository, "v3"));
        assertThat(kept).hasSizeGreaterThan(2);
        assertThat(run("retention")).isZero();
        assertThat(text()).contains("nothing-to-do");
    }

    /** 1.0 is a year old, 2.0 a day, 3.0 as old as 1.0. */
    private void release(int version) {
        github.release("o/tool", "v" + version + ".0")
                .published(Instant.now().minus(Duration.ofDays(version == 2 ? 1 : 365)))
                .asset("tool", "#!/bin/sh\necho " + version + "\n");
    }

    private void publish(String tool, String bundle) throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                security: {allowed_origins: ["%s"]}
                repositories: {tools: {}, bundles: {retention_days: 30}}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    tool:
                      github_repo: o/tool
                      github: {asset: tool, api: "%s"}
                      platforms: [linux-x86_64]
                bundles: {all: {tools: [tool@%s], version: "%s"}}
                """.formatted(github.storageOrigin(), github.api(), tool, bundle));
        assertThat(run("publish")).as(text()).isZero();
    }

    /** Of a build: its index, its images, and what is attached to them. */
    private static List<Digest> manifests(RemoteRepository repository, String tag) {
        Digest index = repository.resolve(new Tag(tag)).digest();
        List<Digest> attached = repository.referrerLister()
                .orElseThrow()
                .referrers(index)
                .map(descriptor -> descriptor.digest())
                .toList();
        List<Digest> images = repository.findManifest(index)
                .orElseThrow()
                .manifest()
                .successors()
                .stream()
                .map(descriptor -> descriptor.digest())
                .toList();
        return java.util.stream.Stream.of(List.of(index), attached, images)
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> tags(RemoteRepository repository) {
        return repository.tags().map(Tag::value).toList();
    }

    private <T> T ask(Function<RemoteRepository, T> question) {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("registry"));
                HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            return question.apply(new RemoteRegistry(handle.registry(), transport,
                    CredentialProvider.anonymous(), ClientOptions.DEFAULT.withPlainHttp(true))
                    .repository(new RepositoryName("bundles/all")));
        }
    }

    private int run(String job) {
        out.reset();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = Console.plain(both, both, Map.of("HOME", folder.toString()));
        return new Program(console, SchedulerCommand.class).run("once", job, "--config", folder
                .resolve("registry.yaml")
                .toString());
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
