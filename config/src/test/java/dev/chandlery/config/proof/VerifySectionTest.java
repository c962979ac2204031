package dev.chandlery.config.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EffectiveConfig;
import dev.chandlery.config.proof.SignedFileSpec.Over;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All forms of {@code verify}. */
class VerifySectionTest {
    private static final String FINGERPRINT = "1A55F091AD28C07F831FA44D7905DE25C78AD456";
    private static final String ALL = """
            primary_registry: {url: embedded}
            repositories: {tools: {minimum_trust: provenance}}
            publishing:
              tool_sources:
                it:
                  github_repo: acme/it
                  github: {asset: "it-{platform}.zip", checksum_asset: SUMS}
                  platforms: [linux-x86_64, windows-x86_64]
                  verify:
                    - openpgp:
                        fingerprints: ["1a55 f091 ad28 c07f 831f  a44d 7905 de25 c78a d456"]
                        key_files: [keys/a.asc, keys/b.asc]
                    - minisign: {key: RWQabc, over: checksums}
                      since: "1.10"
                      before: "3"
                    - sigstore:
                        identity: release@example.com
                        issuer: https://accounts.example.com
                        trusted_root: root.json
                    - sigstore: {key_files: [cosign.pub], signature: "{asset}.sig", over: checksums}
                    - sigstore:
                        signature: "{asset}-keyless.sig"
                        certificate: "{asset}-keyless.pem"
                        identity_pattern: "https://github\\\\.com/acme/.*"
                    - slsa:
                        source: github.com/acme/it
                        workflow: .github/workflows/release.yml
                        ref: refs/tags/{tag}
                    - slsa: {source: github.com/acme/it, key_files: [p.pub], provenance: "{asset}.jsonl"}
                    - attestation: {repository: acme/it, workflow: .github/workflows/ci.yml}
                    - attestation:
                        source: https://github.com/acme/it
                        signer_workflow: acme/shared/.github/workflows/build.yml
                    - second_source:
                        maven: {artifact: "com.acme:it", classifier: "{platform}"}
                        release_pattern: "4.*"
                        platform_words: {linux-x86_64: linux-x64}
                        files: {"bin/it{ext}": "."}
            """;

    @TempDir
    Path folder;

