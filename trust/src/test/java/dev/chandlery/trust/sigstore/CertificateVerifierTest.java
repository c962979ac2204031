package dev.chandlery.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.sigstore.SampleSigner;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.Mutations;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {
    private static final Instant FROM = Instant.parse("2023-03-01T12:00:00Z");
    private static final Instant SIGNED = FROM.plusSeconds(30);
    private static final Bytes CONTENT = Bytes.ofUtf8("checksums");
    private static final SampleIdentity KEYLESS = SampleIdentity.of("keyless@example.com",
            "https://accounts.example");
    private static final FakeSigstore SIGSTORE = new FakeSigstore("good");
    private static final SampleSigner SIGNER = SIGSTORE.signer(KEYLESS, FROM);
    private static final Bytes SIGNATURE = SIGNER.signature(CONTENT);
    private static final TimeEvidence STATED = new TimeEvidence.Stated(SIGNED, "a test");
    private static final TimeEvidence LOGGED = new TimeEvidence.LogPromise(SIGNER.logPromise(
            CONTENT, SIGNATURE, SIGNED));

    private static SigstoreProof verify(Bytes content, Bytes signature, Bytes certificate,
            TimeEvidence time) {
        return new CertificateVerifier(TrustedRoot.read(SIGSTORE.trustedRoot(), "root"), Identity
                .exact(KEYLESS.subject(), KEYLESS.issuer())).verify(content, signature, certificate,
                        time);
    }

    @Test
    void believesThemWithATime() {
        for (TimeEvidence time : new TimeEvidence[]{STATED, LOGGED}) {
            SigstoreProof proof = verify(CONTENT, SIGNATURE, SIGNER.certificate(), time);
            assertThat(proof.subject()).isEqualTo("keyless@example.com");
            assertThat(proof.signedAt()).isEqualTo(SIGNED);
        }
        Bytes twice = Bytes.ofUtf8(Base64Text.encode(SIGNER.certificate()) + "\n");
        assertThat(verify(CONTENT, Bytes.ofUtf8(SIGNATURE.utf8() + "\n"), twice, STATED).issuer())
                .isEqualTo(KEYLESS.issuer());
    }

    @Test
    void refusesThemWithoutATime() {
        assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, SIGNER.certificate(),
                new TimeEvidence.None())).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("logged in none");
        TimeEvidence late = new TimeEvidence.Stated(FROM.plusSeconds(601), "a test");
        assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, SIGNER.certificate(), late))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("but its certificate is for");
    }

    @Test
    void refusesPromisesAboutSomethingElse() {
        TimeEvidence other = new TimeEvidence.LogPromise(SIGNER.logPromise(CONTENT, SIGNER
                .signature(
                        CONTENT), SIGNED));
        assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, SIGNER.certificate(), other))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("about something else");
        TimeEvidence foreign = new TimeEvidence.LogPromise(new FakeSigstore("x").signer(KEYLESS,
                FROM).logPromise(CONTENT, SIGNATURE, SIGNED));
        assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, SIGNER.certificate(), foreign))
                .isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void refusesOtherBytesKeysIdentitiesAndAuthorities() {
        assertThatThrownBy(() -> verify(Bytes.ofUtf8("other"), SIGNATURE, SIGNER.certificate(),
                STATED)).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("of other bytes");
        SampleSigner same = SIGSTORE.signer(KEYLESS, FROM);
        assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, same.certificate(), STATED))
                .isInstanceOf(UntrustedContentException.class);
        SampleSigner other = SIGSTORE.signer(SampleIdentity.of("evil@example.com", KEYLESS
                .issuer()), FROM);
        assertThatThrownBy(() -> verify(CONTENT, other.signature(CONTENT), other.certificate(),
                STATED)).hasMessageContaining("got \"evil@example.com\"");
        SampleSigner foreign = new FakeSigstore("good").signer(KEYLESS, FROM);
        assertThatThrownBy(() -> verify(CONTENT, foreign.signature(CONTENT), foreign.certificate(),
                STATED)).hasMessageContaining("not by an authority");
    }

    @Test
    void refusesWhatCannotBeRead() {
        for (String text : new String[]{"", "!", "AAAA",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}) {
            assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, Bytes.ofUtf8(text), STATED))
                    .isInstanceOf(MalformedContentException.class);
        }
        assertThatThrownBy(() -> verify(CONTENT, Bytes.ofUtf8("!"), SIGNER.certificate(), STATED))
                .isInstanceOf(MalformedContentException.class);
        assertThatThrownBy(() -> verify(CONTENT, SIGNATURE, SIGNER.certificate(),
                new TimeEvidence.LogPromise(Bytes.ofUtf8("{}")))).isInstanceOf(
                        MalformedContentException.class);
    }

    @Test
    void neverBelievesDamage() {
        SigstoreProof proof = verify(CONTENT, SIGNATURE, SIGNER.certificate(), LOGGED);
        Mutations.believedOnly(SIGNATURE, 300, damaged -> verify(CONTENT, damaged, SIGNER
                .certificate(), LOGGED), proof);
        Mutations.believedOnly(SIGNER.certificate(), 300, damaged -> verify(CONTENT, SIGNATURE,
                damaged, LOGGED), proof);
        Mutations.believedOnly(((TimeEvidence.LogPromise) LOGGED).json(), 500, damaged -> verify(
                CONTENT, SIGNATURE, SIGNER.certificate(), new TimeEvidence.LogPromise(damaged)),
                proof);
    }
}
