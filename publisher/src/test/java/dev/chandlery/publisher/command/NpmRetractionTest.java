package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** npm versions that are deprecated or unpublished, in both layouts. */
class NpmRetractionTest {
    private static final List<String> WORDS = List.of("linux-x64", "darwin-arm64");

    @TempDir
    Path folder;
    private PackageHouse house = new PackageHouse(Path.of("."));
    private final FlawedSite unused = new FlawedSite();

    @BeforeEach
    void furnish() {
        house.close();
        house = new PackageHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
        unused.close();
    }

    private void open(String layout) throws IOException {
        house.config("""
                repositories: {tools: {layout: %s}}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    hello:
                      npm: {package: "@s/hello-{platform}"}
                      platforms: [linux-x86_64, darwin-arm64]
                      platform_words: {linux-x86_64: linux-x64}
                      versions: 2
                      floating_tags: %s
                """.formatted(layout, layout.equals("tags") ? "[latest]" : "[]"));
        release("1.0.0");
        release("1.1.0");
        Outcome outcome = house.run();
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private void release(String version) {
        for (String word : WORDS) {
            Bytes archive = PackageHouse.archive(Map.of("package/bin/hello", Bytes.ofUtf8(
                    "#!/bin/sh\necho " + version + " for " + word + "\n")));
            house.npm("@s/hello-" + word, version, archive, archive);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tags", "nested"})
    void aDeprecatedVersionStaysAndIsToldOnce(String layout) throws IOException {
        open(layout);
        assertThat(house.run().out()).startsWith("Nothing to publish");
        house.deprecate("@s/hello-linux-x64", "1.1.0", "has a hole");

        assertThat(house.run("--dry-run").out()).contains(
                "hello 1.1.0 was taken back upstream: deprecated: has a hole");
        Outcome first = house.run();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("Warning: hello 1.1.0 was taken back upstream");
        assertThat(house.run().err()).doesNotContain("taken back");
        assertThat(recorded(layout, "1.1.0")).isTrue();
        assertThat(recorded(layout, "1.0.0")).isFalse();

        house.deprecate("@s/hello-linux-x64", "1.1.0", "");
        assertThat(house.run().err()).contains("hello 1.1.0 is offered upstream again");
        assertThat(house.run().err()).doesNotContain("again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tags", "nested"})
    void anUnpublishedVersionStays(String layout) throws IOException {
        open(layout);
        WORDS.forEach(word -> house.unpublish("@s/hello-" + word, "1.1.0"));

        Outcome outcome = house.run();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("the version is unpublished");
        assertThat(recorded(layout, "1.1.0")).isTrue();
        assertThat(house.run().err()).doesNotContain("taken back");
    }

    @Test
    void onePlatformThatIsUnpublishedTakesTheVersionBack() throws IOException {
        open("nested");
        house.unpublish("@s/hello-darwin-arm64", "1.1.0");

        assertThat(house.run().err()).contains("hello-darwin-arm64@1.1.0 is unpublished");
    }

    /** registry.yaml wants less than it did; upstream offers what it did. */
    @Test
    void aPlatformThatIsNotWantedAnyMoreIsNotMissed() throws IOException {
        open("tags");
        Path config = folder.resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                .replace("platforms: [linux-x86_64, darwin-arm64]", "platforms: [linux-x86_64]"));

        assertThat(house.run().err()).doesNotContain("taken back");
        assertThat(recorded("tags", "1.1.0")).isFalse();
    }

    private boolean recorded(String layout, String version) {
        TestHouse registry = new TestHouse(folder, unused);
        return layout.equals("tags")
                ? registry.tags("test/tools/hello").containsKey("retracted-v" + version)
                : registry.tags("test/tools/hello/v" + version + "-linux-x86_64")
                        .containsKey("retracted");
    }
}
