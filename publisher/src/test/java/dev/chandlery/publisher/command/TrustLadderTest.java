package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeAsset.Fault;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.statement.Envelope;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rung of the ladder, from a GitHub on loopback into the embedded registry. */
class TrustLadderTest {
    /** Tools by the rung that each is to reach. */
    private static final List<String> RUNGS = List.of("first-use", "api-digest", "checksum-file",
            "two-channels", "provenance", "signature");
    private static final String BUILD = """
            {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
            "ref":"refs/tags/v1.0","repository":"https://github.com/o/provenance",
            "path":".github/workflows/release.yml"}}},
            "runDetails":{"builder":{"id":"https://github.com/b/b/.github/workflows/b.yml@v2"}}}
            """;

    @TempDir
    Path folder;
    private final FakeGithub github = new FakeGithub();
    private final FlawedSite site = new FlawedSite();
    private final SigningKey key = key();
    private final Map<String, FakeAsset> assets = new LinkedHashMap<>();
    private TestHouse house = new TestHouse(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        house = new TestHouse(folder, site);
        Files.writeString(folder.resolve("key.pub"), key.publicKey().pem().utf8());
        RUNGS.forEach(this::release);
        github.useLinksOnce();
        configure("first-use");
    }

    @AfterEach
    void close() {
        site.close();
        github.close();
    }

    @Test
    void everyToolReachesItsRung() throws IOException {
        Outcome outcome = house.publish("-o", "json");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(rungs(outcome)).isEqualTo(expected());
        assertThat(house.publish().out()).startsWith("Nothing to publish");
        assertThat(github.requests().all(Kind.STORAGE)).allSatisfy(seen -> assertThat(seen
                .authorization()).isEmpty());
    }

    @Test
    void whatIsTamperedWithIsPublishedNowhere() {
        RUNGS.subList(1, RUNGS.size())
                .forEach(tool -> asset(tool).tamper(Bytes.ofUtf8(
                        "#!/bin/sh\necho evil\n")));
        // The API's digest is compared on every rung; here it lies along with the bytes.
        RUNGS.subList(2, RUNGS.size()).forEach(tool -> asset(tool).withoutDigest());

        Outcome outcome = house.publish();

        assertThat(outcome.code()).isEqualTo(3);
        RUNGS.subList(1, RUNGS.size()).forEach(tool -> {
            assertThat(outcome.err()).contains("Error: " + tool + " 1.0 linux-x86_64: cannot ");
            assertThat(house.tags("test/tools/" + tool)).as(tool).isEmpty();
        });
        assertThat(house.tags("test/tools/first-use")).isNotEmpty();
    }

    @Test
    void whatCannotBeVerifiedIsPublishedNowhere() {
        site.put("/1.0/two-channels", new byte[1], FlawedSite.Fault.TRUNCATED);
        for (Map.Entry<String, String> proof : Map.of("checksum-file", "SUMS", "provenance",
                "multiple.intoto.jsonl", "signature", "tool.sig").entrySet()) {
            releaseOf(proof.getKey()).find(proof.getValue()).orElseThrow().fault(Fault.MISSING);
        }

        Outcome outcome = house.publish();

        assertThat(outcome.code()).isEqualTo(3);
        for (String tool : List.of("checksum-file", "two-channels", "provenance", "signature")) {
            assertThat(house.tags("test/tools/" + tool)).as(tool).isEmpty();
        }
        releaseOf("signature").remove("tool.sig");
        assertThat(house.publish("--tool", "signature").err()).contains(
                "cannot verify tool by sigstore: expected tool.sig, which upstream does not have");
    }

    @Test
    void policyAsksForARung() throws IOException {
        configure("provenance");

        Outcome outcome = house.publish();

        assertThat(outcome.err()).contains(
                "expected trust of provenance or better, got two-channels");
        RUNGS.subList(0, 4)
                .forEach(tool -> assertThat(house.tags("test/tools/" + tool)).as(tool)
                        .isEmpty());
        RUNGS.subList(4, 6)
                .forEach(tool -> assertThat(house.tags("test/tools/" + tool)).as(tool)
                        .isNotEmpty());
    }

