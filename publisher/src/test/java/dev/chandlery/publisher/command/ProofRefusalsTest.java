package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.keys.MiniKey;
import dev.chandlery.testkit.keys.PgpKey;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.sigstore.SampleSigner;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proofs that do not hold, in every form and in every way that they fail: each tool is refused in words, nothing of
 * it is stored or tagged, others are published, and the next run publishes it when upstream has mended it.
 */
class ProofRefusalsTest {
    private static final Instant FROM = Instant.parse("2026-01-02T02:59:30Z");
    private static final Instant SIGNED = FROM.plusSeconds(60);
    private static final Bytes CONTENT = Bytes.ofUtf8("#!/bin/sh\necho tool 1.0\n");
    private static final Bytes OTHER = Bytes.ofUtf8("#!/bin/sh\necho t00l 1.0\n");
    private static final String SUMS = CONTENT.digest().encoded() + "  tool\n";
    private static final String PROVENANCE = "multiple.intoto.jsonl";
    private static final String WORKFLOW = ".github/workflows/release.yml";
    private static final String BUILDER = "https://github.com/actions/runner/github-hosted";

    @TempDir
    Path folder;
    private final FakeGithub github = new FakeGithub();
    private final FakeSite second = new FakeSite();
    private final FlawedSite site = new FlawedSite();
    private final FakeSigstore sigstore = new FakeSigstore("good");
    private final SampleSigner signer = signer("o/r", "release.yml");
    private final PgpKey pgp = new PgpKey();
    private final PgpKey otherPgp = new PgpKey();
    private final MiniKey mini = new MiniKey();
    private final StringBuilder tools = new StringBuilder();
    /** By tool, what its failure must say. */
    private final Map<String, String> refused = new LinkedHashMap<>();
    /** What upstream does to mend a tool. */
    private final Map<String, Runnable> mended = new LinkedHashMap<>();
    private TestHouse house = new TestHouse(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        house = new TestHouse(folder, site);
        Files.writeString(folder.resolve("root.json"), sigstore.trustedRoot().utf8());
        Files.writeString(folder.resolve("both.asc"), pgp.armoured() + otherPgp.armoured());
    }

    @AfterEach
    void close() {
        second.close();
        site.close();
        github.close();
    }

    private SampleSigner signer(String repository, String workflow) {
        return sigstore.signer(SampleIdentity.workflow(repository, workflow, "refs/tags/v1.0"),
                FROM);
    }

    @Test
    void openPgp() throws IOException {
        String good = pgp.sign(CONTENT, SIGNED);
        signed("good", "asc", good);
        refuse("tampered", "it is over other bytes, or damaged", signed("tampered", "asc", good))
                .tamper(OTHER);
        bad("other-key", otherPgp.fingerprint() + ", which is not pinned", otherPgp.sign(CONTENT,
                SIGNED));
        bad("unknown-key", "of which there is no key", new PgpKey().sign(CONTENT, SIGNED));
        bad("expired", "it expired at 2026-01-02T04:00:30Z", pgp.sign(CONTENT, SIGNED, Duration
                .ofHours(
                        1)));
        bad("future", "it was made at 2099-01-01", pgp.sign(CONTENT, Instant.parse(
                "2099-01-01T00:00:00Z")));
        bad("other-file", "it is over other bytes, or damaged", pgp.sign(Bytes.ofUtf8("README"),
                SIGNED));
        bad("noise", "cannot read signature of tool", "<!doctype html><p>Not found");
        absent("absent", "expected tool.asc, which upstream does not have", "asc", good);
        sums("sums", "it is over other bytes, or damaged", pgp.sign(Bytes.ofUtf8(SUMS), SIGNED));

        everyOneIsRefusedAndMendedLater(ProofRefusalsTest::openPgp);
    }

    private static String openPgp(ProofRefusalsTest it, String tool) {
        return "openpgp: {fingerprints: [" + it.pgp.fingerprint() + "], key_files: [both.asc]"
                + (tool.equals("sums") ? ", signature: '{asset}.asc', over: checksums}" : "}");
    }

    @Test
    void minisignPrehashed() throws IOException {
        minisign(mini.sign(CONTENT, "of 1.0"), mini.sign(OTHER, "of 1.0"), new MiniKey().sign(
                CONTENT, "of 1.0"), mini.sign(Bytes.ofUtf8(SUMS), "sums"));
    }