    @Test
    void everyFormIsRead() throws IOException {
        ConfigSpec config = load(ALL);
        ToolSpec tool = tool(config);

        assertThat(tool.trust().proofs()).extracting(ProofSpec::word)
                .containsExactly("openpgp",
                        "minisign", "sigstore", "sigstore", "sigstore", "slsa", "slsa",
                        "attestation", "attestation", "second_source");
        OpenPgpSpec openPgp = (OpenPgpSpec) tool.trust().proofs().getFirst();
        assertThat(openPgp.fingerprints()).containsExactly(FINGERPRINT);
        assertThat(openPgp.keys().files()).containsExactly(folder.resolve("keys/a.asc"), folder
                .resolve("keys/b.asc"));
        assertThat(openPgp.signed()).isEqualTo(new SignedFileSpec(new AssetTemplate(
                "{asset}.asc"), Over.ASSET));
        assertThat(tool.trust().rules().get(1)).isEqualTo(new ProofRule(tool.trust()
                .proofs()
                .get(1), Optional.of("1.10"), Optional.of("3")));
        assertThat(tool.trust().rules()).filteredOn(ProofRule::isBounded).hasSize(1);
        assertThat(config.minimumTrust(tool)).isEqualTo(Rung.PROVENANCE);
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void everyFormReadsBackAsItIsShown() throws IOException {
        ConfigSpec config = load(ALL);
        ConfigSpec again = load(EffectiveConfig.yaml(config));
        assertThat(again.publishing().tools()).isEqualTo(config.publishing().tools());
        assertThat(again.repositories()).isEqualTo(config.repositories());
    }

    @Test
    void attestationsAreSignedByAWorkflowOfTheRepositoryUnlessWritten() throws IOException {
        List<IdentitySpec> signers = tool(load(ALL)).trust()
                .proofs()
                .stream()
                .filter(AttestationSpec.class::isInstance)
                .map(proof -> ((AttestationSpec) proof).signer().identity())
                .toList();
        assertThat("https://github.com/acme/it/.github/workflows/ci.yml@refs/tags/v1").matches(
                signers.getFirst().subject());
        assertThat("https://github.com/acme/it/.github/workflows/other.yml@refs/tags/v1")
                .doesNotMatch(signers.getFirst().subject());
        assertThat("https://github.com/acme/shared/.github/workflows/build.yml@main").matches(
                signers.get(1).subject());
    }

    @Test
    void theCatalogueKnowsKeysAndWhatIsWrittenWins() throws IOException {
        String buf = "primary_registry: {url: embedded}\npublishing: {tool_sources: {it: {"
                + "github_repo: bufbuild/buf, platforms: [linux-x86_64]%s}}}";
        assertThat(tool(load(buf.formatted(""))).trust().proofs()).singleElement()
                .isInstanceOf(
                        MinisignSpec.class);
        assertThat(tool(load(buf.formatted(", verify: []"))).trust().proofs()).isEmpty();
        ConfigSpec protoc = load("primary_registry: {url: embedded}\npublishing: {tool_sources: {"
                + "it: {maven: {artifact: 'com.google.protobuf:protoc'}, platforms: [linux-x86_64]}}}");
        assertThat(tool(protoc).trust().proofs()).singleElement()
                .asInstanceOf(
                        org.assertj.core.api.InstanceOfAssertFactories.type(OpenPgpSpec.class))
                .extracting(OpenPgpSpec::fingerprints)
                .isEqualTo(List.of(FINGERPRINT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}|expected one form of proof in each item, found none",
            "{minisign: {key: a}, openpgp: {fingerprints: ['" + FINGERPRINT
                    + "'], key: a}}|found [openpgp, minisign]",
            "{since: '1.0'}|expected one form of proof in each item, found none",
            "{minisign: {key: a}, since: new}|since: expected a version such as \"3.0\"",
            "{minisign: {key: a}, before: ''}|before: expected",
            "{opengpg: {}}|did you mean openpgp?",
            "{openpgp: {key: a}}|fingerprints is missing",
            "{openpgp: {fingerprints: ['" + FINGERPRINT + "']}}|key or key_files is missing",
            "{openpgp: {fingerprints: [C78AD456], key: a}}|too short to pin",
            "{minisign: {}}|key or key_files is missing",
            "{minisign: {key: a, over: checksums}}|minisign: over: checksums needs a checksum file",
            "{sigstore: {bundle: a}}|whose signature it must be",
            "{sigstore: {identity: a, key: b}}|whose signature it must be",
            "{sigstore: {identity: a, identity_pattern: b}}|not both",
            "{sigstore: {identity: a, signature: b}}|certificate: is missing",
            "{sigstore: {identity_pattern: '['}}|expected a regular expression",
            "{slsa: {}}|source is missing",
            "{slsa: {source: github.com/o/r, workflow: x.yml}}|expected a path such as",
            "{attestation: {}}|repository is missing",
            "{npm: {key: a}}|only tools from npm",
            "{second_source: {}}|expected one of github_repo, maven, npm, http, found none",
            "{second_source: {maven: {artifact: 'a:b'}}}|the first source again",
            "{second_source: {github_repo: o/r}}|name its files in github.asset"})
    void whatIsWrongIsTold(String item, String expected) throws IOException {
        String yaml = "primary_registry: {url: embedded}\npublishing: {tool_sources: {it: {"
                + "maven: {artifact: 'a:b'}, platforms: [linux-x86_64], verify: [" + item
                + "]}}}";
        Path file = Files.writeString(folder.resolve("registry.yaml"), yaml);
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(
                file, Map.of()));
        assertThat(e.problems()).singleElement().asString().contains(expected);
    }

    private ConfigSpec load(String yaml) throws IOException {
        return ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), yaml), Map
                .of());
    }

    private static ToolSpec tool(ConfigSpec config) {
        return Objects.requireNonNull(config.publishing().tools().get("it"));
    }
}