    @Test
    void anAssetThatIsReplacedBetweenTwoRunsIsNotFollowed() {
        house.publish();
        SortedMap<String, Digest> before = house.tags("test/tools/api-digest");
        asset("api-digest").replace(Bytes.ofUtf8("#!/bin/sh\necho another\n"));

        Outcome outcome = house.publish("--tool", "api-digest", "--force");

        assertThat(outcome.code()).isNotZero();
        assertThat(house.tags("test/tools/api-digest")).containsAllEntriesOf(before)
                .hasSize(before.size() + 1)
                .containsKey("drift-v1.0-linux-x86_64");
    }

    private void release(String tool) {
        Bytes content = Bytes.ofUtf8("#!/bin/sh\necho " + tool + "\n");
        FakeRelease release = releaseOf(tool);
        FakeAsset asset = release.asset("tool", content);
        assets.put(tool, asset);
        switch (tool) {
            case "first-use" -> asset.withoutDigest();
            case "checksum-file" -> release.asset("SUMS", content.digest().encoded() + "  tool\n");
            case "two-channels" -> site.put("/1.0/two-channels", content.toArray());
            case "provenance" -> release.asset("multiple.intoto.jsonl", envelope(new Statement(List
                    .of(Subject.of("tool", content.digest())), "https://slsa.dev/provenance/v1",
                    Bytes.ofUtf8(BUILD))));
            case "signature" -> release.asset("tool.sig", base64(key.sign(content)));
            default -> assertThat(tool).isEqualTo("api-digest");
        }
    }

    private void configure(String minimum) throws IOException {
        StringBuilder yaml = new StringBuilder("""
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                security: {allowed_origins: ["%s"], minimum_trust: %s}
                publishing:
                  retry_attempts: 0
                  tool_sources:
                """.formatted(github.storageOrigin(), minimum));
        Map<String, String> verify = Map.of("two-channels", "second_source: {http: {url: '" + site
                .address() + "/{version}/two-channels', versions: ['1.0']}}", "provenance",
                "slsa: {source: github.com/o/provenance, key_files: [key.pub]}", "signature",
                "sigstore: {key_files: [key.pub], signature: '{asset}.sig'}");
        for (String tool : RUNGS) {
            yaml.append("""
                        %1$s:
                          github_repo: o/%1$s
                          github: {asset: tool, api: "%2$s"%3$s}
                          platforms: [linux-x86_64]
                          verify: [%4$s]
                    """.formatted(tool, github.api(), tool.equals("checksum-file")
                    ? ", checksum_asset: SUMS"
                    : "", verify.containsKey(tool) ? "{" + verify.get(tool) + "}" : ""));
        }
        Files.writeString(folder.resolve("registry.yaml"), yaml);
    }

    private FakeRelease releaseOf(String tool) {
        return github.release("o/" + tool, "v1.0");
    }

    private FakeAsset asset(String tool) {
        return java.util.Objects.requireNonNull(assets.get(tool));
    }

    private static SortedMap<String, String> expected() {
        SortedMap<String, String> expected = new TreeMap<>();
        RUNGS.forEach(rung -> expected.put(rung, rung));
        return expected;
    }

    private static SortedMap<String, String> rungs(Outcome outcome) throws IOException {
        SortedMap<String, String> rungs = new TreeMap<>();
        for (JsonNode version : new JsonMapper().readTree(outcome.out()).path("versions")) {
            rungs.put(version.path("tool").asText(), version.path("platforms")
                    .get(0)
                    .path("trust")
                    .asText());
        }
        return rungs;
    }

    private String envelope(Statement statement) {
        Bytes signature = key.sign(new Envelope(Statement.PAYLOAD_TYPE, statement.toJson(), List
                .of()).preAuthenticationEncoding());
        return "{\"payloadType\":\"%s\",\"payload\":\"%s\",\"signatures\":[{\"sig\":\"%s\"}]}\n"
                .formatted(Statement.PAYLOAD_TYPE, base64(statement.toJson()), base64(signature));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    private static SigningKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder()
                    .encodeToString(
                            generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            return SigningKey.read(Bytes.ofUtf8(pem), Password.none(), "a fresh key");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
