package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.sigstore.SampleSigner;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that are not what policy asks for are refused by name, and the others go on. */
class RefusalsTest {
    private static final Instant FROM = Instant.parse("2026-01-02T02:59:30Z");
    private static final Instant SIGNED = FROM.plusSeconds(60);
    private static final String BUNDLE = "tool.sigstore.json";
    private static final Bytes CONTENT = Bytes.ofUtf8("#!/bin/sh\necho tool 1.0\n");
    private static final Bytes OTHER = Bytes.ofUtf8("#!/bin/sh\necho t00l 1.0\n");
    private static final String IDENTITY = "sigstore: {identity: 'https://github.com/o/r/.github/"
            + "workflows/release.yml@refs/tags/v1.0'}";
    private static final String SUMS = ", checksum_asset: SUMS";

    @TempDir
    Path folder;
    private final FakeGithub github = new FakeGithub();
    private final FlawedSite site = new FlawedSite();
    private final FakeSigstore sigstore = new FakeSigstore("good");
    private final SampleSigner signer = signer(sigstore, "o/r");
    private final StringBuilder tools = new StringBuilder();
    /** By tool, what its failure must say. */
    private final Map<String, String> refused = new LinkedHashMap<>();

    @AfterEach
    void close() {
        site.close();
        github.close();
    }

    private static SampleSigner signer(FakeSigstore instance, String repository) {
        return instance.signer(SampleIdentity.workflow(repository, "release.yml",
                "refs/tags/v1.0"), FROM);
    }

    @Test
    void nothingThatIsNotProvenIsPublished() throws IOException {
        signed("good", signer.bundle(CONTENT, SIGNED));
        signatures();
        checksums();
        policies();
        Files.writeString(folder.resolve("root.json"), sigstore.trustedRoot().utf8());
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                security: {allowed_origins: ["%s"], trusted_root: root.json}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                %s""".formatted(github.storageOrigin(), tools));
        TestHouse house = new TestHouse(folder, site);

        Outcome outcome = house.publish();

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.out()).contains("1 published, " + refused.size() + " failed");
        refused.forEach((tool, message) -> {
            assertThat(outcome.err()
                    .lines()
                    .filter(line -> line.startsWith("Error: " + tool + " 1.0 linux-x86_64: ")))
                    .as(tool)
                    .singleElement()
                    .asString()
                    .contains(message);
            assertThat(house.tags("test/tools/" + tool)).as(tool).isEmpty();
        });
        assertThat(house.tags("test/tools/good")).containsKeys("v1.0", "v1.0-linux-x86_64");
    }

    private void signatures() {
        refuse("other-identity", "evil/r", signed("other-identity", signer(sigstore, "evil/r")
                .bundle(CONTENT, SIGNED)));
        refuse("other-authority", "not by an authority of the trusted root", signed(
                "other-authority",
                signer(new FakeSigstore("good"), "o/r").bundle(CONTENT, SIGNED)));
        refuse("expired", "but its certificate is for 2026-01-02T02:59:30Z to", signed("expired",
                signer.bundle(CONTENT,
                        FROM.plusSeconds(900))));
        refuse("other-data", "its signature is not of " + CONTENT.digest(), signed("other-data",
                signer.bundle(
                        OTHER, SIGNED)));
        refuse("noise", "cannot read tool.signatures", signed("noise", Bytes.ofUtf8("{}")));
        signed("tampered", signer.bundle(CONTENT, SIGNED)).tamper(OTHER);
        refused.put("tampered", "its signature is not of " + OTHER.digest());
        tool("absent", "", "verify: [{" + IDENTITY + "}]");
        refused.put("absent", "expected " + BUNDLE + ", which upstream does not have");
    }

    private void checksums() {
        String right = CONTENT.digest().encoded();
        String wrong = OTHER.digest().encoded();
        sums("twice", right + "  tool\n" + wrong + " *tool\n", "several that differ");
        sums("unnamed", right + "  tool.txt\n", "its checksum in SUMS, got none");
        sums("weak", "d41d8cd98f00b204e9800998ecf8427e  tool\n", "its checksum in SUMS, got none");
        sums("false", wrong + "  tool\n", wrong);
        sums("empty", "", "its checksum in SUMS, got none");
        tool("no-sums", SUMS, "");
        refused.put("no-sums", "upstream has no SUMS");
    }

    private void policies() {
        sums("below", CONTENT.digest().encoded() + "  tool\n",
                "expected trust of signature or better, got checksum-file");
        replace("below", "platforms", "minimum_trust: signature\n      platforms");
        sums("older", CONTENT.digest().encoded() + "  tool\n",
                "expected trust of provenance or better, got checksum-file");
        replace("older", "platforms", "minimum_trust: provenance\n      verify: [{since: '1.0.1', "
                + IDENTITY + "}]\n      platforms");
    }

    private void refuse(String tool, String message, FakeAsset asset) {
        assertThat(asset).isNotNull();
        refused.put(tool, message);
    }

    private FakeAsset signed(String tool, Bytes bundle) {
        FakeAsset asset = tool(tool, "", "verify: [{" + IDENTITY + "}]");
        github.release("o/" + tool, "v1.0").asset(BUNDLE, bundle);
        return asset;
    }

    private void sums(String tool, String content, String message) {
        tool(tool, SUMS, "");
        github.release("o/" + tool, "v1.0").asset("SUMS", content);
        refused.put(tool, message);
    }

    private FakeAsset tool(String tool, String github, String keys) {
        FakeRelease release = this.github.release("o/" + tool, "v1.0");
        tools.append("""
                    %1$s:
                      github_repo: o/%1$s
                      github: {asset: tool, api: "%2$s"%3$s}
                      platforms: [linux-x86_64] # of %1$s
                      %4$s
                """.formatted(tool, this.github.api(), github, keys));
        return release.asset("tool", CONTENT).withoutDigest();
    }

    private void replace(String tool, String key, String by) {
        int line = tools.indexOf("platforms: [linux-x86_64] # of " + tool + "\n");
        tools.replace(line, line + key.length(), by);
    }
}
