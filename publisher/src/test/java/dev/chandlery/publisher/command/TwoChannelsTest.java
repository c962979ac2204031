package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** buf as it comes from an npm registry and from a Maven repository, for all platforms: both must agree. */
class TwoChannelsTest {
    /** What npm calls a platform, and what Maven calls it, by ours. */
    private static final Map<String, String[]> WORDS = Map.of("linux-x86_64", new String[]{
            "linux-x64", "linux-x86_64"}, "linux-aarch64", new String[]{"linux-aarch64",
                    "linux-aarch_64"},
            "darwin-x86_64", new String[]{"darwin-x64", "osx-x86_64"}, "darwin-arm64", new String[]{
                    "darwin-arm64", "osx-aarch_64"}, "windows-x86_64", new String[]{"win32-x64",
                            "windows-x86_64"});
    private static final Bytes EVIL = Bytes.ofUtf8("#!/bin/sh\necho evil\n");
    private static final String FOLDER = "build/buf/buf";

    @TempDir
    Path folder;
    private final FlawedSite unused = new FlawedSite();
    private PackageHouse house = new PackageHouse(Path.of("."));
    private TestHouse registry = new TestHouse(Path.of("."), unused);

    @BeforeEach
    void furnish() throws IOException {
        house.close();
        house = new PackageHouse(folder);
        registry = new TestHouse(folder, unused);
        house.config("""
                security: {minimum_trust: two-channels}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    buf:
                      npm: {package: "@bufbuild/buf-{platform}"}
                      platforms: [linux-x86_64, linux-aarch64, darwin-x86_64, darwin-arm64, windows-x86_64]
                      platform_words: {linux-x86_64: linux-x64, linux-aarch64: linux-aarch64,
                        darwin-x86_64: darwin-x64, darwin-arm64: darwin-arm64, windows-x86_64: win32-x64}
                      verify:
                        - second_source:
                            maven: {artifact: "build.buf:buf"}
                            platform_words: {linux-aarch64: linux-aarch_64, darwin-x86_64: osx-x86_64,
                              darwin-arm64: osx-aarch_64}
                            files: {"package/bin/buf{ext}": "."}
                """);
        house.mavenVersions(FOLDER, "1.61.0");
        WORDS.keySet().forEach(platform -> release(platform, program(platform)));
    }

    @AfterEach
    void close() {
        house.close();
        unused.close();
    }

    private static Bytes program(String platform) {
        return Bytes.ofUtf8("#!/bin/sh\necho buf for " + platform + "\n");
    }

    private static Bytes archive(String platform, Bytes program) {
        return PackageHouse.archive(Map.of("package/bin/buf" + (platform.startsWith("windows")
                ? ".exe"
                : ""), program, "package/README.md", Bytes.ofUtf8("read me\n")));
    }

    private static String npm(String platform) {
        return "@bufbuild/buf-" + Objects.requireNonNull(WORDS.get(platform))[0];
    }

    private static String maven(String platform) {
        return FOLDER + "/1.61.0/buf-1.61.0-" + Objects.requireNonNull(WORDS.get(platform))[1]
                + ".exe";
    }

    private void release(String platform, Bytes program) {
        Bytes archive = archive(platform, program);
        house.npm(npm(platform), "1.61.0", archive, archive);
        house.maven(maven(platform), program, program);
    }

    @Test
    void fivePlatformsAgree() {
        Outcome outcome = house.run();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(registry.tags("test/tools/buf")).containsKeys("v1.61.0", "v1.61.0-linux-x86_64",
                "v1.61.0-windows-x86_64").hasSize(6);
    }

    /** Whoever changes one channel changes what it states of its files as well. */
    @Test
    void aCopyThatWasTamperedWithAtEitherIsRefused() {
        Bytes archive = archive("linux-x86_64", EVIL);
        house.npm(npm("linux-x86_64"), "1.61.0", archive, archive);
        house.maven(maven("darwin-arm64"), EVIL, EVIL);

        Outcome outcome = house.run();

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("buf 1.61.0 linux-x86_64: ", "buf 1.61.0 darwin-arm64: ",
                EVIL.digest().toString(), program("linux-x86_64").digest().toString());
        assertThat(registry.tags("test/tools/buf")).containsOnlyKeys("v1.61.0-linux-aarch64",
                "v1.61.0-darwin-x86_64", "v1.61.0-windows-x86_64");
    }

    @Test
    void aCopyThatIsNotWhatItsChannelStatesIsRefused() {
        house.npm(npm("linux-x86_64"), "1.61.0", archive("linux-x86_64", EVIL), archive(
                "linux-x86_64", program("linux-x86_64")));
        house.maven(maven("darwin-arm64"), EVIL, program("darwin-arm64"));

        Outcome outcome = house.run();

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("sha512:", "sha256:");
        assertThat(registry.tags("test/tools/buf")).doesNotContainKeys("v1.61.0-linux-x86_64",
                "v1.61.0-darwin-arm64");
    }

    /** Alone, each of the two believes what its own channel says, and no more than that. */
    @Test
    void eachAloneFindsOnlyWhatItsChannelStates() throws IOException {
        house.config("""
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    one:
                      npm: {package: "@bufbuild/buf-linux-x64"}
                      platforms: [linux-x86_64]
                    two:
                      maven: {artifact: "build.buf:buf"}
                      platforms: [linux-x86_64]
                      verify: []
                """);
        house.npm(npm("linux-x86_64"), "1.61.0", archive("linux-x86_64", EVIL), archive(
                "linux-x86_64", program("linux-x86_64")));
        house.maven(maven("linux-x86_64"), EVIL, program("linux-x86_64"));

        Outcome outcome = house.run();

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("one 1.61.0 linux-x86_64: ", "sha512:",
                "two 1.61.0 linux-x86_64: ", "sha256:");
        assertThat(registry.tags("test/tools/one")).isEmpty();
        assertThat(registry.tags("test/tools/two")).isEmpty();
    }

    @Test
    void aVersionThatOneOfThemLacksIsNotPublished() {
        Bytes archive = archive("linux-x86_64", program("linux-x86_64"));
        house.npm(npm("linux-x86_64"), "1.62.0", archive, archive);

        Outcome outcome = house.run("--version", "1.62.0");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err()).contains("the second channel does not have 1.62.0");
        assertThat(registry.tags("test/tools/buf")).isEmpty();
    }
}