    @Test
    void minisignLegacy() throws IOException {
        minisign(mini.signLegacy(CONTENT, "of 1.0"), mini.signLegacy(OTHER, "of 1.0"), new MiniKey()
                .signLegacy(CONTENT, "of 1.0"), mini.signLegacy(Bytes.ofUtf8(SUMS), "sums"));
    }

    private void minisign(String good, String ofOther, String byOther, String ofSums)
            throws IOException {
        signed("good", "minisig", good);
        refuse("tampered", "got one over other bytes", signed("tampered", "minisig", good)).tamper(
                OTHER);
        minisig("other-key", "is not signed by minisign key", byOther, good);
        minisig("other-file", "got one over other bytes", ofOther, good);
        minisig("comment", "the trusted comment is not signed", good.replace("of 1.0", "of 2.0"),
                good);
        minisig("other-id", "got one by", good.replaceFirst("(RW|RU)QBAgM", "$1QBAgQ"), good);
        minisig("noise", "cannot read minisign signature of tool", "<!doctype html>\n", good);
        absent("absent", "expected tool.minisig, which upstream does not have", "minisig", good);
        sums("sums", "got one over other bytes", ofSums);

        everyOneIsRefusedAndMendedLater((it, tool) -> "minisign: {key: '" + it.mini.line() + "'"
                + (tool.equals("sums") ? ", signature: '{asset}.asc', over: checksums}" : "}"));
    }

    private void minisig(String tool, String message, String bad, String good) {
        assertThat(bad).as(tool).isNotEqualTo(good);
        refuse(tool, message, signed(tool, "minisig", bad));
        mended.put(tool, () -> signed(tool, "minisig", good));
    }

    @Test
    void slsaProvenance() throws IOException {
        String good = statement("o/r", WORKFLOW, BUILDER, CONTENT);
        built("good", signer, good);
        refuse("tampered", "cannot trust " + PROVENANCE, built("tampered", signer, good)).tamper(
                OTHER);
        provenance("other-repository", "expected source repository \"github.com/o/r\", got"
                + " \"https://github.com/o/fork\"", signer, statement("o/fork", WORKFLOW, BUILDER,
                        CONTENT));
        provenance("other-workflow", "expected workflow \"" + WORKFLOW
                + "\", got \".github/workflows/ci.yml\"", signer, statement("o/r",
                        ".github/workflows/ci.yml", BUILDER, CONTENT));
        provenance("other-builder", "expected builder \"" + BUILDER + "\", got \"https://evil/b\"",
                signer, statement("o/r", WORKFLOW, "https://evil/b", CONTENT));
        provenance("other-file", "cannot trust " + PROVENANCE, signer, statement("o/r", WORKFLOW,
                BUILDER, OTHER));
        provenance("other-signer", "evil/r", signer("evil/r", "release.yml"), good);
        provenance("other-signing-workflow", "ci.yml", signer("o/r", "ci.yml"), good);
        provenance("other-authority", "not by an authority of the trusted root", new FakeSigstore(
                "good").signer(SampleIdentity.workflow("o/r", "release.yml", "refs/tags/v1.0"),
                        FROM), good);
        provenance("expired", "but its certificate is for", sigstore.signer(SampleIdentity.workflow(
                "o/r", "release.yml", "refs/tags/v1.0"), FROM.minus(Duration.ofDays(1))), good);
        tool("absent");
        refused.put("absent", "expected " + PROVENANCE + ", which upstream does not have");
        mended.put("absent", () -> built("absent", signer, good));

        everyOneIsRefusedAndMendedLater((_, _) -> "slsa: {source: github.com/o/r, workflow: "
                + WORKFLOW + ", builder: '" + BUILDER + "', identity: 'https://github.com/o/r/"
                + WORKFLOW + "@refs/tags/v1.0'}");
    }

    private void provenance(String tool, String message, SampleSigner by, String statement) {
        refuse(tool, message, built(tool, by, statement));
        mended.put(tool, () -> built(tool, signer, statement("o/r", WORKFLOW, BUILDER, CONTENT)));
    }

    private FakeAsset built(String tool, SampleSigner by, String statement) {
        release(tool).asset(PROVENANCE, by.envelope(Bytes.ofUtf8(statement)));
        return tool(tool);
    }

    private static String statement(String source, String workflow, String builder,
            Bytes subject) {
        String build = """
                {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
                "ref":"refs/tags/v1.0","repository":"https://github.com/%s","path":"%s"}}},
                "runDetails":{"builder":{"id":"%s"}}}
                """.formatted(source, workflow, builder);
        return new Statement(List.of(Subject.of("tool", subject.digest())),
                "https://slsa.dev/provenance/v1", Bytes.ofUtf8(build)).toJson().utf8();
    }

