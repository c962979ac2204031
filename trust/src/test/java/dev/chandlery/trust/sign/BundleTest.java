package dev.chandlery.trust.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.testkit.ClientProgram;
import dev.chandlery.testkit.Clients;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.Resources;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleTest {
    private static final Bytes HELLO = Resources.read("cosign/hello.txt");
    private static final SigningKey KEY = key("p256.pem");
    private static final VerificationKey COSIGN = VerificationKey.read(Resources.read(
            "keys/cosign.pub"), "cosign.pub");
    private static final Statement STATEMENT = new Statement(List.of(Subject.of("hello.txt", HELLO
            .digest())), "https://example.com/predicate/v1", Bytes.ofUtf8("{\"\u00e9\":true}"));

    private static SigningKey key(String file) {
        return SigningKey.read(Resources.read("keys/" + file), Password.of("open-sesame"), file);
    }

    private static BundleVerifier verifier(VerificationKey... keys) {
        return new BundleVerifier(List.of(keys));
    }

    @ParameterizedTest
    @CsvSource({"p256.pem", "ed25519.pem", "cosign.key"})
    void believesWhatItSigned(String file) {
        SigningKey key = key(file);
        Bytes bundle = new BundleSigner(key).sign(STATEMENT);
        assertThat(verifier(COSIGN, key.publicKey()).verify(bundle, HELLO.digest(), "b"))
                .isEqualTo(new SignedStatement(STATEMENT, key.publicKey()));
        assertThat(new BundleSigner(key(file)).sign(STATEMENT)).isEqualTo(bundle);
        Bytes message = new BundleSigner(key).signMessage(HELLO);
        assertThat(verifier(key.publicKey()).verifyMessage(message, Content.of(HELLO), "b"))
                .isEqualTo(key.publicKey());
    }

    @Test
    void believesWhatCosignSigned() {
        Bytes attested = Resources.read("cosign/hello.attestation.json");
        SignedStatement signed = verifier(COSIGN).verify(attested, HELLO.digest(), "b");
        assertThat(signed.statement().predicateType()).isEqualTo(
                "https://example.com/predicate/v1");
        Bytes message = Resources.read("cosign/hello.sigstore.json");
        assertThat(verifier(COSIGN).verifyMessage(message, Content.of(HELLO), "b")).isEqualTo(
                COSIGN);
    }

    @Test
    void refusesOtherKeysSubjectsAndKinds() {
        Bytes bundle = new BundleSigner(KEY).sign(STATEMENT);
        Digest other = Bytes.ofUtf8("other").digest();
        assertThatThrownBy(() -> verifier(COSIGN).verify(bundle, HELLO.digest(), "b"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining(COSIGN.toString());
        assertThatThrownBy(() -> verifier(KEY.publicKey()).verify(bundle, other, "b"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("expected a statement about " + other);
        assertThatThrownBy(() -> verifier(KEY.publicKey()).verifyMessage(bundle, Content.of(HELLO),
                "b")).isInstanceOf(UntrustedContentException.class);
        Bytes message = new BundleSigner(KEY).signMessage(HELLO);
        assertThatThrownBy(() -> verifier(KEY.publicKey()).verify(message, HELLO.digest(), "b"))
                .isInstanceOf(UntrustedContentException.class);
        assertThatThrownBy(() -> verifier(KEY.publicKey()).verifyMessage(message, Content.of(Bytes
                .ofUtf8("hello, w0rld\n")), "b")).isInstanceOf(UntrustedContentException.class);
    }

    /** Any bytes of the payload, of its type and of the signature count; the rest nobody signs. */
    @Test
    void neverBelievesAnotherStatement() {
        Bytes bundle = new BundleSigner(KEY).sign(STATEMENT);
        SignedStatement signed = new SignedStatement(STATEMENT, KEY.publicKey());
        Mutations.believedOnly(bundle, 2000, damaged -> verifier(KEY.publicKey()).verify(damaged,
                HELLO.digest(), "b"), signed);
    }

    @Test
    void isVerifiedByCosign() throws IOException {
        try (ClientProgram cosign = Clients.assume("cosign")) {
            Path folder = cosign.home();
            Files.write(folder.resolve("hello.txt"), HELLO.toArray());
            for (String file : new String[]{"p256.pem", "cosign.key"}) {
                BundleSigner signer = new BundleSigner(key(file));
                Files.write(folder.resolve("key.pub"), key(file).publicKey().pem().toArray());
                Files.write(folder.resolve("m.json"), signer.signMessage(HELLO).toArray());
                Files.write(folder.resolve("s.json"), signer.sign(STATEMENT).toArray());
                cosign.run("verify-blob", "--key", "key.pub", "--bundle", "m.json",
                        "--private-infrastructure", "hello.txt").requireSuccess();
                cosign.run("verify-blob-attestation", "--key", "key.pub", "--bundle", "s.json",
                        "--type", STATEMENT.predicateType(), "--private-infrastructure",
                        "hello.txt").requireSuccess();
            }
        }
    }
}
