package dev.chandlery.trust.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.Resources;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.sign.BundleSigner;
import dev.chandlery.trust.sigstore.Identity;
import dev.chandlery.trust.sigstore.KeylessVerifier;
import dev.chandlery.trust.sigstore.TrustedRoot;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpmTest {
    private static final Instant PUBLISHED = Instant.parse("2024-06-01T00:00:00Z");
    private static final String VERSION = "@acme/tool@1.0.0";
    private static final Bytes TARBALL = Bytes.ofUtf8("a tarball");
    private static final Digest DIGEST = TARBALL.digest(Algorithm.SHA512);
    private static final String INTEGRITY = "sha512-AAAA";
    private static final SigningKey KEY = SigningKey.read(Resources.read("keys/p256.pem"), Password
            .none(), "key");
    private static final SigningKey OTHER = SigningKey.read(Resources.read("keys/cosign.key"),
            Password.of("open-sesame"), "key");

    private static Bytes file(String expires) {
        return Bytes.ofUtf8("""
                {"keys":[{"expires":%s,"keyid":"SHA256:k","keytype":"ecdsa-sha2-nistp256",
                "scheme":"ecdsa-sha2-nistp256","key":"%s"}]}"""
                .formatted(expires, Base64Text.encode(KEY.publicKey().encoded())));
    }

    private static NpmKeys keys(String expires) {
        return NpmKeys.parse(file(expires), "keys");
    }

    private static Map<String, String> signed(SigningKey key, String message) {
        return Map.of("SHA256:k", Base64Text.encode(key.sign(Bytes.ofUtf8(message))));
    }

    private static Bytes published(SigningKey key, String name, Digest digest) {
        Statement statement = new Statement(List.of(Subject.of(name, digest)),
                "https://github.com/npm/attestation/tree/main/specs/publish/v0.1", Bytes.ofUtf8(
                        "{}"));
        return Bytes.ofUtf8(new BundleSigner(key).sign(statement)
                .utf8()
                .replace(key.publicKey()
                        .hint(), "SHA256:k"));
    }

    @Test
    void believesSignaturesOfTheRegistry() {
        Map<String, String> signatures = signed(KEY, VERSION + ":" + INTEGRITY);
        assertThat(keys("null").verify(VERSION, INTEGRITY, signatures, PUBLISHED)).isEqualTo(
                "SHA256:k");
        assertThat(keys("\"2025-01-29T00:00:00.000Z\"").verify(VERSION, INTEGRITY, signatures,
                PUBLISHED)).isEqualTo("SHA256:k");
    }

    @Test
    void refusesExpiredOtherAndAbsentOnes() {
        Map<String, String> signatures = signed(KEY, VERSION + ":" + INTEGRITY);
        assertThatThrownBy(() -> keys("\"2024-06-01T00:00:00.000Z\"").verify(VERSION, INTEGRITY,
                signatures, PUBLISHED)).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("the key expired at 2024-06-01T00:00:00Z");
        for (Map<String, String> other : List.of(signed(OTHER, VERSION + ":" + INTEGRITY), signed(
                KEY, "@acme/tool@1.0.1:" + INTEGRITY), signed(KEY, VERSION + ":sha512-BBBB"), Map
                        .of("SHA256:x", signatures.get("SHA256:k")), Map.<String, String>of())) {
            assertThatThrownBy(() -> keys("null").verify(VERSION, INTEGRITY, other, PUBLISHED))
                    .isInstanceOf(UntrustedContentException.class)
                    .hasMessageStartingWith(
                            "cannot trust " + VERSION);
        }
        assertThatThrownBy(() -> keys("null").verify(VERSION, INTEGRITY, Map.of("SHA256:k", "!"),
                PUBLISHED)).isInstanceOf(MalformedContentException.class);
    }

    @Test
    void believesTheRegistrysAttestation() {
        Bytes bundle = published(KEY, "pkg:npm/%40acme/tool@1.0.0", DIGEST);
        assertThat(keys("null").verifyPublish(bundle, DIGEST, VERSION, PUBLISHED).subjects())
                .hasSize(1);
        for (Bytes other : List.of(published(OTHER, "pkg:npm/%40acme/tool@1.0.0", DIGEST),
                published(KEY, "pkg:npm/%40acme/tool@1.0.1", DIGEST), published(KEY,
                        "pkg:npm/%40acme/tool@1.0.0", Bytes.ofUtf8("x")
                                .digest(
                                        Algorithm.SHA512)))) {
            assertThatThrownBy(() -> keys("null").verifyPublish(other, DIGEST, VERSION, PUBLISHED))
                    .isInstanceOf(UntrustedContentException.class);
        }
    }

    @Test
    void believesProvenanceAboutThePackage() {
        SampleIdentity workflow = SampleIdentity.workflow("acme/tool", "publish.yml",
                "refs/tags/v1.0.0");
        FakeSigstore sigstore = new FakeSigstore("npm");
        KeylessVerifier verifier = new KeylessVerifier(TrustedRoot.read(sigstore.trustedRoot(),
                "root"), Identity.exact(workflow.subject(), workflow.issuer()));
        Bytes answer = answer(sigstore, workflow, "pkg:npm/%40acme/tool@1.0.0");
        assertThat(NpmProvenance.verify(verifier, answer, DIGEST, VERSION).subject()).isEqualTo(
                workflow.subject());
        assertThatThrownBy(() -> NpmProvenance.verify(verifier, answer(sigstore, workflow,
                "pkg:npm/other@1.0.0"), DIGEST, VERSION)).isInstanceOf(
                        UntrustedContentException.class).hasMessageContaining("pkg:npm/other");
        assertThatThrownBy(() -> NpmProvenance.verify(verifier, answer, Bytes.ofUtf8("x")
                .digest(
                        Algorithm.SHA512), VERSION)).isInstanceOf(UntrustedContentException.class);
        assertThatThrownBy(() -> NpmProvenance.verify(verifier, Bytes.ofUtf8(
                "{\"attestations\":[]}"), DIGEST, VERSION)).hasMessageEndingWith("got none");
    }

    private static Bytes answer(FakeSigstore sigstore, SampleIdentity workflow, String name) {
        Statement statement = new Statement(List.of(Subject.of(name, DIGEST)),
                "https://slsa.dev/provenance/v1", Bytes.ofUtf8("""
                        {"buildDefinition":{"externalParameters":{"workflow":{"repository":\
                        "https://github.com/acme/tool"}}},"runDetails":{"builder":{"id":"b"}}}"""));
        Bytes provenance = sigstore.signer(workflow, PUBLISHED)
                .attestation(statement.toJson(),
                        PUBLISHED.plusSeconds(5));
        return Bytes.ofUtf8("{\"attestations\":[{\"bundle\":" + published(KEY, name, DIGEST).utf8()
                + "},{\"bundle\":" + provenance.utf8() + "}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"keys\":[]}", "{\"keys\":[{}]}"})
    void refusesWhatIsNoListOfKeys(String json) {
        assertThatThrownBy(() -> NpmKeys.parse(Bytes.ofUtf8(json), "keys")).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void survivesDamagedLists() {
        Map<String, String> signatures = signed(KEY, VERSION + ":" + INTEGRITY);
        Mutations.believedOnly(file("\"2025-01-29T00:00:00.000Z\""), 500, damaged -> NpmKeys.parse(
                damaged, "keys").verify(VERSION, INTEGRITY, signatures, PUBLISHED), "SHA256:k");
    }
}