    @Test
    void secondSource() throws IOException {
        both("good", Page.of(CONTENT.utf8()));
        refuse("tampered", OTHER.digest().toString(), both("tampered", Page.of(CONTENT.utf8())))
                .tamper(OTHER);
        channel("disagrees", OTHER.digest().toString(), Page.of(OTHER.utf8()));
        channel("down", "503", new Page(503, Map.of(), Bytes.ofUtf8("busy")));
        channel("gone", "the second channel does not have 1.0", new Page(404, Map.of(), Bytes
                .ofUtf8("")));
        channel("private", "403", new Page(403, Map.of(), Bytes.ofUtf8("")));
        channel("empty", "got", Page.of(""));

        everyOneIsRefusedAndMendedLater((it, tool) -> "second_source: {http: {url: '" + it.second
                .address() + "/{version}/" + tool + "', versions: ['1.0']}}");
    }

    private void channel(String tool, String message, Page answer) {
        refuse(tool, message, both(tool, answer));
        mended.put(tool, () -> both(tool, Page.of(CONTENT.utf8())));
    }

    private FakeAsset both(String tool, Page other) {
        second.put("/1.0/" + tool, other);
        return tool(tool);
    }

    /** Says what a tool's {@code verify} is. */
    private interface Rule {
        String of(ProofRefusalsTest it, String tool);
    }

    private void everyOneIsRefusedAndMendedLater(Rule rule) throws IOException {
        configure(rule);

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
        assertThat(stores(OTHER.digest())).isFalse();

        mended.values().forEach(Runnable::run);
        Outcome again = house.publish();

        assertThat(again.code()).as(again.err()).isZero();
        refused.keySet()
                .forEach(tool -> assertThat(house.tags("test/tools/" + tool)).as(tool)
                        .containsKeys("v1.0", "v1.0-linux-x86_64"));
    }

    private void configure(Rule rule) throws IOException {
        for (String tool : Stream.concat(Stream.of("good"), refused.keySet().stream()).toList()) {
            tools.append("""
                        %1$s:
                          github_repo: o/%1$s
                          github: {asset: tool, api: "%2$s"%3$s}
                          platforms: [linux-x86_64]
                          verify: [{%4$s}]
                    """.formatted(tool, github.api(), tool.equals("sums")
                    ? ", checksum_asset: SUMS"
                    : "", rule.of(this, tool)));
        }
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                security: {allowed_origins: ["%s"], trusted_root: root.json}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                %s""".formatted(github.storageOrigin(), tools));
    }

    /** Whether the registry keeps those bytes, for whomever. */
    private boolean stores(Digest digest) throws IOException {
        try (Stream<Path> files = Files.walk(house.storage())) {
            return files.filter(Files::isRegularFile).anyMatch(file -> {
                try {
                    return Digest.ofBytes(Files.readAllBytes(file)).equals(digest);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void bad(String tool, String message, String signature) {
        refuse(tool, message, signed(tool, "asc", signature));
        mended.put(tool, () -> signed(tool, "asc", pgp.sign(CONTENT, SIGNED)));
    }

    /** The checksum file was signed, and changed since. */
    private void sums(String tool, String message, String signature) {
        signed(tool, "other", "").tamper(CONTENT);
        release(tool).asset("SUMS", SUMS + OTHER.digest().encoded() + "  other\n");
        release(tool).asset("SUMS.asc", signature);
        refused.put(tool, message);
        mended.put(tool, () -> release(tool).asset("SUMS", SUMS));
    }

    private void absent(String tool, String message, String suffix, String good) {
        tool(tool);
        refused.put(tool, message);
        mended.put(tool, () -> signed(tool, suffix, good));
    }

    /** Refused for now; what the asset has by itself mends it. */
    private FakeAsset refuse(String tool, String message, FakeAsset asset) {
        refused.put(tool, message);
        mended.put(tool, () -> asset.tamper(CONTENT));
        return asset;
    }

    private FakeAsset signed(String tool, String suffix, String signature) {
        release(tool).asset("tool." + suffix, signature);
        return tool(tool);
    }

    private FakeAsset tool(String tool) {
        return release(tool).asset("tool", CONTENT).withoutDigest();
    }

    private FakeRelease release(String tool) {
        return github.release("o/" + tool, "v1.0");
    }
}
